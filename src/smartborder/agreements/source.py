"""Reads the YAML of an agreement into plain values, and remembers the line of each.

A strict subset of YAML: no tags, no anchors, no duplicate keys; ``yes``, ``no`` and ``on``
are words, and dates stay text in ISO 8601.
"""

import re
from typing import Any

import yaml

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

MAX_BYTES = 1_000_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_SCALARS = ("str", "int", "bool", "null", "float", "timestamp", "merge", "value")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")


class DocumentUnreadable(InputError):
    """The text is not the plain YAML that agreements are written in; the line is named."""

    code = "agreement.document-unreadable"
    title = Text("Unreadable agreement document", "Document d’accord illisible")


class Lines:
    """The line of every value, by its path (``$.clauses[3].fields``)."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}

    def note(self, path: str, line: int) -> None:
        """Remember that the value at ``path`` starts on ``line`` (counted from 1)."""
        self._at[path] = line

    def of(self, path: str) -> int | None:
        """The line of ``path`` or of the nearest value around it; None if nothing is known."""
        while path:
            if path in self._at:
                return self._at[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None


def read_source(data: bytes) -> tuple[Any, Lines]:
    """The values and lines of a YAML document.

    Raises:
        DocumentUnreadable: not UTF-8, not YAML, too large, or outside the strict subset.

    """
    if len(data) > MAX_BYTES:
        raise DocumentUnreadable(f"document is larger than {MAX_BYTES} bytes")
    try:
        node = yaml.compose(data.decode(), Loader=_Loader)
    except UnicodeDecodeError as error:
        raise DocumentUnreadable("document is not UTF-8") from error
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise DocumentUnreadable("not YAML", line=mark.line + 1 if mark else None) from error
    lines = Lines()
    return _value(node, "$", lines, set(), 0), lines


def _value(node: Any, path: str, lines: Lines, seen: set[int], depth: int) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    if id(node) in seen or depth > 20:
        raise DocumentUnreadable("anchors and deep nesting are not used here", line=line)
    seen.add(id(node))
    lines.note(path, line)
    kind = "map" if isinstance(node, yaml.MappingNode) else "seq"
    allowed = _SCALARS if isinstance(node, yaml.ScalarNode) else (kind,)
    if node.tag.removeprefix("tag:yaml.org,2002:") not in allowed:
        raise DocumentUnreadable("tags are not used here", line=line)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise DocumentUnreadable("a key must be a word", line=key_line)
            key = key_node.value
            if key in result:
                raise DocumentUnreadable(f"key '{key}' is given twice", line=key_line)
            result[key] = _value(child, f"{path}.{key}", lines, seen, depth + 1)
            lines.note(f"{path}.{key}", key_line)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(child, f"{path}[{i}]", lines, seen, depth + 1)
            for i, child in enumerate(node.value)
        ]
    if not node.style:  # plain, not quoted
        if node.value in _PLAIN:
            return _PLAIN[node.value]
        if _INTEGER.match(node.value):
            return int(node.value)
    return node.value

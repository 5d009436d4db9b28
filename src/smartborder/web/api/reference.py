"""Prints the machine API as a page: ``python -m smartborder.web.api.reference``.

Everything on it is read from the routes themselves: address, method, docstring, the types of what
is taken and given, and the errors that the docstring names.
"""

import inspect
import sys
import types
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg

from smartborder.kernel.errors import SmartborderError, tree
from smartborder.node.access.clients import KeyRefused, OtherUse
from smartborder.node.access.rate import TooFast
from smartborder.web import registry
from smartborder.web.errors import FormUnreadable, TooLarge

_HEAD = """# The machine API

Printed from the routes by `python docs/generate.py`; a test fails when this page and the code
differ. The same in a form for machines: `GET /v1/openapi.json`. How to use it, step by step:
[carriers](../how-to/carriers.md).

* Everything is at `/v1/`. Send the key as `Authorization: Bearer KEY`. A test key begins with
  `sbt_`, a live key with `sbl_`; either sees the traffic of its own mode and no other.
* Times are ISO 8601 with their offset, countries ISO 3166, texts `{"en", "fr"}`.
* An error is `application/problem+json` (RFC 9457) with `code`, `title`, `title_fr`, `status`,
  `detail` and, where a place can be named, `where`. All codes: [errors](errors.md).
* 429 comes with `Retry-After` in seconds. 5xx: nothing was half done; send it again. Any call may
  meet `environment.database-away` (503, with `Retry-After`) or `internal.fault` (500).
* At most 10 MB a request, unless said otherwise below.

"""
_METHODS = ("GET", "POST", "PUT", "DELETE")
_CALLERS: Mapping[str, str] = {
    "caller": "a reporting system (airline host, handling agent, gateway) with its key",
    "holder": "a screening system with its key",
}
"""Function that a route asks who calls -> in words."""
_REFUSALS = (KeyRefused, OtherUse, TooFast)
_PLAIN = {str: "text", int: "number", float: "number", bool: "true or false", date: "date",
          datetime: "instant", bytes: "bytes", Any: "any JSON"}  # fmt: skip


def page() -> str:
    """The page, in Markdown."""
    shapes: dict[str, type[msgspec.Struct]] = {}
    parts = [_HEAD]
    for path, method, route in routes():
        parts.append(_route(path, method, route, shapes))
    drawn: dict[str, str] = {}
    while waiting := set(shapes) - set(drawn):
        drawn |= {name: _shape(name, shapes[name], shapes) for name in waiting}
    parts += ["## Shapes\n\n", *(drawn[name] for name in sorted(drawn))]
    return "".join(parts).rstrip() + "\n"


def routes() -> list[tuple[str, str, HTTPRouteHandler]]:
    """Every route of the API: address with ``{names}``, method, handler; by address."""
    found = []
    for room in registry.rooms():
        for route in room.routes:
            if isinstance(route, HTTPRouteHandler):
                for path in route.paths:
                    if path.startswith("/v1/"):
                        plain = path.replace(":str}", "}")
                        found += [(plain, m, route) for m in route.http_methods if m in _METHODS]
    return sorted(found, key=lambda x: (x[0], _METHODS.index(x[1])))


def errors_of(route: HTTPRouteHandler) -> list[type[SmartborderError]]:
    """What a route answers with when something is wrong, by status and code."""
    fn = _function(route)
    known = {kind.__name__: kind for kind in tree()}
    kinds = {fn.__globals__.get(name) or known[name] for name in _raised(fn)}
    if _asked(fn):
        kinds |= set(_REFUSALS)
    if set(get_type_hints(fn)) - {"request", "return"}:
        kinds.add(FormUnreadable)
    if "POST" in route.http_methods:
        kinds.add(TooLarge)
    return sorted(kinds, key=lambda kind: (kind.status, kind.code))


def _asked(fn: Any) -> str | None:
    """Who may call, in words; None for anybody."""
    return next((words for called, words in _CALLERS.items()
                 if called in fn.__code__.co_names), None)  # fmt: skip


def _function(route: HTTPRouteHandler) -> Any:
    return inspect.unwrap(route.fn)


def _raised(fn: Any) -> Iterator[str]:
    """Names of the errors under ``Raises:`` in a docstring."""
    _, _, listed = (inspect.getdoc(fn) or "").partition("Raises:\n")
    for line in listed.splitlines():
        name, colon, _ = line.strip().partition(":")
        if colon and line.startswith("    ") and not line.startswith("     "):
            yield from (x.strip() for x in name.split(","))


def _said(fn: Any) -> str:
    text = (inspect.getdoc(fn) or "").partition("Raises:\n")[0].strip()
    return _markdown(text)


def _markdown(text: str) -> str:
    return text.replace("``", "`")


def _route(path: str, method: str, route: HTTPRouteHandler,
           shapes: dict[str, type[msgspec.Struct]]) -> str:  # fmt: skip
    fn = _function(route)
    who = _asked(fn)
    lines = [f"## {method} {path}", "", _said(fn), "", f"Who: {who or 'anybody'}.", ""]
    hints = get_type_hints(fn, include_extras=True)
    given = [row for name, hint in hints.items()
             if (row := _parameter(fn, path, name, hint, shapes))]  # fmt: skip
    if given:
        lines += ["| parameter | where | takes | if left out |", "|---|---|---|---|", *given, ""]
    if (body := _body(hints, shapes)) is not None:
        lines += [f"Body: {body}.", ""]
    lines += [f"Answer: {_answer(route, hints, shapes)}.", ""]
    wrong = [f"| {kind.status} | `{kind.code}` | {_markdown(_first(kind))} |"
             for kind in errors_of(route)]  # fmt: skip
    if wrong:
        lines += ["| status | code | when |", "|---|---|---|", *wrong, ""]
    lines += ["```sh", curl(path, method, hints, key=who is not None), "```", ""]
    return "\n".join(lines) + "\n"


def _first(kind: type[SmartborderError]) -> str:
    return " ".join((kind.__doc__ or "").split()).replace("|", "\\|")


def _parameter(fn: Any, path: str, name: str, hint: Any,
               shapes: dict[str, type[msgspec.Struct]]) -> str | None:  # fmt: skip
    if name in ("request", "return", "data", "body"):
        return None
    plain, extra = _unwrapped(hint)
    bounds = "; ".join(_bounds(extra))
    takes = _type(plain, shapes) + (f" ({bounds})" if bounds else "")
    default = inspect.signature(fn).parameters[name].default
    if "{" + name + "}" in path:
        return f"| `{name}` | address | {takes} | – |"
    without = "needed" if default is inspect.Parameter.empty else (
        "nothing" if default is None else f"`{default}`")  # fmt: skip
    return f"| `{name}` | query | {takes} | {without} |"


def _bounds(extra: tuple[Any, ...]) -> Iterator[str]:
    for known in extra:
        if isinstance(known, ParameterKwarg):
            if known.pattern:
                yield f"`{known.pattern}`"
            if known.ge is not None or known.le is not None:
                yield f"{known.ge} to {known.le}"


def _unwrapped(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(hint) is Annotated:
        plain, *extra = get_args(hint)
        return plain, tuple(extra)
    return hint, ()


def _body(hints: Mapping[str, Any], shapes: dict[str, type[msgspec.Struct]]) -> str | None:
    if "body" in hints:
        return "the bytes of the transmission, `application/edifact`"
    if "data" in hints:
        return f"JSON, {_type(_unwrapped(hints['data'])[0], shapes)}"
    return None


def _answer(route: HTTPRouteHandler, hints: Mapping[str, Any],
            shapes: dict[str, type[msgspec.Struct]]) -> str:  # fmt: skip
    if route.responses:
        return "; ".join(f"{status} {_type(spec.data_container, shapes)} ({spec.description})"
                         for status, spec in sorted(route.responses.items()))  # fmt: skip
    given = hints["return"]
    if get_origin(given) is Response or given is Response:
        return f"{route.status_code}, `{route.media_type}`"
    return f"{route.status_code}, {_type(given, shapes)}"


def _type(hint: Any, shapes: dict[str, type[msgspec.Struct]]) -> str:
    """A type in words; named shapes are noted for the end of the page."""
    hint, _ = _unwrapped(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if origin in (Union, types.UnionType):
        return " or ".join("null" if x is type(None) else _type(x, shapes) for x in inner)
    if origin in (list, tuple, frozenset, set):
        held = [_type(x, shapes) for x in inner if x is not Ellipsis]
        return f"list of {' and '.join(dict.fromkeys(held))}"
    if origin is dict:
        return f"object of {_type(inner[1], shapes)}"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        name = _name(hint, shapes)
        return f"[{name}](#{name.lower().replace(' ', '-').replace('.', '')})"
    return getattr(hint, "__name__", str(hint)).lower()


def _name(shape: type[msgspec.Struct], shapes: dict[str, type[msgspec.Struct]]) -> str:
    """The name of a shape; two of one name are told apart by the room they come from."""
    name = shape.__name__
    if shapes.setdefault(name, shape) is not shape:
        name = f"{name} of {shape.__module__.split('.')[-2]}"
        shapes[name] = shape
    return name


def _shape(name: str, shape: type[msgspec.Struct],
           shapes: dict[str, type[msgspec.Struct]]) -> str:  # fmt: skip
    about = (inspect.getdoc(shape) or "").partition("Attributes:\n")[0]
    explained: dict[str, str] = {}
    for known in reversed(shape.__mro__):  # what a shape inherits is explained where it stands
        explained |= _explained((inspect.getdoc(known) or "").partition("Attributes:\n")[2])
    lines = [f"### {name}", "", _markdown(about.strip()), "",
             "| field | is | means |", "|---|---|---|"]  # fmt: skip
    hints = get_type_hints(shape, include_extras=True)
    for field in msgspec.structs.fields(shape):
        means = _markdown(explained.get(field.name, "")).replace("|", "\\|").replace("None", "null")
        lines.append(f"| `{field.encode_name}` | {_type(hints[field.name], shapes)} | {means} |")
    return "\n".join(lines) + "\n\n"


def _explained(listed: str) -> dict[str, str]:
    """Names and meanings under ``Attributes:``; a name may stand for several fields."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in listed.splitlines():
        if line.startswith("        ") and names:
            for name in names:
                found[name] += " " + line.strip()
        elif line.startswith("    ") and ":" in line:
            head, _, meaning = line.strip().partition(":")
            names = [x.strip() for x in head.split(",")]
            found |= dict.fromkeys(names, meaning.strip())
    return found


def curl(path: str, method: str, hints: Mapping[str, Any], *, key: bool) -> str:
    """A call as typed at a shell; names in capitals are to be filled in."""
    for name in hints:
        path = path.replace("{" + name + "}", name.removesuffix("_id").upper())
    words = ["curl -sS"] + (['-H "Authorization: Bearer $KEY"'] if key else [])
    if "body" in hints:
        words += ['-H "Content-Type: application/edifact"', "--data-binary @list.edi"]
    elif "data" in hints:
        words += ['-H "Content-Type: application/json"', "--data @question.json"]
    elif method != "GET":
        words.append(f"-X {method}")
    return " ".join([*words, f"$NODE{path}"])


if __name__ == "__main__":
    sys.stdout.write(page())

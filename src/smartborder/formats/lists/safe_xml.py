"""Large XML lists piece by piece, without what makes XML dangerous.

No document type, no entities, no network, libxml2's own limits on depth and text size stay on.
What is malformed is skipped and reported; the records around it load.
"""

from collections.abc import Iterator

from lxml import etree

from smartborder.formats.lists.source import Readable, Source, finding, opened
from smartborder.model.reason import Finding

_HEAD = 65_536
_MOST_ERRORS = 20


class XmlRecords:
    """The elements of the given local names, one at a time, in document order.

    Iterate once; each element is emptied when the next one is asked for. Afterwards
    ``findings`` says what could not be read.
    """

    def __init__(self, source: Source, *names: str) -> None:
        """Nothing is read yet."""
        self._source = source
        self._tags = [f"{{*}}{name}" for name in names]
        self.findings: list[Finding] = []

    def __iter__(self) -> Iterator[etree._Element]:
        stream = _Peeked(opened(self._source))
        if b"<!DOCTYPE" in stream.head or b"<!ENTITY" in stream.head:
            self.findings.append(
                finding(
                    "list.xml-doctype",
                    "error",
                    "The file declares a document type or entities; lists never do. Not read",
                    "Le fichier déclare un type de document ou des entités; les listes n'en ont "
                    "jamais. Non lu",
                )
            )
            return
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=self._tags,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _event, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            self._tell(error.lineno or 0)
        for entry in list(events.error_log)[:_MOST_ERRORS]:
            self._tell(entry.line)

    def _tell(self, line: int) -> None:
        place = f"line {line}"
        if any(f.segment == place for f in self.findings):
            return
        self.findings.append(
            finding(
                "list.xml-malformed",
                "error",
                "Malformed XML here; what could not be read was skipped",
                "XML mal formé ici; ce qui n'a pu être lu a été omis",
                place,
            )
        )


class _Peeked:
    """A stream whose first bytes have been looked at."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self.head = stream.read(_HEAD)
        self._rest = self.head

    def read(self, size: int = -1) -> bytes:
        if self._rest:
            size = len(self._rest) if size < 0 else size
            piece, self._rest = self._rest[:size], self._rest[size:]
            return piece
        return self._stream.read(size)


def line_of(element: etree._Element) -> int | None:
    """The line of the file an element starts on."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def local(element: etree._Element) -> str:
    """The name of an element without its namespace ('' for comments and the like)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """Descendants along a path of local names, one step a level."""
    if not path:
        yield element
        return
    found = element.iterchildren(f"{{*}}{path[0]}")
    if len(path) == 1:
        yield from found
        return
    for child in found:
        yield from children(child, *path[1:])


def text(element: etree._Element, *path: str) -> str:
    """Text of the first descendant along ``path``; '' if there is none."""
    for found in children(element, *path):
        if found.text and found.text.strip():
            return found.text.strip()
    return ""


def texts(element: etree._Element, *path: str) -> list[str]:
    """Texts of all descendants along ``path`` that have one."""
    return [t.text.strip() for t in children(element, *path) if t.text and t.text.strip()]

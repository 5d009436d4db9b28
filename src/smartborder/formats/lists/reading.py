"""One door for every list format: bytes in, entries and findings out."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from smartborder.formats.lists import canada, eu, ofac_csv, uk, us_csv
from smartborder.formats.lists.detect import HEAD, ListFormat, detect_list
from smartborder.formats.lists.ftm import read_ftm
from smartborder.formats.lists.gtas import read_gtas
from smartborder.formats.lists.interpol import read_interpol
from smartborder.formats.lists.lookouts import read_lookouts
from smartborder.formats.lists.lost_documents import read_lost_documents
from smartborder.formats.lists.ofac_advanced import read_ofac_advanced
from smartborder.formats.lists.ofac_xml import read_ofac_xml
from smartborder.formats.lists.source import (
    Readable,
    Source,
    UnknownList,
    finding,
    opened,
    rewindable,
)
from smartborder.formats.lists.un import read_un
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry

_READERS: dict[ListFormat, Callable[[Source], Iterator[ListEntry | Finding]]] = {
    "un": read_un,
    "ofac-xml": read_ofac_xml,
    "ofac-advanced": read_ofac_advanced,
    "sema-xml": canada.read_sema_xml,
    "sema-jsonl": canada.read_sema_jsonl,
    "ca-listed": canada.read_listed_entities,
    "eu-fsf": eu.read_eu,
    "uk": uk.read_uk,
    "ofsi-xml": uk.read_ofsi_xml,
    "ofsi-csv": uk.read_ofsi_csv,
    "us-csl": us_csv.read_csl,
    "us-dpl": us_csv.read_dpl,
    "ftm": read_ftm,
    "interpol": read_interpol,
    "gtas": read_gtas,
    "documents": read_lost_documents,
    "lookouts": read_lookouts,
}


def read_list(
    name: str, source: Source, *, parts: Mapping[str, Source] | None = None
) -> Iterator[ListEntry | Finding]:
    """Entries of a list and findings about it, in file order, a piece at a time.

    Args:
        name: file name without folder; helps detection and separates list families.
        source: the file as bytes or as a binary stream.
        parts: for OFAC's legacy set, the companion files by role (``alt``, ``comments``).

    Raises:
        UnknownList: if the file is none of the supported lists.

    """
    stream = _Again(opened(source))
    kind = detect_list(name, stream.head)
    if kind is None or kind == "ofac-csv-part":
        raise UnknownList(
            "no supported list format recognised; see docs/reference/lists.md", file=name
        )
    family = "ofac-cons" if "cons" in name.casefold() else "ofac-sdn"
    if kind == "ofac-csv":
        found = ofac_csv.read_ofac_csv(stream.source, parts or {}, list_name=family)
    elif kind == "ofac-xml":
        found = read_ofac_xml(stream.source, family)
    else:
        found = _READERS[kind](stream.source)
    yield from _unique(found)


def _unique(found: Iterator[ListEntry | Finding]) -> Iterator[ListEntry | Finding]:
    """The same with ids made unique: a second record of one id gets a suffix and a finding."""
    seen: dict[str, int] = {}
    for item in found:
        if isinstance(item, Finding):
            yield item
            continue
        times = seen.get(item.id, 0)
        seen[item.id] = times + 1
        if times:
            yield finding(
                "list.duplicate-id",
                "warning",
                "This id occurs again; kept with a suffix",
                "Cet identifiant se répète; conservé avec un suffixe",
                f"line {item.source_line}",
            )
            item = msgspec.structs.replace(item, id=f"{item.id}~{times + 1}")
        yield item


class _Again:
    """A stream whose head has been looked at and which can still be read from the start."""

    def __init__(self, stream: Readable) -> None:
        again = rewindable(stream)
        self.head = stream.read(HEAD)
        if again is not None:
            again.seek(0)
            self.source: Readable = stream
        else:
            self.source = _Joined(self.head, stream)


class _Joined:
    """First some bytes, then the rest of a stream that cannot go back."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if self._head:
            if size < 0:
                piece, self._head = self._head + self._stream.read(), b""
                return piece
            piece, self._head = self._head[:size], self._head[size:]
            return piece
        return self._stream.read(size)

    def readline(self, size: int = -1) -> bytes:
        if not self._head:
            return self._stream.readline(size)
        line, newline, rest = self._head.partition(b"\n")
        if newline:
            self._head = rest
            return line + newline
        self._head = b""
        return line + self._stream.readline(size)


def group_files(names: Iterator[str] | list[str]) -> list[tuple[str, dict[str, str]]]:
    """Files of one folder as (main file, companions by role); only OFAC's legacy set has any."""
    remaining = sorted(names)
    groups: list[tuple[str, dict[str, str]]] = []
    sets = {
        "sdn.csv": {"alt": "alt.csv", "add": "add.csv", "comments": "sdn_comments.csv"},
        "cons_prim.csv": {
            "alt": "cons_alt.csv",
            "add": "cons_add.csv",
            "comments": "cons_comments.csv",
        },
    }
    by_name = {n.casefold(): n for n in remaining}
    companions = {
        by_name[c]: (main, role)
        for main, roles in sets.items()
        if main in by_name
        for role, c in roles.items()
        if c in by_name
    }
    for name in remaining:
        if name in companions:
            continue
        own = {role: c for c, (main, role) in companions.items() if main == name.casefold()}
        groups.append((name, own))
    return groups

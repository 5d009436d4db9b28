"""A list on its way in: read once, compared with the active version, nothing stored so far.

Entries wait in a temporary file that has no name and ends with the import; in memory stay an id
and a hash of each, so that a list of two gigabytes takes a few hundred megabytes.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Literal

import msgspec

from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry
from smartborder.node.store.session import Session

Progress = Callable[[str, int], None]
"""Called with what is being done (``read``, ``written``) and how many entries so far."""
CHUNK = 2000
FINDINGS = 500
"""Findings that are kept; all are counted."""
SHOWN = 10
"""Entries of each kind of change that are named before an import writes."""

_IN_MEMORY = 32 * 1024 * 1024
_PAGE = 20_000
_decode = msgspec.json.Decoder(ListEntry).decode
_encode = msgspec.json.Encoder().encode

What = Literal["added", "removed", "changed"]


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a delta, by its first name; None for a document without a person."""

    change: What
    entry: str
    name: str | None


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would change in one list, known before anything is written.

    Attributes:
        before: entries of the active version; 0 if there is none.
        entries: entries of the new one.
        examples: the first entries of each kind of change.

    """

    list: str
    before: int
    entries: int
    added: int
    removed: int
    changed: int
    examples: tuple[Example, ...] = ()

    @property
    def dropped_share(self) -> float:
        """Part of the active version (0..1) that would be gone."""
        return self.removed / self.before if self.before else 0.0


class Staged:
    """Every entry of an import, in file order, and what is known of each list in it.

    Attributes:
        findings: the first findings about the file.
        noticed: how many there were.

    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.findings: list[Finding] = []
        self.noticed = 0
        self.lists: dict[str, OneList] = {}
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115

    def __enter__(self) -> "Staged":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self._spool.close()

    def read(self, items: Iterable[ListEntry | Finding], progress: Progress) -> None:
        """Take everything in."""
        count = at = 0
        for item in items:
            if isinstance(item, Finding):
                self.noticed += 1
                if len(self.findings) < FINDINGS:
                    self.findings.append(item)
                continue
            line = _encode(item) + b"\n"
            self._spool.write(line)
            self.lists.setdefault(item.list, OneList()).take(item, at)
            at += len(line)
            count += 1
            if count % CHUNK == 0:
                progress("read", count)
        progress("read", count)

    def entries(self) -> Iterator[ListEntry]:
        """All of them again, in file order."""
        self._spool.seek(0)
        return map(_decode, self._spool)

    def at(self, place: int) -> ListEntry:
        """The entry whose line begins at ``place``."""
        self._spool.seek(place)
        return _decode(self._spool.readline())


class OneList:
    """Ids and versions of one list, in file order, and where each entry stands in the file."""

    def __init__(self) -> None:
        """No entry so far."""
        self.versions: dict[str, str] = {}
        self.names = 0
        self.places: array[int] = array("Q")

    def take(self, entry: ListEntry, place: int) -> None:
        """Count one entry in."""
        self.versions[entry.id] = entry.version
        self.names += len(entry.names)
        self.places.append(place)

    def digest(self) -> bytes:
        """Hash of what the list says, whatever its order."""
        held = self.versions
        whole, between = hashlib.sha256(), ""
        for entry in sorted(held):
            whole.update(f"{between}{entry}\t{held[entry]}".encode())
            between = "\n"
        return whole.digest()


def compare(s: Session, staged: Staged, name: str, active: str | None) -> Coming:
    """What the staged entries of list ``name`` change in its ``active`` version (by id)."""
    ours = staged.lists[name]
    fresh = set(ours.versions)
    before = removed = changed = 0
    gone: list[str] = []
    other: list[str] = []
    for entry, version in _standing(s, active) if active else ():
        before += 1
        new = ours.versions.get(entry)
        fresh.discard(entry)
        if new is None:
            removed += 1
            gone += [entry] if len(gone) < SHOWN else []
        elif new != version:
            changed += 1
            other += [entry] if len(other) < SHOWN else []
    added = [
        staged.at(ours.places[at]) for at, entry in _first(ours.versions, fresh)
    ] if active else []  # fmt: skip
    if active:
        s.saw("list-version", [active], "delta")
    return Coming(
        list=name, before=before, entries=len(ours.versions), added=len(fresh), removed=removed,
        changed=changed, examples=(
            *(_example("removed", e) for e in _named(s, active, gone)),
            *(_example("changed", e) for e in _named(s, active, other)),
            *(_example("added", e) for e in added),
        ),
    )  # fmt: skip


def _first(ids: Iterable[str], wanted: set[str]) -> Iterator[tuple[int, str]]:
    return islice(((at, e) for at, e in enumerate(ids) if e in wanted), SHOWN)


def _standing(s: Session, version: str) -> Iterator[tuple[str, str]]:
    """(id, version) of every entry of a list version, some at a time."""
    after = ""
    while True:
        rows = s.rows(
            "SELECT id, entry_version FROM lookouts.entry WHERE version = :version"
            " AND id > :after ORDER BY id LIMIT :most",
            version=version, after=after, most=_PAGE,
        )  # fmt: skip
        if not rows:
            return
        yield from ((r["id"], r["entry_version"]) for r in rows)
        after = rows[-1]["id"]


def _named(s: Session, version: str | None, ids: list[str]) -> list[ListEntry]:
    rows = s.rows(
        "SELECT entry FROM lookouts.entry WHERE version = :version AND id = ANY(:ids) ORDER BY id",
        version=version, ids=ids,
    )  # fmt: skip
    return [msgspec.convert(r["entry"], ListEntry) for r in rows]


def _example(change: What, entry: ListEntry) -> Example:
    return Example(change=change, entry=entry.id, name=entry.names[0].text if entry.names else None)

"""Imported lists: immutable versions, one of them active, each activated in one moment."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from smartborder.formats.lists import ListDelta, lists_delta
from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry
from smartborder.node.lookouts import changes
from smartborder.node.lookouts.withdrawing import withdraw_hits
from smartborder.node.store.session import Session

MOST_DROPPED = 0.10
"""An import that would drop a larger share of the active version stops."""
_CHUNK = 2000
_FINDINGS = 500


class TooManyDropped(StateError):
    """More than a tenth of the list would be dropped: check the file, then use ``--force``."""

    code = "list.too-many-dropped"
    title = Text("The list would shrink too much", "La liste rétrécirait trop")


class EmptyList(InputError):
    """Nothing in the file can be screened against; what is active stays active."""

    code = "list.empty"
    title = Text("No entries in the list", "Aucune inscription dans la liste")


class ListVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a list as imported.

    Attributes:
        names: how many names its entries have together.
        findings: how many things about the file were noticed.

    """

    id: str
    list: str
    number: int
    imported_at: datetime
    imported_by: str
    entries: int
    names: int
    findings: int
    active: bool


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did.

    Attributes:
        unchanged: True if the active version holds the same entries; nothing was written.

    """

    version: ListVersion
    added: int
    removed: int
    changed: int
    unchanged: bool
    findings: tuple[Finding, ...]


Progress = Callable[[str, int], None]
"""Called with what is being done (``read``, ``written``) and how many entries so far."""


def import_list(s: Session, items: Iterable[ListEntry | Finding], *, force: bool = False,
                progress: Progress = lambda _what, _count: None) -> list[Imported]:  # fmt: skip
    """Store a new version of each list in ``items`` and make it the active one.

    Raises:
        EmptyList: no entry could be read.
        TooManyDropped: more than a tenth of the active version would go, and not ``force``.

    """
    entries: dict[str, list[ListEntry]] = {}
    findings: list[Finding] = []
    for item in items:
        if isinstance(item, Finding):
            findings.append(item)
            continue
        entries.setdefault(item.list, []).append(item)
        if sum(map(len, entries.values())) % _CHUNK == 0:
            progress("read", sum(map(len, entries.values())))
    if not entries:
        raise EmptyList("no entry could be read")
    return [_import_one(s, name, own, findings, force, progress) for name, own in entries.items()]


def _import_one(s: Session, name: str, entries: list[ListEntry], findings: list[Finding],
                force: bool, progress: Progress) -> Imported:  # fmt: skip
    digest = _digest(entries)
    active = s.first(
        "SELECT id, sha256 FROM lookouts.list_version WHERE list = :list AND active FOR UPDATE",
        list=name,
    )
    if active is not None and bytes(active["sha256"]) == digest:
        return Imported(version=version(s, active["id"]), added=0, removed=0, changed=0,
                        unchanged=True, findings=tuple(findings))  # fmt: skip
    before = _entries(s, active["id"]) if active else []
    delta = lists_delta(before, entries)
    if delta.dropped_share > MOST_DROPPED and not force:
        raise TooManyDropped(
            f"{len(delta.removed)} of {len(before)} entries would go; if that is right: --force",
            list=name,
        )
    record = s.new_id("list")
    s.run("UPDATE lookouts.list_version SET active = false WHERE list = :list", list=name)
    s.run(
        "INSERT INTO lookouts.list_version (id, list, number, sha256, imported_at, imported_by,"
        " entries, names, findings, active) VALUES (:id, :list, (SELECT coalesce(max(number), 0)"
        " + 1 FROM lookouts.list_version WHERE list = :list), :sha256, :now, :by, :entries,"
        " :names, :findings, true)",
        id=record,
        list=name,
        sha256=digest,
        now=s.now,
        by=f"{s.actor.kind}:{s.actor.id}",
        entries=len(entries),
        names=sum(len(e.names) for e in entries),
        findings=msgspec.json.encode(findings[:_FINDINGS]).decode(),
    )
    for start in range(0, len(entries), _CHUNK):
        s.insert(
            "lookouts.entry",
            ("version", "id", "entry_version", "entry"),
            [(record, e.id, e.version, msgspec.Raw(msgspec.json.encode(e)))
             for e in entries[start : start + _CHUNK]],
        )  # fmt: skip
        progress("written", min(start + _CHUNK, len(entries)))
    for entry in _with_hits(s, [e.id for e in delta.removed]):
        withdraw_hits(s, entry)
    s.leaf("list-version", record, {"list": name, "sha256": digest.hex()})
    changes.note(s, "lists", "activated", record)
    return Imported(
        version=version(s, record), added=len(delta.added), removed=len(delta.removed),
        changed=len(delta.changed), unchanged=False, findings=tuple(findings),
    )  # fmt: skip


_VERSION = (
    "SELECT id, list, number, imported_at, imported_by, entries, names,"
    " jsonb_array_length(findings) AS findings, active FROM lookouts.list_version"
)


def version(s: Session, record: str) -> ListVersion:
    """One version.

    Raises:
        NotFound: if there is none of that id.

    """
    return msgspec.convert(s.one(f"{_VERSION} WHERE id = :id", id=record), ListVersion)


def status(s: Session) -> list[ListVersion]:
    """The active version of every list, by name."""
    return [
        msgspec.convert(r, ListVersion) for r in s.rows(f"{_VERSION} WHERE active ORDER BY list")
    ]


def history(s: Session, name: str) -> list[ListVersion]:
    """All versions of a list, newest first."""
    rows = s.rows(f"{_VERSION} WHERE list = :list ORDER BY number DESC", list=name)
    return [msgspec.convert(r, ListVersion) for r in rows]


def delta(s: Session, record: str) -> ListDelta:
    """What a version changed against the one before it (everything is new in a first one).

    Raises:
        NotFound: if there is no version of that id.

    """
    version(s, record)
    previous = _previous(s, record)
    s.saw("list-version", [record], "delta")
    return lists_delta(_entries(s, previous) if previous else [], _entries(s, record))


def entries_changed(s: Session, record: str) -> frozenset[str]:
    """Ids of entries that a version added, changed or dropped."""
    rows = s.rows(
        "SELECT coalesce(a.id, b.id) AS id FROM"
        " (SELECT id, entry_version FROM lookouts.entry WHERE version = :new) a FULL JOIN"
        " (SELECT id, entry_version FROM lookouts.entry WHERE version = :old) b USING (id)"
        " WHERE a.entry_version IS DISTINCT FROM b.entry_version",
        new=record,
        old=_previous(s, record),
    )
    return frozenset(r["id"] for r in rows)


def _with_hits(s: Session, entries: list[str]) -> list[str]:
    rows = s.rows(
        "SELECT DISTINCT entry FROM act.hit WHERE entry = ANY(:entries) AND state"
        " IN ('open', 'quiet', 'undecided', 'confirmed') ORDER BY entry",
        entries=entries,
    )
    return [r["entry"] for r in rows]


def _previous(s: Session, record: str) -> str | None:
    found: str | None = s.value(
        "SELECT p.id FROM lookouts.list_version v JOIN lookouts.list_version p"
        " ON p.list = v.list AND p.number = v.number - 1 WHERE v.id = :id",
        id=record,
    )
    return found


def _entries(s: Session, record: str) -> list[ListEntry]:
    rows = s.rows("SELECT entry FROM lookouts.entry WHERE version = :v ORDER BY id", v=record)
    return [msgspec.convert(r["entry"], ListEntry) for r in rows]


def _digest(entries: Iterable[ListEntry]) -> bytes:
    lines = sorted(f"{e.id}\t{e.version}" for e in entries)
    return hashlib.sha256("\n".join(lines).encode()).digest()

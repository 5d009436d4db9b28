"""Imported lists: immutable versions, one of them active, and what each changed."""

from datetime import datetime

import msgspec

from smartborder.formats.lists import ListDelta, lists_delta
from smartborder.model.screening import ListEntry
from smartborder.node.store.session import Session


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

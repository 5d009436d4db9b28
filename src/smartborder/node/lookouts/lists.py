"""Imported lists: immutable versions, one of them active, each activated in one moment."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice

import msgspec

from smartborder.formats.lists import ListDelta, lists_delta
from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry
from smartborder.node.lookouts import changes
from smartborder.node.lookouts.staging import CHUNK, Coming, Progress, Staged, compare
from smartborder.node.lookouts.withdrawing import withdraw_hits
from smartborder.node.store.session import Row, Session

MOST_DROPPED = 0.10
"""An import that would drop a larger share of the active version stops."""


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
        delta: what it changed; None if the active version holds the same entries, so that
            nothing was written.
        findings: the first findings about the file.
        noticed: how many there were.

    """

    version: ListVersion
    delta: Coming | None
    findings: tuple[Finding, ...]
    noticed: int


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One list that will change: its new version, the one before it, and the difference."""

    record: str
    before: str | None
    digest: bytes
    delta: Coming


def import_list(s: Session, items: Iterable[ListEntry | Finding], *, force: bool = False,
                progress: Progress = lambda _what, _count: None,
                announce: Callable[[Coming], None] = lambda _coming: None,
                ) -> list[Imported]:  # fmt: skip
    """Read all of ``items``, compare, then store and activate a new version of each list in it.

    Args:
        s: the transaction.
        items: what a reader of lists gives; read once, never held in memory as a whole.
        force: also if more than a tenth of a list would go.
        progress: told how far it got.
        announce: told what will change in each list before anything is written.

    Raises:
        EmptyList: no entry could be read.
        TooManyDropped: more than a tenth of an active version would go, and not ``force``.

    """
    with Staged() as staged:
        staged.read(items, progress)
        if not staged.lists:
            raise EmptyList("no entry could be read")
        plans: dict[str, _Plan] = {}
        records: dict[str, str] = {}
        for name, ours in staged.lists.items():
            active, digest = _active(s, name), ours.digest()
            before = active["id"] if active else None
            if active and bytes(active["sha256"]) == digest:
                records[name] = active["id"]
                continue
            delta = compare(s, staged, name, before)
            announce(delta)
            records[name] = s.new_id("list")
            plans[name] = _Plan(record=records[name], before=before, digest=digest, delta=delta)
        for plan in plans.values():
            _admit(plan.delta, force=force)
        _write(s, staged, plans, progress)
        return [
            Imported(
                version=version(s, record), delta=plans[name].delta if name in plans else None,
                findings=tuple(staged.findings), noticed=staged.noticed,
            )
            for name, record in records.items()
        ]  # fmt: skip


def _active(s: Session, name: str) -> Row | None:
    return s.first(
        "SELECT id, sha256 FROM lookouts.list_version WHERE list = :list AND active FOR UPDATE",
        list=name,
    )


def _admit(delta: Coming, *, force: bool) -> None:
    if delta.dropped_share > MOST_DROPPED and not force:
        raise TooManyDropped(
            f"{delta.removed} of {delta.before} entries would go, nothing was written;"
            " if that is right: --force",
            list=delta.list,
        )


def _write(s: Session, staged: Staged, plans: Mapping[str, _Plan], progress: Progress) -> None:
    """Versions, their entries in file order, and what follows from them."""
    for name, plan in plans.items():
        s.run("UPDATE lookouts.list_version SET active = false WHERE list = :list", list=name)
        s.run(
            "INSERT INTO lookouts.list_version (id, list, number, sha256, imported_at, imported_by,"
            " entries, names, findings, active) VALUES (:id, :list, (SELECT coalesce(max(number),"
            " 0) + 1 FROM lookouts.list_version WHERE list = :list), :sha256, :now, :by, :entries,"
            " :names, :findings, true)",
            id=plan.record,
            list=name,
            sha256=plan.digest,
            now=s.now,
            by=s.actor.label,
            entries=plan.delta.entries,
            names=staged.lists[name].names,
            findings=msgspec.json.encode(staged.findings).decode(),
        )
    wanted = (e for e in staged.entries() if e.list in plans) if plans else iter(())
    written = 0
    while some := list(islice(wanted, CHUNK)):
        s.insert(
            "lookouts.entry",
            ("version", "id", "entry_version", "entry"),
            [(plans[e.list].record, e.id, e.version, msgspec.Raw(msgspec.json.encode(e)))
             for e in some],
        )  # fmt: skip
        written += len(some)
        progress("written", written)
    for name, plan in plans.items():
        for entry in _dropped_with_hits(s, plan):
            withdraw_hits(s, entry)
        s.leaf("list-version", plan.record, {"list": name, "sha256": plan.digest.hex()})
        changes.note(s, "lists", "activated", plan.record)


def _dropped_with_hits(s: Session, plan: _Plan) -> list[str]:
    """Entries that the version before had, the new one lacks, and hits rest on."""
    rows = s.rows(
        "SELECT DISTINCT h.entry FROM act.hit h JOIN lookouts.entry e ON e.id = h.entry"
        " AND e.version = :before WHERE h.state IN ('open', 'quiet', 'undecided', 'confirmed')"
        " AND NOT EXISTS (SELECT FROM lookouts.entry n WHERE n.version = :record"
        " AND n.id = h.entry) ORDER BY h.entry",
        before=plan.before,
        record=plan.record,
    )
    return [r["entry"] for r in rows]


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

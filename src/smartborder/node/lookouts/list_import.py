"""An import of lists: read, compared, told, and only then written and activated at once."""

from collections.abc import Callable, Iterable, Mapping
from itertools import islice

import msgspec

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry
from smartborder.node.lookouts import changes
from smartborder.node.lookouts.lists import ListVersion, version
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

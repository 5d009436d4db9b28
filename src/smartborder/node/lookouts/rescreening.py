"""Screening backwards: what changed in the lists against everybody whose record is stored.

One run takes every change since the run before it, draws stored records part by part, has an
executor screen them, and writes down after each part how far it got. Stopped at any point it goes
on after the last part that was recorded; a part done twice queues nothing twice.
"""

from collections.abc import Iterator
from datetime import timedelta

from smartborder.kernel.executor import Executor, InProcess
from smartborder.node.jobs.defer import defer
from smartborder.node.lookouts.backwards import Against, Part
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.node.lookouts.lists import entries_changed
from smartborder.node.lookouts.pool import ProcessPool
from smartborder.node.lookouts.record_kinds import RecordKind, kinds_of
from smartborder.node.lookouts.withdrawing import withdraw_hits
from smartborder.node.node import Node
from smartborder.node.store.session import Actor, Row, Session

ACTOR = Actor("system", "rescreen")
SMALL = 20_000
"""Up to so many stored records starting processes would take longer than screening."""
STUCK = timedelta(seconds=90)
"""A run that has not moved for so long was stopped; it is taken up again."""
WAITING = timedelta(seconds=15)
"""A change that no job took up for so long came while another run was under way."""


def rescreen(node: Node, executor: Executor | None = None) -> int:
    """The job: screen stored records against everything that changed; how many hits were queued.

    Args:
        node: the node.
        executor: where parts are worked on; by the number of records if not given.

    """
    with node.store.act(ACTOR, PURPOSE) as s:
        run = _taken_up(s, node)
        if run is None:
            return 0
        layers = node.lookouts.loaded(s)
        changed = _changed(s, run)
        against = Against(as_of=s.now.date(), layers=tuple(
            (tuple(e for e in layer.entries if e.id in changed), layer.frequency)
            for layer in (layers.lists, layers.lookouts)
        ))  # fmt: skip
    standing = {e.id: e.version for entries, _ in against.layers for e in entries}
    if executor is None:
        executor = InProcess() if run["stored"] <= SMALL else ProcessPool()
    if standing:
        _screen(node, run, against, executor)
    return _done(node, run["id"], standing)


def take_up(node: Node) -> None:
    """The duty: a run that was stopped is queued again, and what changed while one went on."""
    with node.store.act(ACTOR, PURPOSE) as s:
        if s.value(
            "SELECT 1 FROM lookouts.rescreen WHERE done_at IS NULL AND moved_at < :stuck"
            " UNION ALL SELECT 1 FROM lookouts.change WHERE at < :waiting"
            "  AND n > (SELECT coalesce(max(up_to), 0) FROM lookouts.rescreen)"
            "  AND NOT EXISTS (SELECT FROM lookouts.rescreen WHERE done_at IS NULL) LIMIT 1",
            stuck=s.now - STUCK, waiting=s.now - WAITING,
        ):  # fmt: skip
            defer(s, "rescreen")


def _taken_up(s: Session, node: Node) -> Row | None:
    """A run that was stopped, or a new one over the changes since the last.

    None if nothing changed, or somebody is at it.
    """
    s.run("SELECT pg_advisory_xact_lock(hashtext('lookouts.rescreen'))")
    run = s.first("SELECT * FROM lookouts.rescreen WHERE done_at IS NULL")
    if run is not None:
        return run if s.run(
            "UPDATE lookouts.rescreen SET moved_at = :now WHERE id = :id AND moved_at < :stuck",
            id=run["id"], now=s.now, stuck=s.now - STUCK,
        ) else None  # fmt: skip
    since: int = s.value("SELECT coalesce(max(up_to), 0) FROM lookouts.rescreen")
    up_to: int = s.value("SELECT coalesce(max(n), 0) FROM lookouts.change")
    if up_to <= since:
        return None
    record = s.new_id("rescreen")
    s.run(
        "INSERT INTO lookouts.rescreen (id, since, up_to, entries, stored, began_at, moved_at)"
        " VALUES (:id, :since, :up_to, 0, :stored, :now, :now)",
        id=record, since=since, up_to=up_to, now=s.now,
        stored=sum(kind.count(s) for kind in kinds_of(node)),
    )  # fmt: skip
    return s.one("SELECT * FROM lookouts.rescreen WHERE id = :id", id=record)


def _changed(s: Session, run: Row) -> frozenset[str]:
    """Ids of the entries that the changes of a run made, changed or ended."""
    found: set[str] = set()
    for row in s.rows(
        "SELECT DISTINCT scope, entry FROM lookouts.change WHERE n > :since AND n <= :up_to",
        since=run["since"], up_to=run["up_to"],
    ):  # fmt: skip
        found |= {row["entry"]} if row["scope"] == "lookouts" else entries_changed(s, row["entry"])
    s.run("UPDATE lookouts.rescreen SET entries = :n WHERE id = :id", n=len(found), id=run["id"])
    return frozenset(found)


def _screen(node: Node, run: Row, against: Against, executor: Executor) -> None:
    drawn: list[tuple[RecordKind, str, int]] = []  # kind, last record id, size of each part
    begun, _, begun_after = run["after"].partition("/")

    def parts() -> Iterator[Part]:
        for kind in kinds_of(node):
            if kind.id < begun:
                continue
            after = begun_after if kind.id == begun else ""
            while True:
                with node.store.act(ACTOR, PURPOSE) as s:
                    records = kind.part(s, after)
                if not records:
                    break
                after = records[-1][0]
                drawn.append((kind, after, len(records)))
                yield Part(asked=kind.asked, records=records)

    for at, found in enumerate(executor.run(against, parts())):
        kind, last, size = drawn[at]
        with node.store.act(ACTOR, PURPOSE) as s:
            queued = kind.record(s, node, dict(found)) if found else 0
            s.run(
                "UPDATE lookouts.rescreen SET after = :last, screened = screened + :size,"
                " hits = hits + :queued, moved_at = :now WHERE id = :id AND after < :last",
                last=f"{kind.id}/{last}", size=size, queued=queued, now=s.now, id=run["id"],
            )  # fmt: skip


def _done(node: Node, run: str, standing: dict[str, str]) -> int:
    """Close a run: hits of earlier versions of what changed give way to those of the new ones."""
    with node.store.act(ACTOR, PURPOSE) as s:
        for row in s.rows(
            "SELECT DISTINCT entry FROM act.hit WHERE entry = ANY(:entries)"
            " AND state IN ('open', 'quiet', 'undecided')",
            entries=sorted(standing),
        ):
            withdraw_hits(s, row["entry"], tell=False, standing=standing[row["entry"]])
        s.run("UPDATE lookouts.rescreen SET done_at = :now, moved_at = :now WHERE id = :id",
              now=s.now, id=run)  # fmt: skip
        s.notify("lookouts")
        return int(s.value("SELECT hits FROM lookouts.rescreen WHERE id = :id", id=run))

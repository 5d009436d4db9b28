"""A look-out, list or register changed: everybody it may concern is checked again.

Screening asks the same layers that intake asks, so a recheck finds exactly what a fresh query
would. What changed for a traveller is then recorded flight by flight.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from smartborder.node.lookouts import live
from smartborder.node.lookouts.in_memory import Layers
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.node.lookouts.lists import entries_changed
from smartborder.node.lookouts.live import Person
from smartborder.node.lookouts.rechecking import recheck_people
from smartborder.node.node import Node
from smartborder.node.store.session import Actor, Session

ACTOR = Actor("system", "recheck")
SETTLE_AFTER = timedelta(seconds=20)
"""Longer than any intake transaction: one that began before a change has ended by then."""
_AT_ONCE = 2000


def recheck(node: Node, change: int | None = None, scope: str = "registers",
            entry: str | None = None) -> None:  # fmt: skip
    """The job: recheck after a counted change, or (without one) after a register was loaded.

    Args:
        node: the node.
        change: number of a row of ``lookouts.change``; done already, nothing happens.
        scope: what was loaded, where no change was counted.
        entry: which register was loaded.

    """
    if change is None:
        with node.store.act(ACTOR, PURPOSE) as s:
            people = live.everybody(s, scope, None)
        _by_flight(node, people, None)
        return
    with node.store.act(ACTOR, PURPOSE) as s:
        row = s.first("SELECT * FROM lookouts.change WHERE n = :n", n=change)
        if row is None or row["rechecked_at"] is not None:
            return
    _run(node, change, row["scope"], row["entry"])
    with node.store.act(ACTOR, PURPOSE) as s:
        s.run("UPDATE lookouts.change SET rechecked_at = :now WHERE n = :n", n=change, now=s.now)


def recheck_message(node: Node, message: str) -> None:
    """The job: check again whom a message reported while new lists were still being built.

    Raises:
        LookoutsNotLoaded: they could not be built; the job comes again.

    """
    with node.store.act(ACTOR, PURPOSE) as s:
        node.lookouts.loaded(s)
        rows = s.rows(
            "SELECT v.traveller, h.entry FROM act.traveller_version v"
            " LEFT JOIN act.hit h ON h.traveller = v.traveller WHERE v.message = :message",
            message=message,
        )
        ids = sorted({r["traveller"] for r in rows})
        flight = s.value("SELECT flight FROM act.traveller WHERE id = ANY(:ids) LIMIT 1", ids=ids)
    if flight is not None:
        with node.store.act(ACTOR, PURPOSE) as s:
            entries = frozenset(r["entry"] for r in rows if r["entry"])
            recheck_people(s, node, flight, ids, entries)


def settle(node: Node) -> int:
    """The duty: recheck once more those whose intake was under way when a change committed.

    How many changes were settled.
    """
    with node.store.act(ACTOR, PURPOSE) as s:
        rows = s.rows(
            "SELECT n, scope, entry FROM lookouts.change WHERE settled_at IS NULL"
            " AND rechecked_at IS NOT NULL AND rechecked_at < :before ORDER BY n",
            before=s.now - SETTLE_AFTER,
        )
    for row in rows:
        _run(node, row["n"], row["scope"], row["entry"])
        with node.store.act(ACTOR, PURPOSE) as s:
            s.run("UPDATE lookouts.change SET settled_at = :now WHERE n = :n",
                  n=row["n"], now=s.now)  # fmt: skip
    return len(rows)


def _run(node: Node, change: int, scope: str, entry: str) -> None:
    with node.store.act(ACTOR, PURPOSE) as s:
        layers = node.lookouts.loaded(s)
        entries = frozenset([entry]) if scope == "lookouts" else entries_changed(s, entry)
        people = live.everybody(s, scope, change)
        found = _concerned(layers, people, entries, s)
        had = live.with_hits_of(s, sorted(entries)) if entries else []
        concerned = {p.id: p for p in (*found, *had)}
    _by_flight(node, list(concerned.values()), entries)


def _concerned(layers: Layers, people: Sequence[Person], entries: frozenset[str],
               s: Session) -> list[Person]:  # fmt: skip
    found = []
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        hits = layers.screen([p.person for p in some], s.now.date())
        found += [p for p, own in zip(some, hits, strict=True)
                  if any(h.entry in entries for h in own)]  # fmt: skip
    return found


def _by_flight(node: Node, people: Iterable[Person], entries: frozenset[str] | None) -> None:
    flights: dict[str, list[str]] = {}
    for p in people:
        flights.setdefault(p.flight, []).append(p.id)
    for flight, ids in flights.items():
        with node.store.act(ACTOR, PURPOSE) as s:
            recheck_people(s, node, flight, ids, entries)

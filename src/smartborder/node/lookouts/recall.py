"""What does the index lose? Every day a sample is compared with every listed name instead.

Half of the sample are travellers of the day, half are names of listed subjects as a list writes
them last, since almost nobody who travels is listed. What the full comparison finds and the index
does not is counted and published.
"""

from datetime import date, datetime, timedelta

import msgspec

from smartborder.engines.screening import Snapshot
from smartborder.model.passenger_list import Traveller
from smartborder.model.screening import Query
from smartborder.node.jobs.defer import defer
from smartborder.node.lookouts.asked import query_of
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.node.node import Node
from smartborder.node.store.session import Actor, Session

ACTOR = Actor("system", "recall-audit")
EVERY = timedelta(hours=24)
HALF = 12
"""Travellers, and as many listed names; a full comparison takes about a second each."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One audit: of ``hits`` that a full comparison found, ``lost`` were not found by the index."""

    at: datetime
    asked: int
    hits: int
    lost: int
    lost_matches: int


def due(node: Node) -> None:
    """The duty: an audit a day, where there are lists."""
    with node.store.act(ACTOR, PURPOSE) as s:
        if s.value(
            "SELECT 1 WHERE EXISTS (SELECT FROM lookouts.list_version WHERE active)"
            " AND NOT EXISTS (SELECT FROM lookouts.recall WHERE at > :since)",
            since=s.now - EVERY,
        ):
            s.run("INSERT INTO lookouts.recall (id, at) VALUES (:id, :now)",
                  id=s.new_id("recall"), now=s.now)  # fmt: skip
            defer(s, "recall_audit")


def audit(node: Node) -> None:
    """The job: fill in the audits that are due."""
    with node.store.act(ACTOR, PURPOSE) as s:
        waiting = s.rows("SELECT id FROM lookouts.recall WHERE asked IS NULL FOR UPDATE")
        if not waiting:
            return
        lists = node.lookouts.loaded(s).lists
        sample = [*_travellers(s), *_listed(lists, len(waiting))]
        asked, hits, lost, matches = measure(lists, sample, s.now.date())
        s.run(
            "UPDATE lookouts.recall SET asked = :asked, hits = :hits, lost = :lost,"
            " lost_matches = :matches WHERE asked IS NULL",
            asked=asked, hits=hits, lost=lost, matches=matches,
        )  # fmt: skip


def measure(lists: Snapshot, sample: list[Query], as_of: date) -> tuple[int, int, int, int]:
    """Questions asked, hits of the full comparison, those the index lost, matches among them."""
    quick = lists.screen(sample, as_of=as_of)
    full = lists.screen(sample, as_of=as_of, exhaustive=True)
    lost = [
        hit
        for some, every in zip(quick, full, strict=True)
        for hit in every
        if hit.entry not in {h.entry for h in some}
    ]
    return len(sample), sum(map(len, full)), len(lost), sum(h.verdict == "match" for h in lost)


def days(s: Session, weeks: int) -> list[Day]:
    """The audits of the last weeks, newest first."""
    rows = s.rows(
        "SELECT at, asked, hits, lost, lost_matches FROM lookouts.recall"
        " WHERE asked IS NOT NULL AND at > :since ORDER BY at DESC",
        since=s.now - timedelta(weeks=weeks),
    )
    return [msgspec.convert(r, Day) for r in rows]


def _travellers(s: Session) -> list[Query]:
    rows = s.rows(
        "SELECT t.id, v.person FROM act.traveller t JOIN act.traveller_version v"
        " ON v.traveller = t.id AND v.version = t.version WHERE t.mode = 'live'"
        " AND t.created_at > :since ORDER BY random() LIMIT :half",
        since=s.now - EVERY, half=HALF,
    )  # fmt: skip
    s.saw("traveller", [r["id"] for r in rows], "recall audit")
    return [query_of(msgspec.convert(r["person"], Traveller), r["id"]) for r in rows]


def _listed(lists: Snapshot, shift: int) -> list[Query]:
    """Listed subjects spread over the lists, each by the name that its list writes last."""
    named = [e for e in lists.entries if e.names]
    step = max(1, len(named) // HALF)
    return [
        Query(id=e.id, name=e.names[-1].text, kind=e.kind)
        for e in named[shift % step :: step][:HALF]
    ]

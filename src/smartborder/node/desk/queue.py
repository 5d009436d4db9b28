"""The queue: what waits for an officer, in the order of the time that is left. No other order.

The queue shows no name: it says what is asked, on which flight, and how long is left. Whose case
it is, one learns by taking it; so nobody picks by name, and reading the queue is not reading
about people.
"""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.node.desk import visible
from smartborder.node.store.session import Session

Filter = Literal["all", "mine", "free", "hit", "reply", "close-out", "other", "second"]
_MOST = 200


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One case in the queue.

    Attributes:
        kind: ``hit``, ``reply``, ``close-out`` ...; one trip is one case with all its hits.
        hits: open hits that whoever works at a desk may see.
        lists: lists or look-outs behind them.
        second: a decision of somebody else waits for a second person.
        holder, holder_name: who holds it at this moment.
        handed_from: name of the colleague who handed it over.
        tests: always live; a test message never opens a case.
    """

    id: str
    kind: str
    instruction: str | None
    opened_at: datetime
    due_at: datetime | None
    default_outcome: str | None
    flight: str | None
    carrier: str | None
    number: str | None
    suffix: str | None
    origin: str | None
    destination: str | None
    origin_zone: str | None
    destination_zone: str | None
    departs: datetime | None
    arrives: datetime | None
    hits: int
    lists: tuple[str, ...]
    second: bool
    second_by: str | None
    holder: str | None
    holder_name: str | None
    lease_until: datetime | None
    handed_from: str | None
    reply: str | None


_SQL = f"""
SELECT c.id, c.kind, c.instruction, c.opened_at, c.due_at, c.default_outcome, c.flight,
  f.carrier, f.number, f.suffix, f.origin, f.destination, f.origin_zone, f.destination_zone,
  coalesce(f.estimated_departure, f.scheduled_departure) AS departs,
  coalesce(f.estimated_arrival, f.scheduled_arrival) AS arrives,
  coalesce(h.hits, 0) AS hits, coalesce(h.lists, '{{}}') AS lists,
  p.proposed_by IS NOT NULL AS second, p.proposed_by AS second_by,
  CASE WHEN c.lease_until > :now THEN c.claimed_by END AS holder,
  CASE WHEN c.lease_until > :now THEN u.name END AS holder_name,
  CASE WHEN c.lease_until > :now THEN c.lease_until END AS lease_until,
  o.name AS handed_from, t.reply
FROM act.case_file c
LEFT JOIN act.flight f ON f.id = c.flight
LEFT JOIN act.traveller t ON t.id = c.traveller
LEFT JOIN access.user u ON u.id = c.claimed_by
LEFT JOIN access.user o ON o.id = c.handed_from
LEFT JOIN LATERAL (SELECT count(*) AS hits, array_agg(DISTINCT h.list) AS lists FROM act.hit h
  WHERE h.case_id = c.id AND h.state = 'open' AND {visible.HIT}) h ON true
LEFT JOIN LATERAL (SELECT proposed_by FROM act.pending_decision p
  WHERE p.case_id = c.id AND p.state = 'waiting' ORDER BY p.at LIMIT 1) p ON true
WHERE c.state = 'open' AND {visible.CASE} AND (f.id IS NULL OR {visible.LIVE})
"""


def waiting(s: Session, only: Filter = "all") -> list[Waiting]:
    """Open cases, least time left first; what has no deadline comes last, oldest first."""
    rows = s.rows(
        f"{_SQL} AND {_CONDITION[only]} ORDER BY c.due_at NULLS LAST, c.opened_at, c.id"
        " LIMIT :most",
        now=s.now, me=s.actor.id, most=_MOST,
    )  # fmt: skip
    return [msgspec.convert({**r, "lists": tuple(r["lists"])}, Waiting) for r in rows]


def counts(s: Session) -> dict[str, int]:
    """How many cases each filter would show."""
    columns = ", ".join(
        f'count(*) FILTER (WHERE {condition}) AS "{name}"' for name, condition in _CONDITION.items()
    )
    row = s.one(
        f"SELECT {columns} FROM act.case_file c LEFT JOIN act.flight f ON f.id = c.flight"
        " LEFT JOIN LATERAL (SELECT proposed_by FROM act.pending_decision p"
        " WHERE p.case_id = c.id AND p.state = 'waiting' ORDER BY p.at LIMIT 1) p ON true"
        f" WHERE c.state = 'open' AND {visible.CASE} AND (f.id IS NULL OR {visible.LIVE})",
        now=s.now, me=s.actor.id,
    )  # fmt: skip
    return {name: int(row[name]) for name in _CONDITION}


_CONDITION: dict[Filter, str] = {
    "all": "true",
    "mine": "(c.claimed_by = :me AND c.lease_until > :now)",
    "free": "(c.claimed_by IS NULL OR c.lease_until <= :now)",
    "hit": "c.kind = 'hit'",
    "reply": "c.kind = 'reply'",
    "close-out": "c.kind = 'close-out'",
    "other": "c.kind NOT IN ('hit', 'reply', 'close-out')",
    "second": "(p.proposed_by IS NOT NULL AND p.proposed_by <> :me)",
}

"""Alarms of the flight day: a close-out that does not come, or came too early.

Somebody reported after the close-out is on the flight and in no close-out: it must come again.
"""

from datetime import datetime, timedelta

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.act.case_opening import due, open_case
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM

MISSING = Reason(
    code="close-out.missing",
    detail=Text(
        "The flight should have left and no close-out has come: who is aboard is not known.",
        "Le vol devrait être parti et aucun avis de clôture n'est arrivé : on ne sait pas qui est"
        " à bord.",
    ),
    citation="IRPR 269(3)",
)


PURPOSE = "passenger-information"
_LATE = (
    "mode = 'live' AND (status IN ('open', 'returned') AND alarmed_at IS NULL"
    " OR status = 'closed' AND coalesce(alarmed_at < closed_at, true))"
    " AND coalesce(actual_departure, estimated_departure, scheduled_departure,"
    " estimated_arrival, scheduled_arrival) <= :late"
    " AND EXISTS (SELECT FROM act.traveller t WHERE t.flight = f.id"
    "  AND t.presence = 'reported')"
)


def missing_close_outs(node: Node) -> int:
    """Open one case for each live flight whose close-out is late; how many there were."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        late = s.now - timedelta(minutes=node.pack.close_out_alarm_minutes)
        rows = s.rows(f"SELECT id FROM act.flight f WHERE {_LATE}", late=late)
    return one_by_one((r["id"] for r in rows), lambda flight: _alarm(node, flight, late))


def _alarm(node: Node, flight_id: str, late: datetime) -> None:
    with node.store.act(SYSTEM, PURPOSE) as s:
        flight = s.first(
            f"SELECT * FROM act.flight f WHERE id = :id AND {_LATE} FOR UPDATE SKIP LOCKED",
            id=flight_id,
            late=late,
        )
        if flight is None:
            return
        open_case(s, kind="close-out", traveller=None, flight=flight, instruction=None,
                  due_at=due(flight, s.now, False), default_outcome=None,
                  reasons=(MISSING,))  # fmt: skip
        s.run("UPDATE act.flight SET alarmed_at = :now WHERE id = :id", now=s.now,
              id=flight["id"])  # fmt: skip
        s.notify("queue")

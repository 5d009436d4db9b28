"""Alarms of the flight day: a close-out that does not come."""

from datetime import timedelta

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.act.case_opening import due, open_case
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


def missing_close_outs(node: Node) -> int:
    """Open one case for each live flight whose close-out is late; how many there were."""
    with node.store.act(SYSTEM, "passenger-information") as s:
        late = s.now - timedelta(minutes=node.pack.close_out_alarm_minutes)
        rows = s.rows(
            "SELECT * FROM act.flight f WHERE mode = 'live' AND status IN ('open', 'returned')"
            " AND alarmed_at IS NULL"
            " AND coalesce(actual_departure, estimated_departure, scheduled_departure) <= :late"
            " AND EXISTS (SELECT FROM act.traveller t WHERE t.flight = f.id"
            "  AND t.presence = 'reported') FOR UPDATE SKIP LOCKED",
            late=late,
        )
        for flight in rows:
            open_case(s, kind="close-out", traveller=None, flight=flight, instruction=None,
                      due_at=due(flight, s.now, False), default_outcome=None,
                      reasons=(MISSING,))  # fmt: skip
            s.run("UPDATE act.flight SET alarmed_at = :now WHERE id = :id", now=s.now,
                  id=flight["id"])  # fmt: skip
            s.notify("queue")
        return len(rows)

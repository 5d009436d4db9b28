"""Close-out: who really flew. Afterwards nobody on the flight is unexplained.

Boarded, no-show, off-loaded (reported, then taken off by the close-out), boarded without OK
(opens a carrier case). A person first named by the close-out itself boarded without any reply.
"""

from collections.abc import Sequence

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Reason
from smartborder.node.act.case_opening import due, open_case
from smartborder.node.act.identity import identify
from smartborder.node.act.removal import people_of
from smartborder.node.act.reporting import Reporting
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session

WITHOUT_OK = Reason(
    code="close-out.boarded-without-ok",
    detail=Text(
        "The carrier reports this person boarded although no OK was in force.",
        "Le transporteur déclare cette personne embarquée alors qu'aucun OK n'était en vigueur.",
    ),
    citation="IRPR 270(2)",
)


def close(s: Session, node: Node, client: ReportingClient, flight: Row, message: str,
          aboard: Sequence[Traveller]) -> None:  # fmt: skip
    """Close ``flight`` with the list of those aboard."""
    known = people_of(s, flight["id"])
    strangers = [p for p in aboard if known.same(identify(p)) is None]
    if strangers:
        Reporting(s, node, client, flight, message).report(strangers)
        s.run("UPDATE act.traveller SET reply = 'error' WHERE id IN (SELECT traveller FROM"
              " act.traveller_version WHERE message = :m AND version = 1)", m=message)  # fmt: skip
        known = people_of(s, flight["id"])
    boarded = [f for p in aboard if (f := known.same(identify(p)))]
    s.run(
        "UPDATE act.traveller SET updated_at = :now, presence = CASE"
        " WHEN id = ANY(:boarded) AND reply = 'ok' THEN 'boarded'"
        " WHEN id = ANY(:boarded) THEN 'boarded-without-ok'"
        " WHEN presence IN ('boarded', 'boarded-without-ok', 'off-loaded')"
        " THEN 'off-loaded'"
        " WHEN presence = 'cancelled' THEN 'cancelled' ELSE 'no-show' END"
        " WHERE flight = :flight",
        boarded=boarded,
        flight=flight["id"],
        now=s.now,
    )
    s.run("UPDATE act.flight SET status = 'closed', closed_at = :now WHERE id = :id",
          id=flight["id"], now=s.now)  # fmt: skip
    if client.mode == "live":
        for row in s.rows("SELECT id FROM act.traveller WHERE flight = :flight AND"
                          " presence = 'boarded-without-ok'", flight=flight["id"]):  # fmt: skip
            open_case(s, kind="close-out", traveller=row["id"], flight=flight, instruction=None,
                      due_at=due(flight, s.now, False), default_outcome=None,
                      reasons=(WITHOUT_OK,))  # fmt: skip
            s.notify("queue")

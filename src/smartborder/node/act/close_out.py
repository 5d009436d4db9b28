"""Close-out: who really flew. Afterwards nobody on the flight is unexplained.

Boarded, no-show, off-loaded (reported, then taken off by the close-out), boarded without OK
(opens a carrier case). A person first named by the close-out itself boarded without any reply.
A clearance holds for the values it was given on: one whose name, birth date, document or
nationality the close-out gives otherwise is checked again on what it says.
"""

from collections.abc import Sequence

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Finding, Reason
from smartborder.node.act.case_opening import due, open_case
from smartborder.node.act.named import Named, finding
from smartborder.node.act.recording import Reported
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
NEVER_ASKED = "close-out.person-not-reported"
_NEVER_ASKED = Text(
    "The close-out names a person who was not reported on this flight before: they boarded without"
    " any reply. They are recorded, checked and shown as boarded without OK.",
    "L'avis de clôture nomme une personne qui n'avait pas été déclarée sur ce vol : elle a embarqué"
    " sans aucune réponse. Elle est consignée, vérifiée et présentée comme embarquée sans OK.",
)


def close(s: Session, node: Node, client: ReportingClient, flight: Row, message: str,
          aboard: Sequence[Traveller]) -> list[Finding]:  # fmt: skip
    """Close ``flight`` with the list of those aboard; a finding for each stranger."""
    known = Named(s, flight["id"])
    before = [known.row(p) for p in aboard]
    done = Reporting(s, node, client, flight, message).report(
        [known.whole(p) for p in aboard], hit_kind="arrival"
    )
    never_asked = [
        r.traveller for r, row in zip(done, before, strict=True)
        if r.is_new or (row is not None and row["reply"] == "error")
    ]  # fmt: skip
    s.run("UPDATE act.traveller SET reply = 'error', cleared_on = NULL WHERE id = ANY(:ids)",
          ids=never_asked)  # fmt: skip
    s.run(
        "UPDATE act.traveller SET updated_at = :now, presence = CASE"
        " WHEN id = ANY(:boarded) AND reply = 'ok' THEN 'boarded'"
        " WHEN id = ANY(:boarded) THEN 'boarded-without-ok'"
        " WHEN presence IN ('boarded', 'boarded-without-ok', 'off-loaded')"
        " THEN 'off-loaded'"
        " WHEN presence IN ('cancelled', 'arrived-unreported') THEN presence ELSE 'no-show' END"
        " WHERE flight = :flight",
        boarded=_aboard(done),
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
    return [
        finding(NEVER_ASKED, _NEVER_ASKED, r.position, aboard[r.position]) for r in done if r.is_new
    ]


def _aboard(done: Sequence[Reported]) -> list[str]:
    """Whoever the close-out names; of a settled double the record that stands, if it names both."""
    named = {r.traveller for r in done}
    return [r.traveller for r in done if r.settled_with not in named]

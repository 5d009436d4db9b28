"""The partner met the subject of our look-out: our desk has a case, and confirms or refutes."""

from datetime import timedelta
from typing import Any, Literal

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.model.reason import Compared, Reason
from smartborder.node.act.case_opening import open_case
from smartborder.node.custody import record_keys
from smartborder.node.exchange import encounters
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

ANSWER_WITHIN = timedelta(minutes=30)
"""By when our desk should have confirmed: somebody waits at the other side's counter."""
MET = Text(
    "The partner reports an encounter with the subject of our look-out.",
    "Le partenaire signale une rencontre avec la personne visée par notre signalement.",
)


class AlreadyAnswered(StateError):
    """The encounter was confirmed or refuted meanwhile: look at it again."""

    code = "encounter.already-answered"
    title = Text("Already answered", "Déjà répondu")


def _facts(_fields: Fields) -> dict[str, Any]:
    """By its signature the sender attests that an officer confirmed it in a case."""
    return {"officer_confirmed": True, "open_case": True}


@handles(encounters.AGREEMENT, "notice", encounters.PURPOSE, _facts)
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Open (or update) the encounter with its case at the desk of the look-out's owner.

    Raises:
        EnvelopeRefused: the look-out is not ours.

    """
    lookout = s.first(
        "SELECT id, agreement FROM lookouts.lookout WHERE id = :id AND current",
        id=fields.get("id"),
    )
    if lookout is None or lookout["agreement"] is not None:
        raise EnvelopeRefused("no such look-out of ours", envelope=header.id)
    body = {name: fields.get(name) for name in encounters.REPORT}
    known = _known(s, header.sender, lookout["id"], body["flight"])
    if known is not None:
        s.run("UPDATE exchange.encounter SET body = :body, envelope = :e, at = :now WHERE id = :id",
              body=encounters.SEALED.seal(record_keys.of(s, known), known, body), e=header.id,
              now=s.now, id=known)  # fmt: skip
        return Effect(outcome="applied", record=known)
    return Effect(outcome="applied", record=_open(s, header, lookout["id"], body))


def _known(s: Session, partner: str, lookout: str, flight: str | None) -> str | None:
    """The encounter of this flight that was reported before: what a report says is sealed."""
    for row in s.rows(
        "SELECT e.id, e.body, k.wrapped FROM exchange.encounter e"
        " JOIN custody.record_key k ON k.id = e.id WHERE e.way = 'in' AND e.partner = :partner"
        " AND e.lookout = :lookout ORDER BY e.at DESC FOR UPDATE OF e",
        partner=partner,
        lookout=lookout,
    ):
        # A report that names no flight is one of its own, as it always was.
        if flight is not None and encounters.SEALED.said(s, row).get("flight") == flight:
            return str(row["id"])
    return None


def _open(s: Session, header: Header, lookout: str, body: dict[str, Any]) -> str:
    case = open_case(
        s, kind="confirm", traveller=None, flight={"id": None}, instruction=None,
        due_at=s.now + ANSWER_WITHIN, default_outcome=None,
        reasons=(Reason(code="encounter.reported", detail=MET,
                        compared=Compared(ours=lookout, theirs=body["flight"]),
                        citation="case-query CQ-4"),),
    )  # fmt: skip
    record = s.new_id("encounter")
    s.run(
        "INSERT INTO exchange.encounter (id, way, partner, lookout, case_id, envelope, body, at)"
        " VALUES (:id, 'in', :partner, :lookout, :case, :envelope, :body, :now)",
        id=record,
        partner=header.sender,
        lookout=lookout,
        case=case,
        envelope=header.id,
        body=encounters.SEALED.seal(record_keys.make(s, [record])[0], record, body),
        now=s.now,
    )
    s.leaf("encounter", record, {"lookout": lookout, "partner": header.sender})
    s.notify("queue")
    return record


def answer(s: Session, encounter: str, verdict: Literal["confirmed", "refuted"]) -> None:
    """The owner's desk says whether it was its subject: the clock stops, the case closes.

    Raises:
        NotFound: there is no such encounter.
        AlreadyAnswered: somebody answered meanwhile.

    """
    row = s.one(
        "SELECT * FROM exchange.encounter WHERE id = :id AND way = 'in' FOR UPDATE", id=encounter
    )
    if row["confirmed_at"] is not None:
        raise AlreadyAnswered("open it again", id=encounter)
    by = f"{s.actor.kind}:{s.actor.id}"
    s.run(
        "UPDATE exchange.encounter SET confirmed_at = :now, confirmed_by = :by,"
        " confirmed_as = :verdict WHERE id = :id",
        id=encounter,
        now=s.now,
        by=by,
        verdict=verdict,
    )
    s.run(
        "UPDATE act.case_file SET state = 'closed', closed_at = :now, closed_as = :verdict"
        " WHERE id = :case AND state = 'open'",
        case=row["case_id"],
        now=s.now,
        verdict=verdict,
    )
    s.leaf("encounter", encounter, {"answer": verdict, "by": by})
    s.notify("queue")

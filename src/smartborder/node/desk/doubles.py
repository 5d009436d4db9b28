"""Two records of one flight that may be one person: offered to an officer, never merged in silence.

Both records stay, with every push. Where an officer says that they are one person, the later one
counts as taken off the list, so that no flight shows somebody twice. A carrier that reports it
again changes nothing in that, until a value that a clearance rests on changes in either record,
or the record that stands is taken off: then it is back, and the offer with it.
"""

from smartborder.kernel.text import Text
from smartborder.model.decision import Author, Decision, Outcome
from smartborder.model.reason import Reason
from smartborder.node.act.deciding import REDRESS, record_decisions
from smartborder.node.act.identity import settled_on
from smartborder.node.desk.errors import AlreadyDecided, OutcomeUnknown
from smartborder.node.desk.order import hold_flight_of_traveller
from smartborder.node.store.session import Session

SAID: dict[str, tuple[Outcome, Text]] = {
    "same": (
        "confirmed",
        Text(
            "Reported twice: the same person as another record of this flight, which stands.",
            "Déclaré deux fois : la même personne qu'une autre fiche de ce vol, qui reste.",
        ),
    ),
    "different": (
        "cleared",
        Text(
            "Another person than the record with the same name and birth date.",
            "Une autre personne que la fiche au même nom et à la même date de naissance.",
        ),
    ),
}


def decide(s: Session, traveller: str, answer: str) -> None:
    """Say whether the record ``traveller`` is the double it may be: ``same`` or ``different``.

    Raises:
        NotFound: there is no such live traveller.
        OutcomeUnknown: any other answer.
        AlreadyDecided: no double is offered, or no longer.
    """
    if answer not in SAID:
        raise OutcomeUnknown("same or different")
    hold_flight_of_traveller(s, traveller)
    row = s.one(
        "SELECT t.double_of, t.presence, t.cleared_on, o.cleared_on AS other FROM act.traveller t"
        " LEFT JOIN act.traveller o ON o.id = t.double_of"
        " WHERE t.id = :t AND t.mode = 'live' FOR UPDATE OF t",
        t=traveller,
    )
    if row["double_of"] is None or row["presence"] == "cancelled":
        raise AlreadyDecided("no double is offered here", traveller=traveller)
    outcome, detail = SAID[answer]
    record_decisions(
        s,
        [
            Decision(
                id=s.new_id("decision"), subject=traveller, outcome=outcome,
                author=Author(kind="officer", id=s.actor.id), at=s.now, redress=REDRESS,
                reasons=(Reason(code=f"desk.double.{answer}", detail=detail),),
            )
        ],
    )  # fmt: skip
    if answer == "same":
        s.run("UPDATE act.traveller SET presence = 'cancelled', double_settled = :values,"
              " updated_at = :now WHERE id = :t",
              values=settled_on(row["cleared_on"], row["other"]), now=s.now,
              t=traveller)  # fmt: skip
    else:
        s.run("UPDATE act.traveller SET double_of = NULL, updated_at = :now WHERE id = :t",
              now=s.now, t=traveller)  # fmt: skip
    s.notify("flights")

"""Secondary: who was referred, and what came of it. 'No result' is a result, and is counted.

An outcome reaches the hits it belongs to, the figures of their list, and, where a hit came
under an agreement, its originator.
"""

from datetime import timedelta
from typing import Literal, get_args

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.desk import arriving, flight_row, hits, people, visible
from smartborder.node.desk.arriving import ArrivalView
from smartborder.node.desk.closing import close_case
from smartborder.node.desk.decisions import keep
from smartborder.node.desk.errors import AlreadyDecided, OutcomeUnknown
from smartborder.node.desk.flight_row import FlightView
from smartborder.node.desk.hits import HitView
from smartborder.node.desk.officer_decision import REDRESS_IN_PERSON, record
from smartborder.node.desk.order import hold_flight_of_traveller
from smartborder.node.desk.outcomes import outcome_recorded
from smartborder.node.desk.people import TravellerView
from smartborder.node.store.session import Session

SecondaryOutcome = Literal[
    "admitted", "conditions", "allowed-to-leave", "refused", "withdrew", "arrested",
    "wrong-person", "no-result", "not-presented",
]  # fmt: skip
OUTCOMES: tuple[SecondaryOutcome, ...] = get_args(SecondaryOutcome)
SAID: dict[SecondaryOutcome, Text] = {
    "admitted": Text("Admitted after examination.", "Admis après examen."),
    "conditions": Text("Admitted with conditions.", "Admis sous conditions."),
    "allowed-to-leave": Text("Allowed to leave the country.", "Autorisé à quitter le pays."),
    "refused": Text("Refused by the officer who decided.", "Refusé par l'agent qui a décidé."),
    "withdrew": Text("Withdrew the application to enter.", "A retiré sa demande d'entrée."),
    "arrested": Text("Arrested by the officer who decided.", "Arrêté par l'agent qui a décidé."),
    "wrong-person": Text("Not the person of the hit.", "N'est pas la personne visée."),
    "no-result": Text("Examined; nothing found.", "Examiné; rien trouvé."),
    "not-presented": Text("Did not come to secondary.", "Ne s'est pas présenté."),
}


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """One person sent to secondary, with what asked for it."""

    arrival: ArrivalView
    traveller: TravellerView | None
    flight: FlightView | None
    hits: tuple[HitView, ...]


class OnTheWay(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who will be referred on arrival: a confirmed hit on a flight that is coming."""

    traveller: TravellerView
    flight: FlightView
    instruction: str


def waiting(s: Session) -> list[Referral]:
    """Referrals without an outcome, longest wait first."""
    rows = s.rows("SELECT * FROM act.arrival WHERE referred AND outcome IS NULL"
                  " ORDER BY at, id LIMIT 200")  # fmt: skip
    return [_referral(s, a) for a in arriving.read(s, rows)]


def done_today(s: Session) -> list[ArrivalView]:
    """Outcomes of the last twelve hours, newest first."""
    return arriving.read(s, s.rows(
        "SELECT * FROM act.arrival WHERE referred AND outcome IS NOT NULL AND outcome_at > :since"
        " ORDER BY outcome_at DESC LIMIT 50", since=s.now - timedelta(hours=12),
    ))  # fmt: skip


def one(s: Session, arrival: str) -> Referral:
    """One referral."""
    return _referral(s, arriving.one(s, arrival))


def on_the_way(s: Session) -> list[OnTheWay]:
    """Confirmed hits on flights that are still to arrive, by arrival."""
    rows = s.rows(
        "SELECT DISTINCT ON (coalesce(f.estimated_arrival, f.scheduled_arrival), h.traveller)"
        " h.traveller, h.instruction FROM act.hit h JOIN act.traveller t ON t.id = h.traveller"
        " JOIN act.flight f ON f.id = t.flight WHERE h.state = 'confirmed'"
        f" AND {visible.HIT} AND {visible.LIVE} AND f.direction = 'inbound'"
        " AND t.presence NOT IN ('cancelled', 'no-show', 'off-loaded')"
        " AND coalesce(f.estimated_arrival, f.scheduled_arrival) BETWEEN :now AND :until"
        " AND NOT EXISTS (SELECT FROM act.arrival a WHERE a.traveller = t.id)"
        " ORDER BY coalesce(f.estimated_arrival, f.scheduled_arrival), h.traveller LIMIT 100",
        now=s.now, until=s.now + timedelta(hours=18),
    )  # fmt: skip
    found = []
    for row in rows:
        who = people.one(s, row["traveller"], "secondary")
        found.append(OnTheWay(traveller=who, flight=flight_row.one(s, who.flight),
                              instruction=row["instruction"]))  # fmt: skip
    return found


def record_outcome(s: Session, arrival_id: str, outcome: str, words: str = "") -> None:
    """Record what came of a referral; it reaches the hits, the figures and the originator.

    Raises:
        OutcomeUnknown: not one of the nine.
        AlreadyDecided: an outcome was recorded meanwhile.
    """
    chosen = next((o for o in OUTCOMES if o == outcome), None)
    if chosen is None:
        raise OutcomeUnknown("one of: " + ", ".join(OUTCOMES))
    hold_flight_of_traveller(
        s, str(s.value("SELECT traveller FROM act.arrival WHERE id = :id", id=arrival_id))
    )
    arrival = arriving.one(s, arrival_id, lock=True)
    if arrival.outcome is not None:
        raise AlreadyDecided("an outcome was recorded meanwhile", arrival=arrival_id)
    said = " ".join(words.split())
    reasons = [Reason(code=f"secondary.{chosen}", detail=SAID[chosen])]
    reasons += [Reason(code="desk.words", detail=Text(said, said))] if said else []
    record(
        s,
        subject=arrival_id,
        case=None,
        outcome=chosen,
        reasons=tuple(reasons),
        redress=REDRESS_IN_PERSON,
    )
    s.run(
        "UPDATE act.arrival SET outcome = :outcome, outcome_by = :me, outcome_at = :now,"
        " outcome_note = :note WHERE id = :id",
        outcome=chosen, me=s.actor.id, now=s.now, note=said or None, id=arrival_id,
    )  # fmt: skip
    if arrival.traveller:
        _reach_hits(s, arrival.traveller, chosen, tuple(reasons))
    s.notify("secondary")


def _reach_hits(s: Session, traveller: str, outcome: SecondaryOutcome,
                reasons: tuple[Reason, ...]) -> None:  # fmt: skip
    """Give the outcome to every hit that led here.

    What the desk had confirmed stays on record beside the outcome, so that the originator hears
    of the correction and the figures count it as a false hit; what was still open is cleared.
    """
    wrong = outcome == "wrong-person"
    for hit in s.rows(
        f"SELECT h.* FROM act.hit h WHERE h.traveller = :t AND {visible.HIT}"
        " AND h.state IN ('open', 'confirmed', 'undecided') FOR UPDATE",
        t=traveller,
    ):
        state = "cleared" if wrong and hit["state"] != "confirmed" else hit["state"]
        s.run("UPDATE act.hit SET outcome = :outcome, state = :state,"
              " decided_at = coalesce(decided_at, :now) WHERE id = :id",
              outcome=outcome, state=state, now=s.now, id=hit["id"])  # fmt: skip
        if wrong:
            record(s, subject=hit["id"], case=hit["case_id"], outcome="cleared", reasons=reasons)
            keep(s, hit, "different", reasons)
        outcome_recorded(s, hit, outcome)
    for case in s.rows(
        "SELECT * FROM act.case_file c WHERE c.traveller = :t AND c.state = 'open'"
        f" AND c.kind IN ('arrival', 'hit') AND {visible.CASE}"
        " AND NOT EXISTS (SELECT FROM act.hit h WHERE h.case_id = c.id AND h.state = 'open')"
        " FOR UPDATE",
        t=traveller,
    ):
        close_case(s, case, outcome)


def _referral(s: Session, arrival: ArrivalView) -> Referral:
    who = people.one(s, arrival.traveller, "secondary") if arrival.traveller else None
    return Referral(
        arrival=arrival, traveller=who,
        flight=flight_row.one(s, arrival.flight) if arrival.flight else None,
        hits=tuple(h for h in hits.of_traveller(s, who.id) if h.state != "withdrawn")
        if who
        else (),
    )  # fmt: skip

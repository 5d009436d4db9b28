"""The arrivals lane: a document is read, the expected traveller is there at once, admit or refer.

What asks for a referral is said in words; the officer decides. Somebody whom no carrier reported
is recorded as such on the flight he names, is screened like everybody, and the carrier has a case.
"""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.model.reason import Reason
from smartborder.node.act import case_opening
from smartborder.node.act.checking import Combined
from smartborder.node.act.identity import cleared_values, fingerprint, identify, plain_number
from smartborder.node.act.programme import CheckResult
from smartborder.node.act.recording import Reported
from smartborder.node.act.recording import record as record_traveller
from smartborder.node.act.sender import ReportingClient
from smartborder.node.desk import arriving, flight_row, hits, people, visible
from smartborder.node.desk.arriving import ArrivalView
from smartborder.node.desk.closing import close_case
from smartborder.node.desk.errors import DocumentNeeded
from smartborder.node.desk.flight_row import FlightView
from smartborder.node.desk.hits import HitView
from smartborder.node.desk.officer_decision import REDRESS_IN_PERSON, record
from smartborder.node.desk.order import hold_flight_of_traveller
from smartborder.node.desk.people import TravellerView
from smartborder.node.desk.referral import referral_reasons
from smartborder.node.node import Node
from smartborder.node.store.session import Session

SINCE, UNTIL = timedelta(hours=36), timedelta(hours=12)
"""An arriving person is looked for on flights that arrived so long ago or arrive so soon."""
LANE = "arrivals-lane"
ADMITTED = Reason(
    code="desk.admitted-at-lane", detail=Text("Admitted at the lane.", "Admis au poste d'arrivée.")
)
NEVER_REPORTED = Reason(
    code="arrival.never-reported",
    detail=Text(
        "This person arrived and no carrier reported them on this flight.",
        "Cette personne est arrivée sans qu'aucun transporteur l'ait déclarée sur ce vol.",
    ),
    citation="IRPR 269",
)


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller who may be standing at the lane.

    Attributes:
        hits: those that ask for something: open, confirmed or not to be told.
        refer: what asks for a referral, in words; empty where nothing does.
        before: arrivals of this traveller that were recorded already.
    """

    traveller: TravellerView
    flight: FlightView
    hits: tuple[HitView, ...]
    refer: tuple[Reason, ...]
    before: tuple[ArrivalView, ...]


def find(s: Session, number: str, issuer: str | None = None) -> list[Expected]:
    """Expected travellers with this document, the flight nearest to now first.

    Raises:
        DocumentNeeded: there is nothing to look for.
    """
    plain = plain_number(number)
    if len(plain) < 3:
        raise DocumentNeeded("scan the machine-readable zone or type the document number")
    rows = s.rows(
        f"{people.SELECT} JOIN act.flight f ON f.id = t.flight"
        " WHERE t.document >= :first AND t.document < :last AND t.mode = 'live'"
        " AND f.direction = 'inbound'"
        " AND coalesce(f.actual_arrival, f.estimated_arrival, f.scheduled_arrival,"
        "  f.created_at) BETWEEN :since AND :until"
        " ORDER BY abs(extract(epoch FROM coalesce(f.actual_arrival, f.estimated_arrival,"
        "  f.scheduled_arrival, f.created_at) - :now)), t.id LIMIT 5",
        first=f"{plain}/{issuer or ''}", last=f"{plain}/{issuer}0" if issuer else f"{plain}0",
        now=s.now, since=s.now - SINCE, until=s.now + UNTIL,
    )  # fmt: skip
    return [_expected(s, t) for t in people.read(s, rows, "arrival")]


def expected(s: Session, traveller: str) -> Expected:
    """The expected traveller of that id."""
    return _expected(s, people.one(s, traveller, "arrival"))


def arrived_flights(s: Session) -> list[FlightView]:
    """Inbound flights that somebody at the lane can have come on, the latest first."""
    rows = s.rows(
        f"SELECT {flight_row.COLUMNS} FROM act.flight f WHERE f.direction = 'inbound'"
        f" AND {visible.LIVE} AND coalesce(f.actual_arrival, f.estimated_arrival,"
        " f.scheduled_arrival) BETWEEN :since AND :until"
        " ORDER BY coalesce(f.actual_arrival, f.estimated_arrival, f.scheduled_arrival) DESC"
        " LIMIT 60",
        since=s.now - timedelta(hours=12), until=s.now + timedelta(hours=2),
    )  # fmt: skip
    return [flight_row.read(r) for r in rows]


def admit(s: Session, traveller: str, lane: str | None) -> str:
    """Admit an expected traveller; the id of the arrival."""
    who = people.one(s, traveller, "arrival")
    arrival = _insert(s, who, lane, referred=False, reasons=())
    record(
        s,
        subject=arrival,
        case=None,
        outcome="admitted",
        reasons=(ADMITTED,),
        redress=REDRESS_IN_PERSON,
    )
    s.run("UPDATE act.arrival SET outcome = 'admitted', outcome_by = :me, outcome_at = :now"
          " WHERE id = :id", me=s.actor.id, now=s.now, id=arrival)  # fmt: skip
    return arrival


def refer(s: Session, traveller: str, lane: str | None, reasons: tuple[Reason, ...]) -> str:
    """Refer an expected traveller to secondary; the id of the arrival."""
    hold_flight_of_traveller(s, traveller)
    who = people.one(s, traveller, "arrival")
    arrival = _insert(s, who, lane, referred=True, reasons=reasons)
    record(
        s, subject=arrival, case=None, outcome="refer", reasons=reasons, redress=REDRESS_IN_PERSON
    )
    for case in s.rows(
        "SELECT * FROM act.case_file c WHERE c.traveller = :t AND c.state = 'open'"
        f" AND c.kind = 'arrival' AND {visible.CASE} AND NOT EXISTS (SELECT FROM act.hit h"
        f" WHERE h.case_id = c.id AND h.state = 'open' AND {visible.HIT}) FOR UPDATE",
        t=traveller,
    ):
        close_case(s, case, "refer")
    s.notify("secondary")
    return arrival


def report_unknown(s: Session, node: Node, flight_id: str, person: Traveller) -> str:
    """Record somebody whom no carrier reported on this flight; the traveller's id.

    He is screened like everybody; a case about the carrier is opened.
    """
    flight = s.one("SELECT * FROM act.flight WHERE id = :id AND mode = 'live'", id=flight_id)
    client = ReportingClient(id=LANE, carriers=frozenset())
    screener = node.lookouts.current(s, wait=True)
    found = screener.screen([person], s.now.date())[0]
    reported = Reported(
        position=0, traveller=s.new_id("traveller"), person=person, identity=identify(person),
        fingerprint=fingerprint(person), cleared_on=cleared_values(person), version=1,
        is_new=True, to_check=True,
        combined=Combined("ok", (), (CheckResult(check="lookouts", hits=found),), None),
    )  # fmt: skip
    record_traveller(s, node, client, flight, f"{LANE}:{reported.traveller}", [reported],
                     screener.version)  # fmt: skip
    case_opening.open_for(s, client, flight, [reported], screener, hit_kind="arrival")
    s.run("UPDATE act.traveller SET presence = 'arrived-unreported', reply = 'error'"
          " WHERE id = :t", t=reported.traveller)  # fmt: skip
    case_opening.open_case(
        s, kind="close-out", traveller=reported.traveller, flight=flight, instruction=None,
        due_at=s.now + timedelta(hours=24), default_outcome=None, reasons=(NEVER_REPORTED,),
    )  # fmt: skip
    s.notify("queue")
    return reported.traveller


def _expected(s: Session, who: TravellerView) -> Expected:
    found = tuple(h for h in hits.of_traveller(s, who.id)
                  if h.asks)  # fmt: skip
    return Expected(
        traveller=who, flight=flight_row.one(s, who.flight), hits=found,
        refer=referral_reasons(who, found, _arrival_cases(s, who.id)),
        before=tuple(arriving.of_traveller(s, who.id)),
    )  # fmt: skip


def _arrival_cases(s: Session, traveller: str) -> Sequence[Reason]:
    rows = s.rows(
        "SELECT reasons FROM act.case_file c WHERE c.traveller = :t AND c.state = 'open'"
        f" AND c.kind = 'arrival' AND {visible.CASE}",
        t=traveller,
    )
    return [x for r in rows for x in msgspec.convert(r["reasons"], tuple[Reason, ...])]


def _insert(s: Session, who: TravellerView, lane: str | None, *, referred: bool,
            reasons: tuple[Reason, ...]) -> str:  # fmt: skip
    arrival = s.new_id("arrival")
    s.run(
        "INSERT INTO act.arrival (id, traveller, flight, document, at, lane, officer, referred,"
        " referral_reasons) VALUES (:id, :t, :f, :document, :now, :lane, :me, :referred,"
        " :reasons)",
        id=arrival, t=who.id, f=who.flight, document=who.document or None, now=s.now, lane=lane,
        me=s.actor.id, referred=referred, reasons=msgspec.json.encode(reasons).decode(),
    )  # fmt: skip
    return arrival

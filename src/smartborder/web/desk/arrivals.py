"""The arrivals lane: scan, see who is expected, admit or refer.

The document travels in the body of a form and never in an address, so that no log holds it.
"""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.desk import arrivals as lane
from smartborder.node.desk import cases, reasons, scanned
from smartborder.node.desk.errors import DocumentNeeded, PersonUnusable, ReasonNeeded
from smartborder.node.desk.flight_row import FlightView
from smartborder.node.desk.officer_decision import REDRESS_IN_PERSON
from smartborder.node.desk.reasons import reasons_from
from smartborder.web.desk.on_case import node_of
from smartborder.web.page import Form, acting, page, see
from smartborder.web.session import WebRequest, store_of


@get("/arrivals", name="arrivals", sync_to_thread=True)
def arrivals(request: WebRequest) -> Response[str]:
    """The empty lane, ready for a document."""
    return _lane(request)


@post("/arrivals", name="arrivals-find", status_code=200, sync_to_thread=True)
def find(request: WebRequest, data: Form) -> Response[str]:
    """Who is expected with this document."""
    return _lane(request, document=data.get("document", ""))


@post("/arrivals/{traveller_id:str}/admit", name="arrival-admit", sync_to_thread=True)
def admit(request: WebRequest, traveller_id: FromPath[str]) -> Response[Any]:
    """Admit; the lane is free for the next document."""
    with acting(request, Act.ARRIVAL_REFER, purpose=cases.QUEUE_PURPOSE) as s:
        lane.admit(s, traveller_id, None)
    return see(request, "/arrivals", Text("Admitted.", "Admis."))


@post("/arrivals/{traveller_id:str}/refer", name="arrival-refer", sync_to_thread=True)
def refer(request: WebRequest, traveller_id: FromPath[str], data: Form) -> Response[Any]:
    """Refer to secondary, with a reason."""
    try:
        why = reasons_from({"refer": reasons.REFERRALS}, "refer", data.get("why", ""),
                           data.get("words", ""))  # fmt: skip
        with acting(request, Act.ARRIVAL_REFER, purpose=cases.QUEUE_PURPOSE) as s:
            asked = lane.expected(s, traveller_id).refer
            lane.refer(s, traveller_id, None, (*why, *asked))
    except ReasonNeeded as error:
        return _lane(request, traveller=traveller_id, error=error, typed=data)
    return see(request, "/arrivals", Text("Referred to secondary.",
                                          "Dirigé vers l'examen secondaire."))  # fmt: skip


@post("/arrivals/unknown", name="arrival-unknown", status_code=200, sync_to_thread=True)
def unknown(request: WebRequest, data: Form) -> Response[str]:
    """Somebody whom no carrier reported: record them on the flight they name, then decide."""
    document = data.get("document", "")
    try:
        with acting(request, Act.ARRIVAL_REFER, purpose=cases.QUEUE_PURPOSE) as s:
            who = scanned.corrected(scanned.read(document, s.now.date()).person, data)
            traveller = lane.report_unknown(s, node_of(request), data.get("flight", ""), who)
    except PersonUnusable as error:
        return _lane(request, document=document, error=error, typed=data)
    return _lane(request, traveller=traveller)


def _lane(
    request: WebRequest,
    *,
    document: str | None = None,
    traveller: str | None = None,
    error: SmartborderError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[str]:
    expected: list[lane.Expected] = []
    found: scanned.Scanned | None = None
    flights: list[FlightView] = []
    unusable = isinstance(error, PersonUnusable)
    if document is None and traveller is None:
        with acting(request, Act.ARRIVAL_SEE, purpose=cases.QUEUE_PURPOSE):
            pass
    else:
        with acting(request, Act.ARRIVAL_SEE, purpose=cases.QUEUE_PURPOSE) as s:
            if traveller is not None:
                expected = [lane.expected(s, traveller)]
            else:
                found = scanned.read(document or "", store_of(request).time.now().date())
                try:
                    expected = lane.find(s, found.number, found.issuer)
                except DocumentNeeded as needed:
                    error = needed
                if not expected and (error is None or unusable):
                    flights = lane.arrived_flights(s)
    return page(
        request,
        "desk/arrivals.html",
        status=error.status if error else 200,
        section="arrivals",
        document=document or "",
        scanned=found,
        expected=expected,
        flights=flights,
        nobody=found is not None and not expected and (error is None or unusable),
        referrals=reasons.REFERRALS,
        least=reasons.LEAST,
        redress=REDRESS_IN_PERSON,
        error=error,
        typed=typed or {},
    )

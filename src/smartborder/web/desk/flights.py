"""Flights: the list, the seat table, the sheet on paper."""

from typing import Any, get_args

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.node.access.roles import Act
from smartborder.node.custody.disclosures import disclose
from smartborder.node.desk import cases, disclosure, flight_row
from smartborder.node.desk import flights as desk
from smartborder.web.desk.panels import pieces
from smartborder.web.page import Form, acting, page, see
from smartborder.web.session import WebRequest

SHEET_FIELDS = ("name", "birth_date", "nationality", "documents", "seat", "reply", "presence")


@get("/flights", name="flights", sync_to_thread=True)
def flights(request: WebRequest) -> Response[str]:
    """Flights around now."""
    return page(request, "desk/flights.html", section="flights", **_lines(request))


@get("/flights/rows", name="flights-rows", sync_to_thread=True)
def rows(request: WebRequest) -> Response[str]:
    """The rows alone, for an open page."""
    return page(request, "desk/flight_rows.html", **_lines(request))


@get("/flights/{flight_id:str}", name="flight", sync_to_thread=True)
def flight(request: WebRequest, flight_id: FromPath[str]) -> Response[str]:
    """One flight: counts, seats, everybody on it."""
    with acting(request, Act.FLIGHT_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        found = flight_row.one(s, flight_id)
        shares = flight_row.code_shares(s, flight_id)
        seats = desk.seats(s, flight_id)
        around = pieces("flight", request, s, flight=found)
    letters, cabin = desk.cabin(seats)
    return page(request, "desk/flight.html", section="flights", flight=found, shares=shares,
                seats=seats, tally=desk.tally(seats), replies=desk.told(seats),
                letters=letters, cabin=cabin, panels=around)  # fmt: skip


@post("/flights/{flight_id:str}/sheet", name="flight-sheet-log", sync_to_thread=True)
def log_sheet(request: WebRequest, flight_id: FromPath[str], data: Form) -> Redirect:
    """Log the paper sheet as a disclosure, then show it."""
    with acting(request, Act.DISCLOSURE_MAKE, purpose=cases.QUEUE_PURPOSE) as s:
        flight_row.one(s, flight_id)
        recipient = " ".join(data.get("recipient", "").split())[:120] or "desk"
        entry = disclose(s, kind="flight-sheet", record=flight_id, recipient=recipient,
                               fields=SHEET_FIELDS, means="print")  # fmt: skip
    return see(request, f"/flights/{flight_id}/sheet/{entry}")


@get("/flights/{flight_id:str}/sheet/{entry:str}", name="flight-sheet", sync_to_thread=True)
def sheet(request: WebRequest, flight_id: FromPath[str], entry: FromPath[str]) -> Response[str]:
    """The sheet as it is printed, marked with its log entry."""
    with acting(request, Act.DISCLOSURE_MAKE, purpose=cases.QUEUE_PURPOSE) as s:
        logged = disclosure.sheet(s, entry, flight_id)
        found = flight_row.one(s, flight_id)
        seats = desk.seats(s, flight_id, f"sheet {entry}")
    return page(request, "desk/sheet.html", section="flights", flight=found, seats=seats,
                tally=desk.tally(seats), sheet=logged)  # fmt: skip


def _lines(request: WebRequest) -> dict[str, Any]:
    asked = request.query_params.get("window", "now")
    window: desk.Window = next((w for w in get_args(desk.Window) if w == asked), "now")
    direction = request.query_params.get("direction")
    if direction not in ("inbound", "outbound"):
        direction = None
    with acting(request, Act.FLIGHT_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        lines = desk.around_now(s, window, direction)
    return {"lines": lines, "window": window, "direction": direction}

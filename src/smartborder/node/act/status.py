"""The flight's own news: cancelled, retimed, diverted, returned to gate.

The rules, each with a case in tests/scenarios/test_flight_news.py:

- A changed time is an estimate beside the schedule. The flight keeps its scheduled local
  departure date, past midnight too, and everybody's clearance holds.
- An actual time (DTM 186, 178) stands beside both, in whatever message it comes.
- Another destination diverts the flight: its people stay on it and arrive elsewhere.
- News of a later departure after it closed or left means that it returned to the gate: it is open
  again, and who was boarded is reported again; a new close-out must come.
- A cancelled flight keeps its people and its cases; a report after that re-opens it.
"""

from typing import Any

import msgspec

from smartborder.model.passenger_list import Leg
from smartborder.node.act.meant import local_to_utc
from smartborder.node.ports import Ports
from smartborder.node.store.session import Row, Session


def update(s: Session, flight: Row, purpose: str, leg: Leg, message: str, ports: Ports) -> None:
    """Apply a flight-status message to ``flight``."""
    if purpose == "flight-cancel":
        s.run("UPDATE act.flight SET status = 'cancelled' WHERE id = :id", id=flight["id"])
        return
    departs = local_to_utc(leg.departs, flight["origin_zone"])
    arrives = local_to_utc(leg.arrives, ports.zone(leg.destination) or flight["destination_zone"])
    left = flight["status"] in ("closed", "departed") or flight["actual_departure"]
    if left and departs and departs > s.now:
        _back_to_gate(s, flight)
    elif flight["status"] == "cancelled":
        s.run("UPDATE act.flight SET status = 'open' WHERE id = :id", id=flight["id"])
    source = f"message:{message}"
    estimates: dict[str, Any] = {"estimated_departure": departs, "estimated_arrival": arrives}
    s.run(
        "UPDATE act.flight SET estimated_departure = coalesce(:estimated_departure,"
        " estimated_departure), estimated_arrival = coalesce(:estimated_arrival,"
        " estimated_arrival), diverted_to = :diverted, alarmed_at = NULL,"
        " times = times || CAST(:sources AS jsonb) WHERE id = :id",
        id=flight["id"],
        diverted=leg.destination if leg.destination != flight["destination"] else None,
        sources=msgspec.json.encode({k: source for k, v in estimates.items() if v}).decode(),
        **estimates,
    )


def actual_times(s: Session, flight: Row, leg: Leg, message: str, ports: Ports) -> None:
    """When it really left and landed, if the message says so."""
    actual: dict[str, Any] = {
        "actual_departure": local_to_utc(leg.departed, flight["origin_zone"]),
        "actual_arrival": local_to_utc(
            leg.landed, ports.zone(leg.destination) or flight["destination_zone"]
        ),
    }
    if any(actual.values()):
        s.run(
            "UPDATE act.flight SET actual_departure = coalesce(:actual_departure,"
            " actual_departure), actual_arrival = coalesce(:actual_arrival, actual_arrival),"
            " times = times || CAST(:sources AS jsonb) WHERE id = :id",
            id=flight["id"],
            sources=msgspec.json.encode(
                {k: f"message:{message}" for k, v in actual.items() if v}
            ).decode(),
            **actual,
        )


def reopen(s: Session, flight: Row) -> None:
    """A list about a cancelled flight means that it flies after all."""
    if flight["status"] == "cancelled":
        s.run("UPDATE act.flight SET status = 'open' WHERE id = :id", id=flight["id"])


def _back_to_gate(s: Session, flight: Row) -> None:
    s.run("UPDATE act.flight SET status = 'returned', closed_at = NULL, actual_departure = NULL"
          " WHERE id = :id", id=flight["id"])  # fmt: skip
    s.run("UPDATE act.traveller SET presence = 'reported', updated_at = :now WHERE flight = :id"
          " AND presence IN ('boarded', 'no-show', 'off-loaded')",
          id=flight["id"], now=s.now)  # fmt: skip

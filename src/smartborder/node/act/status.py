"""The flight's own news: cancelled, retimed, diverted, returned to gate.

A changed time is an estimate beside the schedule, never a new flight: the flight keeps its
scheduled local departure date, past midnight too. A cancelled flight keeps its people and its
cases; a report after the cancellation re-opens it.
"""

import json

from smartborder.model.passenger_list import Leg
from smartborder.node.act.flights import local_to_utc
from smartborder.node.store.session import Row, Session


def update(s: Session, flight: Row, purpose: str, leg: Leg, message: str) -> None:
    """Apply a flight-status message to ``flight``."""
    if purpose == "flight-cancel":
        s.run("UPDATE act.flight SET status = 'cancelled' WHERE id = :id", id=flight["id"])
        return
    departs = local_to_utc(leg.departs, flight["origin_zone"])
    arrives = local_to_utc(leg.arrives, flight["destination_zone"])
    times = {
        k: f"message:{message}"
        for k, v in (("estimated_departure", departs), ("estimated_arrival", arrives))
        if v
    }
    s.run(
        "UPDATE act.flight SET estimated_departure = coalesce(:departs, estimated_departure),"
        " estimated_arrival = coalesce(:arrives, estimated_arrival), times = times || :times,"
        " status = CASE WHEN status = 'cancelled' THEN 'open' ELSE status END WHERE id = :id",
        id=flight["id"],
        departs=departs,
        arrives=arrives,
        times=json.dumps(times),
    )

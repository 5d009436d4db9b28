"""A flight is operating carrier, number, suffix, scheduled local departure date and leg.

Times are three values (scheduled, estimated, actual), each with its source; all are stored in
UTC beside the zone of the port, so that a delay past midnight never makes a second flight.

Which known flight a message means is told in :mod:`meant`.
"""

from datetime import datetime
from typing import Any

import msgspec

from smartborder.model.passenger_list import Leg
from smartborder.node.act.meant import (
    SAME_FLIGHT,
    SAME_LEG,
    key_of,
    local_to_utc,
    operated,
    without_departure,
)
from smartborder.node.act.programme import FlightFacts
from smartborder.node.ports import Ports
from smartborder.node.store.session import Row, Session


def crossing_leg(
    legs: tuple[Leg, ...], ports: Ports, carriers: frozenset[str] = frozenset()
) -> Leg | None:
    """The leg that crosses our border; the first complete leg where none does.

    A flight JFK-ANC-ICN crosses the American border between ANC and ICN, and it is on that
    leg that its travellers are cleared. Where two numbers stand for one leg, the operated one is
    that of ``carriers`` (those the sender reports for), else the first.
    """
    whole = [leg for leg in legs if leg.carrier and leg.number and leg.origin and leg.destination]
    whole.sort(key=lambda leg: bool(carriers) and leg.carrier not in carriers)
    for leg in whole:
        if ports.direction(leg.origin, leg.destination) != "elsewhere":
            return leg
    return whole[0] if whole else None


def find_or_make(s: Session, mode: str, leg: Leg, ports: Ports, source: str) -> Row:
    """The flight of ``leg``; made if it is new. Nobody closes or moves it until we are done."""
    key = key_of(s, mode, leg, ports)
    shared = operated(s, key)
    if shared is not None:
        return shared
    zone_from, zone_to = ports.zone(leg.origin), ports.zone(leg.destination)
    departs, arrives = local_to_utc(leg.departs, zone_from), local_to_utc(leg.arrives, zone_to)
    if departs is None and (meant := without_departure(s, key, leg, ports)) is not None:
        return meant
    times = {"scheduled_departure": departs, "scheduled_arrival": arrives}
    sources = {name: source for name, at in times.items() if at}
    made = s.run(
        "INSERT INTO act.flight (id, mode, carrier, number, suffix, departs_on, origin,"
        " destination, direction, origin_zone, destination_zone, scheduled_departure,"
        " scheduled_arrival, times, split_from, created_at) VALUES (:id, :mode, :carrier,"
        " :number, :suffix, :departs_on, :origin, :destination, :direction, :zone_from, :zone_to,"
        " :departs, :arrives, :times, :split, :now) ON CONFLICT DO NOTHING",
        id=s.new_id("flight"),
        direction=ports.direction(leg.origin, leg.destination),
        zone_from=zone_from,
        zone_to=zone_to,
        departs=departs,
        arrives=arrives,
        times=msgspec.json.encode(sources).decode(),
        split=_split_from(s, key) if key["suffix"] else None,
        now=s.now,
        **key,
    )
    flight = s.one(f"SELECT * FROM act.flight WHERE {SAME_FLIGHT} FOR SHARE", **key)
    if departs and (made or flight["scheduled_departure"] is None):
        return _put_right(s, flight, key, departs, arrives, sources)
    return flight


def _put_right(s: Session, flight: Row, key: dict[str, Any], departs: datetime,
               arrives: datetime | None, sources: dict[str, str]) -> Row:  # fmt: skip
    """Give a flight that had no schedule the one named now, be it under another date so far."""
    undated = s.first(
        f"SELECT id FROM act.flight WHERE {SAME_LEG} AND destination = :destination"
        " AND scheduled_departure IS NULL AND departs_on BETWEEN CAST(:departs_on AS date) - 1"
        " AND CAST(:departs_on AS date) + 1 ORDER BY departs_on <> :departs_on, departs_on"
        " LIMIT 1 FOR UPDATE",
        **key,
    )
    if undated is None:
        return flight
    if undated["id"] != flight["id"]:
        s.run("DELETE FROM act.flight WHERE id = :id", id=flight["id"])
    s.run(
        "UPDATE act.flight SET departs_on = :departs_on, scheduled_departure = :departs,"
        " scheduled_arrival = coalesce(:arrives, scheduled_arrival),"
        " times = times || CAST(:times AS jsonb) WHERE id = :id",
        id=undated["id"],
        departs_on=key["departs_on"],
        departs=departs,
        arrives=arrives,
        times=msgspec.json.encode(sources).decode(),
    )
    return s.one("SELECT * FROM act.flight WHERE id = :id", id=undated["id"])


def lock(s: Session, flight: Row) -> Row:
    """The flight row, locked against everybody else until the transaction ends."""
    return s.one("SELECT * FROM act.flight WHERE id = :id FOR UPDATE", id=flight["id"])


def _split_from(s: Session, key: dict[str, Any]) -> str | None:
    """A suffix on a number that flies the same leg the same day: the flight it was split from."""
    found = s.value(
        "SELECT id FROM act.flight WHERE mode = :mode AND carrier = :carrier AND number = :number"
        " AND suffix = '' AND departs_on = :departs_on AND origin = :origin"
        " AND destination = :destination",
        **key,
    )
    return str(found) if found else None


def facts(flight: Row) -> FlightFacts:
    """What the checks may know of a flight row."""
    return msgspec.convert(
        {name: flight[name] for name in FlightFacts.__struct_fields__}, FlightFacts
    )

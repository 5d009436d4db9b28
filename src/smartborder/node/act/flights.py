"""A flight is operating carrier, number, suffix, scheduled local departure date and leg.

Times are three values (scheduled, estimated, actual), each with its source; all are stored in
UTC beside the zone of the port, so that a delay past midnight never makes a second flight.
"""

import re
from datetime import datetime
from typing import Any

import msgspec

from smartborder.kernel.time import local_now, to_utc
from smartborder.model.passenger_list import Leg
from smartborder.node.act.programme import FlightFacts
from smartborder.node.ports import Ports
from smartborder.node.store.session import Row, Session

_NUMBER = re.compile(r"^0*(\d{1,5})([A-Z]?)$")


def split_number(number: str) -> tuple[str, str]:
    """``0124`` -> (``124``, ````); ``250A`` -> (``250``, ``A``)."""
    found = _NUMBER.match(number.strip().upper())
    return (found[1], found[2]) if found else (number.strip().upper(), "")


def crossing_leg(legs: tuple[Leg, ...], ports: Ports) -> Leg | None:
    """The leg that crosses our border; the first complete leg where none does.

    A flight JFK-ANC-ICN crosses the American border between ANC and ICN, and it is on that
    leg that its travellers are cleared.
    """
    whole = [leg for leg in legs if leg.carrier and leg.number and leg.origin and leg.destination]
    for leg in whole:
        if ports.direction(leg.origin, leg.destination) != "elsewhere":
            return leg
    return whole[0] if whole else None


def find_or_make(s: Session, mode: str, leg: Leg, ports: Ports, source: str) -> Row:
    """The flight of ``leg``; made if it is new. Nobody closes or moves it until we are done.

    The same leg reported again, with a changed time, is the same flight as long as the
    scheduled local departure date is the same. A number that another carrier shares is the
    flight that is operated.
    """
    key = _key(s, mode, leg, ports.zone(leg.origin))
    shared = _operated(s, key)
    if shared is not None:
        return shared
    zone_from, zone_to = ports.zone(leg.origin), ports.zone(leg.destination)
    sources = {"scheduled_departure": source, "scheduled_arrival": source}
    s.run(
        "INSERT INTO act.flight (id, mode, carrier, number, suffix, departs_on, origin,"
        " destination, direction, origin_zone, destination_zone, scheduled_departure,"
        " scheduled_arrival, times, split_from, created_at) VALUES (:id, :mode, :carrier,"
        " :number, :suffix, :departs_on, :origin, :destination, :direction, :zone_from, :zone_to,"
        " :departs, :arrives, :times, :split, :now) ON CONFLICT DO NOTHING",
        id=s.new_id("flight"),
        direction=ports.direction(leg.origin, leg.destination),
        zone_from=zone_from,
        zone_to=zone_to,
        departs=local_to_utc(leg.departs, zone_from),
        arrives=local_to_utc(leg.arrives, zone_to),
        times=msgspec.json.encode(sources).decode(),
        split=_split_from(s, key) if key["suffix"] else None,
        now=s.now,
        **key,
    )
    return s.one(f"SELECT * FROM act.flight WHERE {_SAME_FLIGHT} FOR SHARE", **key)


def lock(s: Session, flight: Row) -> Row:
    """The flight row, locked against everybody else until the transaction ends."""
    return s.one("SELECT * FROM act.flight WHERE id = :id FOR UPDATE", id=flight["id"])


_SAME_LEG = (
    "mode = :mode AND carrier = :carrier AND number = :number AND suffix = :suffix"
    " AND origin = :origin"
)
_SAME_FLIGHT = f"{_SAME_LEG} AND departs_on = :departs_on AND destination = :destination"


def known(s: Session, mode: str, leg: Leg, ports: Ports) -> Row | None:
    """The flight that news about ``leg`` concerns, if we know it; locked.

    In this order: the flight of that very date and leg; one of that date with another
    destination (it is being diverted); one that should have left up to a day before and has
    not arrived (it is delayed past midnight).
    """
    key = _key(s, mode, leg, ports.zone(leg.origin))
    return (
        s.first(f"SELECT * FROM act.flight WHERE {_SAME_FLIGHT} FOR UPDATE", **key)
        or _operated(s, key)
        or s.first(
            f"SELECT * FROM act.flight WHERE {_SAME_LEG} AND departs_on = :departs_on"
            " ORDER BY created_at LIMIT 1 FOR UPDATE",
            **key,
        )
        or s.first(
            f"SELECT * FROM act.flight WHERE {_SAME_LEG} AND destination = :destination"
            " AND departs_on = CAST(:departs_on AS date) - 1 AND status <> 'arrived'"
            " ORDER BY created_at LIMIT 1 FOR UPDATE",
            **key,
        )
    )


def _key(s: Session, mode: str, leg: Leg, zone: str | None) -> dict[str, Any]:
    number, suffix = split_number(leg.number or "")
    return {
        "mode": mode,
        "carrier": leg.carrier,
        "number": number,
        "suffix": suffix,
        "departs_on": (leg.departs or leg.arrives or local_now(s.now, zone or "UTC")).date(),
        "origin": leg.origin,
        "destination": leg.destination,
    }


def _operated(s: Session, key: dict[str, Any]) -> Row | None:
    return s.first(
        "SELECT f.* FROM act.code_share c JOIN act.flight f ON f.id = c.flight"
        " WHERE c.carrier = :carrier AND c.number = :number AND f.mode = :mode"
        " AND f.departs_on = :departs_on AND f.origin = :origin"
        " AND f.destination = :destination FOR SHARE OF f",
        **key,
    )


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


def share_codes(s: Session, flight: Row, legs: tuple[Leg, ...], operated: Leg,
                carriers: frozenset[str]) -> None:  # fmt: skip
    """Point code shares (other numbers on the same leg) to the operated flight.

    Only for carriers that the sender reports for: nobody redirects the number of another. A
    flight that was made under the shared number before is joined: its people are on this one.
    """
    for leg in legs:
        same = (leg.origin, leg.destination) == (operated.origin, operated.destination)
        other = leg.carrier and leg.number and leg.carrier != operated.carrier
        if same and other and leg.carrier in carriers:
            number, suffix = split_number(leg.number or "")
            s.run(
                "INSERT INTO act.code_share VALUES (:flight, :carrier, :number)"
                " ON CONFLICT DO NOTHING",
                flight=flight["id"],
                carrier=leg.carrier,
                number=number,
            )
            _join(s, flight, leg.carrier or "", number, suffix)


def _join(s: Session, flight: Row, carrier: str, number: str, suffix: str) -> None:
    before = s.first(
        f"SELECT id FROM act.flight WHERE {_SAME_FLIGHT} FOR UPDATE",
        **{**{name: flight[name] for name in _KEY}, "carrier": carrier, "number": number,
           "suffix": suffix},
    )  # fmt: skip
    if before is None or before["id"] == flight["id"]:
        return
    for table in ("traveller", "case_file", "reply", "arrival"):
        s.run(f"UPDATE act.{table} SET flight = :to WHERE flight = :was",
              to=flight["id"], was=before["id"])  # fmt: skip
    s.run("DELETE FROM act.code_share WHERE flight = :was", was=before["id"])
    s.run("UPDATE act.flight SET split_from = :to WHERE split_from = :was",
          to=flight["id"], was=before["id"])  # fmt: skip
    s.run("DELETE FROM act.flight WHERE id = :was", was=before["id"])


_KEY = ("mode", "carrier", "number", "suffix", "departs_on", "origin", "destination")


def local_to_utc(local: datetime | None, zone: str | None) -> datetime | None:
    """A reported local time as an instant; UTC where the port's zone is unknown."""
    return to_utc(local, zone or "UTC") if local else None

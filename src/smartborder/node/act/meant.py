"""Which known flight a message means, each rule with a case in tests/scenarios/test_flight_news.py.

- A list names the scheduled departure; its local date is the flight's date.
- A message without a departure means the known flight of that leg that arrives nearest to the time
  given, or leaves nearest to now where it gives none. If there is none, its date is taken from the
  arrival or from today; the first list that names a departure within a day puts it right.
- News (retimed, cancelled, diverted) means the flight of that date unless that one is closed and
  left long before; then the one of that leg whose schedule is nearest, at most 18 hours away.
- A number that another carrier shares is the flight that is operated.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from smartborder.kernel.time import local_now, to_utc
from smartborder.model.passenger_list import Leg
from smartborder.node.ports import Ports
from smartborder.node.store.session import Row, Session

_NUMBER = re.compile(r"^0*(\d{1,5})([A-Z]?)$")
KEY = ("mode", "carrier", "number", "suffix", "departs_on", "origin", "destination")
SAME_LEG = (
    "mode = :mode AND carrier = :carrier AND number = :number AND suffix = :suffix"
    " AND origin = :origin"
)
SAME_FLIGHT = f"{SAME_LEG} AND departs_on = :departs_on AND destination = :destination"
NEAR = timedelta(hours=18)
"""News this far from a daily flight's schedule still means that flight and not the next day's."""


def split_number(number: str) -> tuple[str, str]:
    """``0124`` -> (``124``, ````); ``250A`` -> (``250``, ``A``)."""
    found = _NUMBER.match(number.strip().upper())
    return (found[1], found[2]) if found else (number.strip().upper(), "")


def known(s: Session, mode: str, leg: Leg, ports: Ports) -> Row | None:
    """The flight that news about ``leg`` concerns, if we know it; locked."""
    key = key_of(s, mode, leg, ports)
    departs = local_to_utc(leg.departs or leg.departed, ports.zone(leg.origin))
    if departs is None:
        return without_departure(s, key, leg, ports) or operated(s, key)
    near = {**key, "at": departs, "near": NEAR}
    return (
        s.first(
            f"SELECT * FROM act.flight WHERE {SAME_FLIGHT} AND NOT (status = 'closed'"
            " AND coalesce(scheduled_departure < CAST(:at AS timestamptz) - :near, false))"
            " FOR UPDATE",
            **near,
        )
        or operated(s, key)
        or s.first(
            f"SELECT * FROM act.flight WHERE {SAME_LEG} AND departs_on = :departs_on"
            " AND destination <> :destination ORDER BY created_at LIMIT 1 FOR UPDATE",
            **key,
        )
        or _nearest_departure(s, key, departs)
    )


def without_departure(s: Session, key: dict[str, Any], leg: Leg, ports: Ports) -> Row | None:
    """The known flight of a leg that a message without a scheduled departure means; locked."""
    left = local_to_utc(leg.departed, ports.zone(leg.origin))
    arrives = local_to_utc(leg.arrives or leg.landed, ports.zone(leg.destination))
    if left is not None:
        return _nearest_departure(s, key, left)
    if arrives is not None:
        return _nearest_arrival(s, key, arrives)
    return s.first(
        f"SELECT * FROM act.flight WHERE {SAME_LEG} AND destination = :destination"
        " AND departs_on BETWEEN CAST(:departs_on AS date) - 1 AND CAST(:departs_on AS date) + 1"
        " ORDER BY status NOT IN ('open', 'returned'),"
        " abs(extract(epoch FROM coalesce(scheduled_departure, created_at) - :now))"
        " LIMIT 1 FOR UPDATE",
        now=s.now, **key,
    )  # fmt: skip


def _nearest_departure(s: Session, key: dict[str, Any], at: datetime) -> Row | None:
    return s.first(
        f"SELECT * FROM act.flight WHERE {SAME_LEG} AND destination = :destination"
        " AND actual_arrival IS NULL AND scheduled_departure"
        " BETWEEN CAST(:at AS timestamptz) - :near AND CAST(:at AS timestamptz) + :near"
        " ORDER BY abs(extract(epoch FROM scheduled_departure - CAST(:at AS timestamptz)))"
        " LIMIT 1 FOR UPDATE",
        at=at, near=NEAR, **key,
    )  # fmt: skip


def _nearest_arrival(s: Session, key: dict[str, Any], at: datetime) -> Row | None:
    """By schedule; a flight of which no time is known was dated by the day it was reported."""
    return s.first(
        f"SELECT * FROM act.flight WHERE {SAME_LEG} AND destination = :destination"
        " AND (scheduled_arrival BETWEEN CAST(:at AS timestamptz) - :near"
        " AND CAST(:at AS timestamptz) + :near OR (scheduled_arrival IS NULL"
        " AND scheduled_departure IS NULL AND departs_on BETWEEN"
        " CAST(:departs_on AS date) - 1 AND CAST(:departs_on AS date)))"
        " ORDER BY abs(extract(epoch FROM scheduled_arrival - CAST(:at AS timestamptz)))"
        " NULLS LAST LIMIT 1 FOR UPDATE",
        at=at, near=NEAR, **key,
    )  # fmt: skip


def key_of(s: Session, mode: str, leg: Leg, ports: Ports) -> dict[str, Any]:
    """The key of the flight of ``leg``, dated by the best that the message gives."""
    number, suffix = split_number(leg.number or "")
    today = local_now(s.now, ports.zone(leg.origin) or "UTC")
    return {
        "mode": mode,
        "carrier": leg.carrier,
        "number": number,
        "suffix": suffix,
        "departs_on": (leg.departs or leg.departed or leg.arrives or leg.landed or today).date(),
        "origin": leg.origin,
        "destination": leg.destination,
    }


def operated(s: Session, key: dict[str, Any]) -> Row | None:
    """The flight that a shared number stands for; locked for sharing."""
    return s.first(
        "SELECT f.* FROM act.code_share c JOIN act.flight f ON f.id = c.flight"
        " WHERE c.carrier = :carrier AND c.number = :number AND f.mode = :mode"
        " AND f.departs_on = :departs_on AND f.origin = :origin"
        " AND f.destination = :destination FOR SHARE OF f",
        **key,
    )


def local_to_utc(local: datetime | None, zone: str | None) -> datetime | None:
    """A reported local time as an instant; UTC where the port's zone is unknown."""
    return to_utc(local, zone or "UTC") if local else None

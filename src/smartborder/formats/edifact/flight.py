"""The itinerary: stops with their times, whatever way the message groups them, made into legs.

KE 250 JFK-ANC-ICN gives the same two legs from one TDT with four LOC, from two TDT, and from one
TDT in which ANC stands once with both times.
"""

import re
from datetime import datetime
from typing import NamedTuple

from smartborder.formats.edifact.codes import ARRIVALS, DEPARTURES
from smartborder.model.passenger_list import Leg

_FLIGHT = re.compile(r"([A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})0*([0-9]{1,4})([A-Z]?)")
_NUMBER = re.compile(r"0*([0-9]{1,4})([A-Z]?)")


class Designator(NamedTuple):
    """A flight number: carrier, digits without leading zeros and suffix; and if it was readable."""

    carrier: str | None
    number: str | None
    readable: bool


def read_designator(text: str, carrier: str | None) -> Designator:
    """``UA0989`` or ``989`` with carrier ``UA`` as (UA, 989); unreadable text stays as given."""
    flight = re.sub(r"\s", "", text).upper()
    carrier = (carrier or "").strip().upper() or None
    if not flight:
        return Designator(carrier, None, False)
    if carrier and flight.startswith(carrier) and (m := _NUMBER.fullmatch(flight[len(carrier) :])):
        return Designator(carrier, m[1] + m[2], True)
    if m := _FLIGHT.fullmatch(flight):
        return Designator(m[1], m[2] + m[3], True)
    if m := _NUMBER.fullmatch(flight):
        return Designator(carrier, m[1] + m[2], carrier is not None)
    return Designator(carrier, flight, False)


class Stop:
    """A place with the times reported for it."""

    __slots__ = ("arrives", "departed", "departs", "landed", "place", "qualifier")

    def __init__(self, qualifier: str, place: str | None) -> None:
        self.qualifier = qualifier
        self.place = place
        self.departs: datetime | None = None
        self.arrives: datetime | None = None
        self.departed: datetime | None = None
        self.landed: datetime | None = None


class Flight:
    """One TDT group while it is being read."""

    __slots__ = ("carrier", "number", "overflight", "stops")

    def __init__(self, carrier: str | None, number: str | None, overflight: bool) -> None:
        self.carrier = carrier
        self.number = number
        self.overflight = overflight
        self.stops: list[Stop] = []

    def legs(self) -> list[Leg]:
        """The legs that its stops describe; one leg without places if it has none."""
        found: list[Leg] = []
        waiting: Stop | None = None
        last: str | None = None
        for stop in self.stops:
            arrives, departs = self._roles(stop, waiting is not None)
            if arrives:
                if waiting is not None:
                    found.append(self._leg(waiting, stop))
                elif last is not None and last != stop.place:
                    found.append(self._leg(Stop("", last), stop))
                elif last is None:
                    found.append(self._leg(None, stop))
                waiting, last = None, stop.place
            if departs:
                if waiting is not None and waiting.place != stop.place:
                    found.append(self._leg(waiting, stop))
                if waiting is not None and waiting.place == stop.place and stop.departs is None:
                    continue
                waiting = stop
        if waiting is not None and (
            waiting.departs or waiting.qualifier in DEPARTURES or not found
        ):
            found.append(self._leg(waiting, None))
        return found or [self._leg(None, None)]

    @staticmethod
    def _roles(stop: Stop, open_: bool) -> tuple[bool, bool]:
        """Whether the flight arrives at, and departs from, this stop."""
        if stop.qualifier in DEPARTURES:
            return stop.arrives is not None, True
        if stop.qualifier in ARRIVALS:
            return True, stop.departs is not None
        if stop.arrives or stop.departs:
            return stop.arrives is not None, stop.departs is not None
        return open_, True

    def _leg(self, start: Stop | None, end: Stop | None) -> Leg:
        return Leg(
            carrier=self.carrier,
            number=self.number,
            origin=start.place if start else None,
            destination=end.place if end else None,
            departs=start.departs if start else None,
            arrives=end.arrives if end else None,
            departed=start.departed if start else None,
            landed=end.landed if end else None,
            overflight=self.overflight,
        )

"""The head of a passenger list: what it is, who reports, and which flights it is about."""

from datetime import datetime

from smartborder.formats.edifact.codes import ARRIVALS, DEPARTURES, FUNCTIONS, PURPOSES, STOPS
from smartborder.formats.edifact.dates import read_time
from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.flight import Flight, Stop, read_designator
from smartborder.formats.edifact.header import Header
from smartborder.formats.edifact.segments import Segments
from smartborder.model.passenger_list import Leg, PassengerList, Purpose
from smartborder.model.reason import Finding

_DEPARTURE_TIMES = frozenset({"189", "136"})
_ARRIVAL_TIMES = frozenset({"232", "132"})
_ACTUAL_TIMES = frozenset({"186", "178"})


class Head:
    """Collects the head, segment by segment; :meth:`take` says whether a segment belongs to it."""

    def __init__(self, segments: Segments, year: int) -> None:
        """``year`` is the pivot of two-digit years."""
        self._parts = segments.parts
        self._year = year
        self.purpose: Purpose = "unknown"
        self.name_code: str | None = None
        self.function: str | None = None
        self.transaction: str | None = None
        self.reporting_party: str | None = None
        self.contacts: list[tuple[str, str]] = []
        self.flights: list[Flight] = []
        self.places: list[tuple[str, str, datetime | None]] = []
        self.counts: list[tuple[str, int, str]] = []
        self.findings: list[Finding] = []

    def take(self, els: list[str], place: str) -> bool:
        """Read one segment of the head; False if it is none (it opens the travellers)."""
        tag = els[0]
        if tag == "BGM":
            self._name(els, place)
        elif tag == "RFF":
            return self._reference(els)
        elif tag == "NAD":
            return self._party(els, place)
        elif tag == "CTA":
            self._contact_person(els)
        elif tag == "COM":
            self._contacts(els, 1)
        elif tag == "TDT":
            self._flight(els, place)
        elif tag == "LOC":
            return self._location(els, place)
        elif tag == "DTM":
            return self._time(els, place)
        else:
            return False
        return True

    def itinerary(self) -> tuple[Leg, ...]:
        """Every leg of every flight, in message order."""
        return tuple(leg for flight in self.flights for leg in flight.legs())

    def count(self, els: list[str], place: str) -> None:
        """CNT: a control total, also where qualifier and value have the wrong separator."""
        parts = self._parts(els, 1)
        if len(parts) == 1 and len(els) > 2:
            parts += self._parts(els, 2)
            self.findings.append(note("edifact.wrong-separator", place))
        if len(parts) < 2 or not parts[1].isdecimal() or len(parts[1]) > 9:
            self.findings.append(note("edifact.bad-number", place, tag="CNT"))
        else:
            self.counts.append((parts[0], int(parts[1]), place))

    def _name(self, els: list[str], place: str) -> None:
        code = self._parts(els, 1)[0]
        function = self._parts(els, 2)[0]
        if self.name_code is not None:
            same = (code, function or None) == (self.name_code, self.function)
            kind = "edifact.duplicate-segment" if same else "edifact.conflicting-value"
            self.findings.append(note(kind, place, tag="BGM"))
            return
        self.name_code, self.function = code, function or None
        known = FUNCTIONS.get(code)
        if known is None:
            self.findings.append(note("edifact.unknown-purpose", place, value=code[:12]))
            return
        if function not in known:
            self.findings.append(
                note("edifact.unknown-code", place, value=function[:12], tag="BGM")
            )
        self.purpose = PURPOSES.get((code, function), PURPOSES[code, ""])

    def _reference(self, els: list[str]) -> bool:
        parts = self._parts(els, 1)
        if len(parts) == 1 and len(els) > 2:
            parts += self._parts(els, 2)
        if parts[0] in ("AVF", "ABO", "SEA"):
            return False
        if self.transaction is None and len(parts) > 1 and parts[0] == "TN":
            self.transaction = ":".join(parts[1:])
        return True

    def _party(self, els: list[str], place: str) -> bool:
        qualifier = els[1].strip() if len(els) > 1 else ""
        if qualifier != "MS" and (qualifier in ("FL", "FM", "DDU", "DDT") or self.flights):
            return False
        if qualifier != "MS":
            self.findings.append(
                note("edifact.unknown-code", place, value=qualifier[:12], tag="NAD")
            )
        name = self._parts(els, 4) if len(els) > 4 else self._parts(els, len(els) - 1)
        if self.reporting_party is None:
            self.reporting_party = " ".join(filter(None, name)) or None
        return True

    def _contact_person(self, els: list[str]) -> None:
        """CTA, which in the old US layout also holds name and numbers."""
        name = self._parts(els, 2)
        if self.reporting_party is None:
            self.reporting_party = " ".join(filter(None, name)) or None
        self._contacts(els, 3)

    def _contacts(self, els: list[str], start: int) -> None:
        for at in range(start, len(els)):
            *number, kind = self._parts(els, at)
            if any(number):
                self.contacts.append((kind, ":".join(number)))

    def _flight(self, els: list[str], place: str) -> None:
        carrier = next((p for p in self._parts(els, 5) if p), None)
        if carrier is None and len(els) == 5:
            carrier = self._parts(els, 4)[0] or None
        found = read_designator(self._parts(els, 2)[0], carrier)
        if not found.readable:
            self.findings.append(note("edifact.flight-number", place))
        overflight = els[1].strip() == "34" if len(els) > 1 else False
        self.flights.append(Flight(found.carrier, found.number, overflight))

    def _open_flight(self, place: str) -> Flight:
        """The flight that a place belongs to; one without a number if TDT is lost."""
        if not self.flights:
            self.findings.append(note("edifact.missing-segment", place, tag="TDT"))
            self.flights.append(Flight(None, None, overflight=False))
        return self.flights[-1]

    def _location(self, els: list[str], place: str) -> bool:
        qualifier = els[1].strip() if len(els) > 1 else ""
        code = self._parts(els, 2)[0]
        if qualifier in DEPARTURES | ARRIVALS | STOPS:
            if not code:
                self.findings.append(note("edifact.missing-value", place, tag="LOC"))
            self._stop(self._open_flight(place), qualifier, code or None)
            return True
        if qualifier in ("22", "174", "178", "179", "180"):
            return False
        if qualifier in ("188", "172"):
            self.places.append((qualifier, code, None))
            return True
        self.findings.append(note("edifact.unknown-code", place, value=qualifier[:12], tag="LOC"))
        return True

    @staticmethod
    def _stop(flight: Flight, qualifier: str, code: str | None) -> None:
        """One place said twice with one time each is one stop."""
        last = flight.stops[-1] if flight.stops else None
        if last and last.place == code and code and not last.departs:
            if qualifier not in ARRIVALS:
                last.qualifier = "92" if last.arrives else qualifier
            return
        flight.stops.append(Stop(qualifier, code))

    def _time(self, els: list[str], place: str) -> bool:
        parts = self._parts(els, 1)
        if len(parts) == 1 and len(els) > 2:  # the old US layout: DTM+136+020131+1030+M05
            parts += ["".join(e.strip() for e in els[2:4])]
        qualifier = parts[0]
        if qualifier in ("329", "36"):
            return False
        value = parts[1] if len(parts) > 1 else ""
        at, odd = read_time(value, parts[2] if len(parts) > 2 else None, self._year)
        if odd:
            self.findings.append(note(odd, place))
        if qualifier in _DEPARTURE_TIMES | _ARRIVAL_TIMES:
            self._flight_time(qualifier, at, place)
        elif qualifier in _ACTUAL_TIMES and self.flights and self.flights[-1].stops:
            stop = self.flights[-1].stops[-1]
            if qualifier == "186":
                stop.departed = stop.departed or at
            else:
                stop.landed = stop.landed or at
        elif qualifier == "554" and self.places:
            known, code, _ = self.places[-1]
            self.places[-1] = (known, code, at)
        else:
            self.findings.append(
                note("edifact.unknown-code", place, value=qualifier[:12], tag="DTM")
            )
        return True

    def _flight_time(self, qualifier: str, at: datetime | None, place: str) -> None:
        flight = self._open_flight(place)
        leaves = qualifier in _DEPARTURE_TIMES
        stop = flight.stops[-1] if flight.stops else None
        wrong = stop is None or (
            not leaves and (stop.qualifier in DEPARTURES and stop.arrives is None)
            if stop and stop.departs
            else False
        )
        if stop is None or wrong:
            self.findings.append(note("edifact.missing-segment", place, tag="LOC"))
            stop = Stop("125" if leaves else "87", None)
            flight.stops.append(stop)
        if leaves:
            stop.departs = stop.departs or at
        else:
            stop.arrives = stop.arrives or at


def headed(header: Header, head: Head) -> PassengerList:
    """A message with what its envelope and its head say, still without flights and people."""
    return PassengerList(
        version=header.version,
        sender=header.interchange.sender,
        recipient=header.interchange.recipient,
        interchange_reference=header.interchange.reference,
        reference=header.reference,
        common_reference=header.common_reference,
        part=header.part,
        purpose=head.purpose,
        reporting_party=head.reporting_party,
        contacts=tuple(head.contacts),
    )

"""CUSRES as the reply to an interactive passenger list (WCO/IATA/ICAO CUSRES MIG, April 2013)."""

from collections.abc import Mapping
from typing import Final

from smartborder.formats.edifact.codes import REPLY_KINDS
from smartborder.formats.edifact.dates import read_time
from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.flight import Flight, Stop, read_designator
from smartborder.formats.edifact.header import Header
from smartborder.formats.edifact.paxlst_read import ENDS
from smartborder.formats.edifact.segments import Segments
from smartborder.model.passenger_list import Leg
from smartborder.model.reason import Finding
from smartborder.model.reply import ReplyCode, ReplyKind, ReplyMessage, TravellerReply

COMMON_CODES: Final[dict[str, ReplyCode]] = {"0Z": "ok", "1Z": "not-ok"}
"""The two codes seen in every published example; the rest differ from country to country."""


class _Answer:
    """One ERP group while it is being read."""

    __slots__ = ("code", "level", "place", "references", "text")

    def __init__(self, level: str, place: str) -> None:
        self.level = level
        self.place = place
        self.references: list[tuple[str, str]] = []
        self.code: str | None = None
        self.text: str | None = None


class _Reply:
    """One CUSRES while it is being read."""

    def __init__(self, segments: Segments, year: int) -> None:
        self.parts = segments.parts
        self.year = year
        self.kind: ReplyKind = "reply"
        self.named = False
        self.transaction: str | None = None
        self.prepared: str | None = None
        self.flights: list[Flight] = []
        self.answers: list[_Answer] = []
        self.findings: list[Finding] = []
        self.times: dict[str, str] = {}

    def take(self, els: list[str], place: str) -> bool:
        tag = els[0]
        if tag == "BGM":
            code = self.parts(els, 1)[0]
            self.named = True
            if code in REPLY_KINDS:
                self.kind = REPLY_KINDS[code]
            else:
                self.findings.append(note("edifact.unknown-purpose", place, value=code[:12]))
        elif tag == "RFF":
            self._reference(els, place)
        elif tag == "DTM":
            self._time(els, place)
        elif tag == "LOC" and self.flights:
            self.flights[-1].stops.append(
                Stop(els[1].strip() if len(els) > 1 else "", self.parts(els, 2)[0] or None)
            )
        elif tag == "ERP":
            self.answers.append(_Answer(self.parts(els, 1)[0], place))
        elif tag == "ERC" and self.answers:
            self.answers[-1].code = self.parts(els, 1)[0] or None
        elif tag == "FTX" and self.answers:
            text = [part for at in range(4, len(els)) for part in self.parts(els, at)]
            self.answers[-1].text = " ".join(filter(None, text)) or None
        else:
            return False
        return True

    def _reference(self, els: list[str], place: str) -> None:
        parts = self.parts(els, 1)
        if len(parts) < 2 or not parts[1]:
            self.findings.append(note("edifact.missing-value", place, tag="RFF"))
        elif self.answers:
            self.answers[-1].references.append((parts[0], parts[1]))
        elif parts[0] == "AF":
            found = read_designator(parts[1], None)
            if not found.readable:
                self.findings.append(note("edifact.flight-number", place))
            self.flights.append(Flight(found.carrier, found.number, overflight=False))
        elif parts[0] == "TN":
            self.transaction = ":".join(parts[1:])

    def _time(self, els: list[str], place: str) -> None:
        parts = self.parts(els, 1)
        at, odd = read_time(
            parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else None, self.year
        )
        if odd:
            self.findings.append(note(odd, place))
        if self.flights and at is not None and parts[0] in ("189", "232"):
            stop = Stop("125" if parts[0] == "189" else "87", None)
            stop.departs, stop.arrives = (at, None) if parts[0] == "189" else (None, at)
            self.flights[-1].stops.append(stop)

    def itinerary(self) -> tuple[Leg, ...]:
        """One leg a flight: its places and times stand apart in this message."""
        legs = []
        for flight in self.flights:
            places = {s.qualifier: s.place for s in flight.stops if s.place}
            times = {s.qualifier: s.departs or s.arrives for s in flight.stops if not s.place}
            legs.append(
                Leg(
                    carrier=flight.carrier,
                    number=flight.number,
                    origin=places.get("125"),
                    destination=places.get("87"),
                    departs=times.get("125"),
                    arrives=times.get("87"),
                )
            )
        return tuple(legs)


def read_cusres(
    segments: Segments,
    index: int,
    header: Header,
    travel_year: int,
    meanings: Mapping[str, ReplyCode],
) -> tuple[ReplyMessage, int]:
    """The reply whose first segment after UNH is ``index``; and the index of its end.

    ``meanings`` is the country's code table turned round; a code that it lacks gives a finding.
    """
    reply = _Reply(segments, travel_year)
    while index < len(segments.pieces):
        els = segments.elements(index)
        if len(els) > 5 and segments.split_merged(index):
            els = segments.elements(index)
        tag, place = els[0], f"{els[0][:3]}#{index - header.first + 1}"
        if tag in ENDS:
            break
        if index in segments.faults:
            reply.findings.append(note(segments.faults[index], place))
        if not reply.take(els, place):
            reply.findings.append(note("edifact.unknown-segment", place, tag=tag[:12]))
        index += 1
    if not reply.named:
        reply.findings.append(note("edifact.missing-segment", "BGM", tag="BGM"))
    replies = [_answer(a, n, meanings, reply.findings) for n, a in enumerate(reply.answers)]
    message = ReplyMessage(
        version=header.version,
        sender=header.interchange.sender,
        recipient=header.interchange.recipient,
        reference=header.reference,
        interchange_reference=header.interchange.reference,
        kind=reply.kind,
        transaction=reply.transaction,
        itinerary=reply.itinerary(),
        replies=tuple(replies),
        findings=tuple(reply.findings),
    )
    return message, index


def _answer(
    answer: _Answer, number: int, meanings: Mapping[str, ReplyCode], findings: list[Finding]
) -> TravellerReply:
    known = dict(answer.references)
    meaning = meanings.get(answer.code or "")
    if answer.code is None:
        findings.append(note("cusres.no-code", answer.place, number))
    elif meaning is None:
        findings.append(note("cusres.unknown-code", answer.place, number, value=answer.code[:12]))
    reference = known.get("ABO") or known.get("AVF")
    if reference is None and answer.level == "2":
        findings.append(note("cusres.no-reference", answer.place, number))
    return TravellerReply(
        traveller_ref=reference,
        references=tuple(answer.references),
        code=answer.code,
        meaning=meaning or "error",
        text=answer.text,
    )

"""PAXLST in its UN and WCO/IATA/ICAO forms, as a record with findings."""

from datetime import date

import msgspec

from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.head import Head, headed
from smartborder.formats.edifact.header import Header
from smartborder.formats.edifact.segments import Segments
from smartborder.formats.edifact.travellers import Travellers, words_of
from smartborder.model.passenger_list import Leg, PassengerList, Traveller
from smartborder.model.reason import Finding

ENDS = frozenset({"UNT", "UNH", "UNE", "UNZ", "UNG", "UNB"})
_CREW = frozenset({"crew", "in-transit-crew"})
_STATUS_ONLY = frozenset({"flight-status", "flight-close-out", "flight-cancel", "flight-change"})
_FROM_CARRIERS = frozenset({"passenger-list", "passenger-change", "passenger-cancel"})


def read_paxlst(
    segments: Segments, index: int, header: Header, travel_year: int
) -> tuple[PassengerList, int]:
    """The message whose first segment after UNH is ``index``; and the index of its end."""
    component, decimal = segments.service.component, segments.service.decimal
    head = Head(segments, travel_year)
    index = _read_head(segments, index, header, head)
    legs = head.itinerary()
    travellers = Travellers(
        segments,
        header.first,
        words_of(component, decimal, travel_year, travel_date(legs, travel_year)),
        "gate-pass-holder" if head.purpose == "gate-pass" else None,
        head.purpose in _FROM_CARRIERS,
    )
    end = -1
    while index != end:
        end = index
        index = travellers.read(index)
        index = _read_tail(segments, index, header, head)
    findings = [*head.findings, *travellers.findings]
    findings += _whole_message(head, legs, travellers.found)
    findings += count_findings(head.counts, travellers.found, header)
    message = msgspec.structs.replace(
        headed(header, head),
        transaction=head.transaction,
        function=head.function,
        places=tuple(head.places),
        counts=tuple((qualifier, number) for qualifier, number, _ in head.counts),
        itinerary=legs,
        travellers=tuple(travellers.found),
        findings=tuple(findings),
    )
    return message, index


def travel_date(legs: tuple[Leg, ...], year: int) -> date | None:
    """The last day of the journey as reported, which every birth must precede.

    A time more than a year ahead of the year of reading is a damaged one, and does not count.
    """
    times = [at for leg in legs for at in (leg.departs, leg.arrives) if at is not None]
    return max((at.date() for at in times if at.year <= year + 1), default=None)


def _read_head(segments: Segments, index: int, header: Header, head: Head) -> int:
    while index < len(segments.pieces):
        els = segments.elements(index)
        tag = els[0]
        place = f"{tag[:3]}#{index - header.first + 1}"
        if len(els) > (10 if tag in ("TDT", "NAD", "COM") else 4) and segments.split_merged(index):
            els = segments.elements(index)
        if tag in ENDS or tag in ("CNT", "AUT", "ATT", "GEI", "NAT", "DOC", "EMP", "MEA"):
            break
        if index in segments.faults:
            head.findings.append(note(segments.faults[index], place))
        if not head.take(els, place):
            if tag in ("NAD", "LOC", "DTM", "RFF"):
                break
            head.findings.append(note("edifact.unknown-segment", place, tag=tag[:12]))
        index += 1
    return index


def _read_tail(segments: Segments, index: int, header: Header, head: Head) -> int:
    while index < len(segments.pieces):
        els = segments.elements(index)
        if len(els) > 2 and els[0] == "CNT" and segments.split_merged(index):
            els = segments.elements(index)
        tag = els[0]
        place = f"{tag[:3]}#{index - header.first + 1}"
        if tag in ENDS or tag == "NAD":
            break
        if index in segments.faults:
            head.findings.append(note(segments.faults[index], place))
        if tag == "CNT":
            head.count(els, place)
        elif tag != "AUT":
            head.findings.append(note("edifact.misplaced-segment", place, tag=tag[:12]))
        index += 1
    return index


def _whole_message(head: Head, legs: tuple[Leg, ...], travellers: list[Traveller]) -> list[Finding]:
    found: list[Finding] = []
    if head.name_code is None:
        found.append(note("edifact.missing-segment", "BGM", tag="BGM"))
    if not legs:
        found.append(note("edifact.no-flight", "TDT"))
    if not travellers and head.purpose not in _STATUS_ONLY:
        found.append(note("edifact.no-travellers", "NAD"))
    return found


def count_findings(
    counts: list[tuple[str, int, str]], travellers: list[Traveller], header: Header
) -> list[Finding]:
    """Control totals that are not those of the travellers found.

    In a part of a longer list this is only noted: the total may be that of the whole list.
    """
    crew = sum(traveller.role in _CREW for traveller in travellers)
    through = sum(traveller.role == "in-transit-passenger" for traveller in travellers)
    others = len(travellers) - crew
    actual = {"41": {crew}, "42": {others, others - through}}
    found = []
    for qualifier, stated, place in counts:
        held = actual.get(qualifier)
        if held is None:
            found.append(note("edifact.unknown-code", place, value=qualifier[:12], tag="CNT"))
        elif stated not in held:
            odd = note("edifact.count-mismatch", place, tag="CNT", stated=stated, found=max(held))
            part = header.part is not None and header.part != (1, True)
            found.append(msgspec.structs.replace(odd, severity="info") if part else odd)
    return found

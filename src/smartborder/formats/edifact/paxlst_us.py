"""The old US layout of PAXLST (version 001:000): one PDT segment a traveller, after UNS+D.

``PDT+P/number:expiry:issuer+surname:given:middle:birth:sex+PAX+from:to``, dates YYMMDD, ports as
country and airport in one (``NZAKL``), given as the message has them.
"""

from typing import Any

import msgspec

from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.head import Head, headed
from smartborder.formats.edifact.header import Header
from smartborder.formats.edifact.paxlst_read import ENDS, count_findings, travel_date
from smartborder.formats.edifact.segments import Segments
from smartborder.formats.edifact.traveller import Person
from smartborder.formats.edifact.traveller_segments import Odd, Said, Words, read_name, say
from smartborder.formats.edifact.travellers import words_of
from smartborder.model.passenger_list import PassengerList, Role, Traveller
from smartborder.model.reason import Finding

_STATUS: dict[str, Role] = {
    "PAX": "passenger",
    "CRW": "crew",
    "CREW": "crew",
    "ITI": "in-transit-passenger",
}


def read_us_paxlst(
    segments: Segments, index: int, header: Header, travel_year: int
) -> tuple[PassengerList, int]:
    """The message whose first segment after UNH is ``index``; and the index of its end."""
    head = Head(segments, travel_year)
    head.purpose = "passenger-list"
    travellers: list[Traveller] = []
    findings: list[Finding] = []
    begun = False
    while index < len(segments.pieces):
        els = segments.elements(index)
        if els[0] == "PDT" and len(els) > 5 and segments.split_merged(index):
            els = segments.elements(index)
        tag, place = els[0], f"{els[0][:3]}#{index - header.first + 1}"
        if tag in ENDS:
            break
        if index in segments.faults:
            findings.append(note(segments.faults[index], place))
        if tag == "PDT":
            if not begun:
                findings.append(note("edifact.missing-segment", place, tag="UNS"))
            begun = True
            legs = head.itinerary()
            words = words_of(
                segments.service.component,
                segments.service.decimal,
                travel_year,
                travel_date(legs, travel_year),
            )
            traveller, odd = _traveller(els, words, place, segments, index)
            findings += [note(code, place, len(travellers), **v) for code, v in odd]
            travellers.append(traveller)
        elif tag == "UNS":
            begun = True
        elif tag == "CNT":
            head.count(els, place)
        elif begun or not head.take(els, place):
            findings.append(note("edifact.unknown-segment", place, tag=tag[:12]))
        index += 1
    legs = head.itinerary()
    if not legs:
        findings.append(note("edifact.no-flight", "TDT"))
    if not travellers:
        findings.append(note("edifact.no-travellers", "NAD"))
    message = msgspec.structs.replace(
        headed(header, head),
        itinerary=legs,
        travellers=tuple(travellers),
        findings=(*head.findings, *findings, *count_findings(head.counts, travellers, header)),
    )
    return message, index


def _traveller(
    els: list[str], words: Words, place: str, segments: Segments, index: int
) -> tuple[Traveller, list[Odd]]:
    c = words.component

    def parts(at: int, least: int) -> list[str]:
        found = segments.parts(els, at)
        return found + [""] * (least - len(found))

    document, name, ports = parts(1, 3), parts(2, 5), parts(4, 2)
    status = parts(3, 1)[0]
    said: list[Said] = [read_name(["NAD", "FL", "", "", c.join(name[:3])], words)]
    fields: dict[str, Any] = dict(said[0][1])
    if status and status not in _STATUS:
        said.append(("", None, 0, ("edifact.unknown-role", {"value": status[:12]})))
    fields["role"] = _STATUS.get(status, "unknown" if status else "passenger")
    kind, _, number = document[0].partition("/")
    said += [say(["DTM", f"329{c}{name[3]}"], words)] if name[3] else []
    said += [say(["ATT", "2", "", name[4]], words)] if name[4] else []
    expiry = [say(["DTM", f"36{c}{document[1]}"], words)] if document[1] else []
    issuer = [say(["LOC", "91", document[2]], words)] if document[2] else []
    for field, value, _, _ in said[1:]:
        if field and value is not None:
            fields[field] = value
    fields["embarks"], fields["disembarks"] = ports[0] or None, ports[1] or None
    person = Person(fields, segments.begin(index), index)
    if any(document):
        details: dict[str, Any] = {"type": kind or None, "number": number or None}
        for field, value, _, _ in expiry + issuer:
            if field:
                details[field] = value
        person.documents.append(details)
    odd = [one[3] for one in said + expiry + issuer if one[3]]
    return person.record(place, segments.ends[index]), odd

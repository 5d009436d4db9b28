"""A passenger list to PAXLST bytes, as a carrier writes it (WCO/IATA/ICAO profile, D.05B)."""

from datetime import datetime

from smartborder.formats.edifact.codes import DEFAULT_FUNCTIONS, NAME_CODES, PARTIES
from smartborder.formats.edifact.write import (
    Element,
    NotWritable,
    interchange,
    message,
    minute,
    segment,
)
from smartborder.model.passenger_list import Leg, PassengerList, Traveller

_CREW = frozenset({"crew", "in-transit-crew"})


def write_paxlst(
    list_: PassengerList,
    *,
    at: datetime,
    sender: str,
    recipient: str,
    control_reference: str,
    max_travellers_per_part: int | None = None,
) -> bytes:
    """One interchange with the list, in several messages if it has too many travellers for one.

    Reading it back gives the same record, up to references and offsets.

    Args:
        list_: what to write; its own sender, recipient and references are not used.
        at: preparation time (UNB), any zone.
        sender: party that sends, as in UNB.
        recipient: party that receives, as in UNB.
        control_reference: of UNB; messages are numbered below it.
        max_travellers_per_part: split into parts ``01:C`` ... ``nn:F`` of at most so many.

    Raises:
        NotWritable: if the purpose is unknown, or a party or reference is missing.

    """
    name = NAME_CODES.get(list_.purpose)
    if name is None:
        raise NotWritable("a list of unknown purpose has no message name code")
    size = max_travellers_per_part or max(len(list_.travellers), 1)
    if size < 1:
        raise NotWritable("a part holds at least one traveller")
    parts = [list_.travellers[i : i + size] for i in range(0, len(list_.travellers), size)] or [()]
    function = list_.function or DEFAULT_FUNCTIONS[list_.purpose]
    common = list_.common_reference or (control_reference if len(parts) > 1 else "")
    messages = []
    for number, travellers in enumerate(parts, 1):
        rest: list[Element] = [common]
        if len(parts) > 1:
            rest.append([f"{number:02}", "F" if number == len(parts) else "C"])
        elif list_.part is not None:
            rest.append([f"{list_.part[0]:02}", "F" if list_.part[1] else "C"])
        reference = list_.reference if len(parts) == 1 and list_.reference else str(number)
        body = [
            segment("BGM", name, function),
            *_head(list_),
            *(s for t in travellers for s in _traveller(t)),
            *_counts(list_, travellers),
        ]
        version = list_.version if list_.version and ":" in list_.version else "D:05B"
        messages.append(message(reference, "PAXLST", version, rest, body))
    return interchange(
        messages, at=at, sender=sender, recipient=recipient, control_reference=control_reference
    )


def _head(list_: PassengerList) -> list[str]:
    out = []
    if list_.transaction:
        out.append(segment("RFF", ["TN", *list_.transaction.split(":")]))
    if list_.reporting_party:
        out.append(segment("NAD", "MS", "", "", list_.reporting_party))
    if list_.contacts:
        out.append(segment("COM", *([number, kind] for kind, number in list_.contacts)))
    for place, code, at in list_.places:
        out.append(segment("LOC", place, code))
        if at:
            out.append(segment("DTM", ["554", minute(at), "201"]))
    for before, leg in zip((None, *list_.itinerary), list_.itinerary, strict=False):
        out += _leg(leg, before)
    return out


def _leg(leg: Leg, before: Leg | None) -> list[str]:
    """A TDT group; one group for all legs of a flight, so that 92 marks the stops between."""
    flight = (leg.carrier or "") + (leg.number or "")
    out = []
    if (
        before is None
        or (before.carrier, before.number) != (leg.carrier, leg.number)
        or (before.destination != leg.origin or before.overflight != leg.overflight)
    ):
        kind = "34" if leg.overflight else "20"
        out.append(segment("TDT", kind, flight, "", "", leg.carrier or ""))
    if leg.origin:
        out.append(segment("LOC", "125", leg.origin))
    if leg.departs:
        out.append(segment("DTM", ["189", minute(leg.departs), "201"]))
    if leg.departed:
        out.append(segment("DTM", ["186", minute(leg.departed), "201"]))
    if leg.destination:
        out.append(segment("LOC", "87", leg.destination))
    if leg.arrives:
        out.append(segment("DTM", ["232", minute(leg.arrives), "201"]))
    if leg.landed:
        out.append(segment("DTM", ["178", minute(leg.landed), "201"]))
    return out


def _traveller(person: Traveller) -> list[str]:
    given = person.given_names or ""
    address: list[Element] = [person.address] if person.address else []
    name: Element = [person.surname or "", given]
    out = [segment("NAD", PARTIES[person.role], "", "", name, *address)]
    if person.sex:
        out.append(segment("ATT", "2", "", "U" if person.sex == "X" else person.sex))
    if person.birth_date:
        out.append(segment("DTM", ["329", *_day(person.birth_date)]))
    out += _bags(person)
    if person.verified:
        out.append(segment("GEI", "4", "173"))
    if person.clears_at:
        out.append(segment("LOC", "22", person.clears_at))
    if person.residence:
        out.append(segment("LOC", "174", person.residence))
    if person.embarks:
        out.append(segment("LOC", "178", person.embarks))
    if person.disembarks:
        out.append(segment("LOC", "179", person.disembarks))
    if person.birth_place or person.birth_country:
        place: Element = ["", "", "", person.birth_place] if person.birth_place else ""
        out.append(segment("LOC", "180", person.birth_country or "", place))
    if person.contact:
        out.append(segment("COM", *(part.split(":") for part in person.contact.split("+"))))
    if person.employment:
        out.append(segment("EMP", *(part.split(":") for part in person.employment.split("+"))))
    if person.nationality:
        out.append(segment("NAT", "2", person.nationality))
    known = {qualifier for qualifier, _ in person.references}
    own = (("AVF", person.locator), ("ABO", person.reference), ("SEA", person.seat))
    references = [*((q, v) for q, v in own if v and q not in known), *person.references]
    out += [segment("RFF", [qualifier, value]) for qualifier, value in references]
    for document in person.documents:
        out.append(segment("DOC", document.type or "", document.number or ""))
        if document.expires:
            out.append(segment("DTM", ["36", *_day(document.expires)]))
        if document.issuer:
            out.append(segment("LOC", "91", document.issuer))
    return out


def _bags(person: Traveller) -> list[str]:
    bags = person.bags
    if bags is None:
        return []
    out = []
    if bags.count is not None:
        out.append(segment("MEA", "CT", "", ["", str(bags.count)]))
    if bags.weight_kg is not None:
        out.append(
            segment("MEA", "WT", "", ["KGM", f"{bags.weight_kg:.2f}".rstrip("0").rstrip(".")])
        )
    return out + [segment("FTX", "BAG", "", "", tag) for tag in bags.tags]


def _day(value: str) -> list[str]:
    """Day, month or year as its digits and the code of its format (2379)."""
    return [value.replace("-", ""), {4: "602", 7: "610"}.get(len(value), "102")]


def _counts(list_: PassengerList, travellers: tuple[Traveller, ...]) -> list[str]:
    crew = sum(person.role in _CREW for person in travellers)
    out = []
    if len(travellers) > crew:
        out.append(segment("CNT", ["42", str(len(travellers) - crew)]))
    if crew:
        out.append(segment("CNT", ["41", str(crew)]))
    return out

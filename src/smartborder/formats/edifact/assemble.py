"""Lists sent in parts, put together whatever the order they arrive in."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from smartborder.formats.edifact.findings import note
from smartborder.formats.edifact.write import NotWritable
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reason import Finding

_CREW = frozenset({"crew", "in-transit-crew"})


class Assembled(NamedTuple):
    """A list made of its parts.

    Attributes:
        complete: True if the last part and all before it are there.
        message: the parts as one list, with a finding if it is incomplete.
        missing: numbers of parts that are known to be missing; the part after the highest one
            if the last part is not there (there may be more).

    """

    complete: bool
    message: PassengerList
    missing: tuple[int, ...]


def assemble(parts: Sequence[PassengerList]) -> Assembled:
    """The list that these parts make. All must have the same sender and common reference.

    Positions and offsets of each traveller stay those within their own part.

    Raises:
        NotWritable: if there are no parts, or they belong to different lists.

    """
    keys = {(p.sender, p.common_reference) for p in parts}
    if len(keys) != 1:
        raise NotWritable("parts of one list have one sender and one common access reference")
    by_number = {(p.part or (1, True))[0]: p for p in parts}
    last = max((n for n, p in by_number.items() if (p.part or (1, True))[1]), default=None)
    highest = max(by_number)
    missing = [n for n in range(1, highest) if n not in by_number]
    if last is None:
        missing.append(highest + 1)
    ordered = [by_number[n] for n in sorted(by_number)]
    findings: list[Finding] = []
    travellers: list[Traveller] = []
    for part in ordered:
        shift = len(travellers)
        findings += [
            f if f.traveller is None else msgspec.structs.replace(f, traveller=f.traveller + shift)
            for f in part.findings
            if not (f.code == "edifact.count-mismatch" and (f.segment or "").startswith("CNT"))
        ]
        travellers += part.travellers
    for number in sorted(by_number):
        if sum((p.part or (1, True))[0] == number for p in parts) > 1:
            findings.append(note("edifact.part-repeated", number=number))
    if missing:
        findings.append(note("edifact.partial-list", parts=", ".join(map(str, missing))))
    crew = sum(t.role in _CREW for t in travellers)
    held = {"41": crew, "42": len(travellers) - crew}
    for qualifier, number in held.items():
        stated = [c for p in ordered for q, c in p.counts if q == qualifier]
        if stated and not missing and number not in (sum(stated), stated[-1]):
            findings.append(
                note("edifact.count-mismatch", tag="CNT", stated=stated[-1], found=number)
            )
    whole = msgspec.structs.replace(
        ordered[0],
        part=None,
        itinerary=next((p.itinerary for p in ordered if p.itinerary), ()),
        travellers=tuple(travellers),
        findings=tuple(findings),
    )
    return Assembled(not missing, whole, tuple(missing))

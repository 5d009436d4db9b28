"""What was scanned or typed at the lane: a machine-readable zone, or just a document number."""

from collections.abc import Mapping
from datetime import date

import msgspec

from smartborder.formats.mrz import read_mrz
from smartborder.model.dates import ImpossibleDate, PartialDate
from smartborder.model.iso3166 import understand
from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.model.reason import Finding
from smartborder.node.desk.errors import PersonUnusable

_SHORTEST_ZONE = 60
_LONGEST = 120


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """The document at the lane.

    Attributes:
        number, issuer: what to look for; the issuer is None where only a number was typed.
        person: who the zone says it is; only the document where a number was typed.
        findings: wrong check digits and the like, said to the officer; never a refusal.
    """

    number: str
    issuer: str | None
    person: Traveller
    findings: tuple[Finding, ...] = ()
    zone: bool = False


def read(text: str, on: date) -> Scanned:
    """Read what came from the scanner or the keyboard; control characters say nothing."""
    text = "".join(c for c in text if c.isprintable() or c.isspace())
    joined = "".join(text.split())
    if "<" not in joined and len(joined) < _SHORTEST_ZONE:
        number = joined.upper()
        typed = Traveller(documents=(TravelDocument(type="P", number=number),))
        return Scanned(number=number, issuer=None, person=typed)
    mrz = read_mrz(text, on=on)
    document = TravelDocument(
        type=(mrz.document_code or "P")[:1], number=mrz.document_number, issuer=mrz.issuer,
        expires=mrz.expires,
    )  # fmt: skip
    person = Traveller(
        surname=mrz.surname, given_names=mrz.given_names, sex=mrz.sex,
        birth_date=mrz.birth_date, nationality=mrz.nationality, documents=(document,),
    )  # fmt: skip
    return Scanned(number=mrz.document_number or "", issuer=mrz.issuer, person=person,
                   findings=mrz.findings, zone=True)  # fmt: skip


def corrected(person: Traveller, typed: Mapping[str, str]) -> Traveller:
    """The person of a document, with what an officer typed in its place.

    ``typed`` may hold ``surname``, ``given_names``, ``birth_date`` and ``nationality``; what is
    empty changes nothing.

    Raises:
        PersonUnusable: there is no surname, or a date or country that does not exist.
    """
    given = {
        name: said
        for name in ("surname", "given_names", "birth_date", "nationality")
        if (said := _plain(typed.get(name, "")))
    }
    if "nationality" in given:
        found = understand(given["nationality"])
        if found is None:
            raise PersonUnusable("no such nationality: three letters, FRA or XXA")
        given["nationality"] = found[0]
    if "birth_date" in given:
        try:
            given["birth_date"] = str(PartialDate.parse(given["birth_date"]))
        except ImpossibleDate as error:
            raise PersonUnusable("no such birth date: 1985-03-14, 1985-03 or 1985") from error
    whole: Traveller = msgspec.structs.replace(person, **given)
    if not whole.surname:
        raise PersonUnusable("a surname is needed")
    return whole


def _plain(said: str) -> str:
    """One line of printable text, of a length that a name may have."""
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())[:_LONGEST]

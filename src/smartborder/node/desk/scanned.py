"""What was scanned or typed at the lane: a machine-readable zone, or just a document number."""

from datetime import date

import msgspec

from smartborder.formats.mrz import read_mrz
from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.model.reason import Finding

_SHORTEST_ZONE = 60


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
    """Read what came from the scanner or the keyboard."""
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

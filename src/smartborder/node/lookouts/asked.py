"""A reported traveller as a question to the matcher."""

from functools import lru_cache

import msgspec

from smartborder.model.dates import ImpossibleDate, PartialDate
from smartborder.model.passenger_list import Traveller
from smartborder.model.screening import Query

_decode = msgspec.json.Decoder(Traveller).decode


def stored_query(record: str, person: bytes) -> Query:
    """The question about a traveller as stored."""
    return query_of(_decode(person), record)


def query_of(person: Traveller, record: str = "") -> Query:
    """The question about ``person``; visas are no documents of identity unless alone."""
    document = next((d for d in person.documents if d.type != "V"), None)
    if document is None and person.documents:
        document = person.documents[0]
    return Query(
        id=record,
        name=" ".join(w for w in (person.given_names, person.surname) if w),
        surname=person.surname,
        given_names=person.given_names,
        birth_date=_born(person.birth_date) if person.birth_date else None,
        nationality=person.nationality,
        document_number=document.number if document else None,
        document_issuer=document.issuer if document else None,
        birth_place=person.birth_place,
        sex=person.sex,
    )


@lru_cache(maxsize=50_000)
def _born(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ImpossibleDate:
        return None

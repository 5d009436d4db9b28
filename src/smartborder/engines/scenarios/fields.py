"""What a scenario may name, what it may never name, and why.

Red line 4 lists the protected attributes. A declared proxy is a field that says one of them in
other words: a passport's issuer says nationality, a special meal says religion or health.
"""

from typing import Literal

import msgspec

from smartborder.kernel.text import Text

Kind = Literal["text", "number", "flag"]


class Protected(msgspec.Struct, frozen=True):
    """A field that no scenario may name. ``stands_for``: what a proxy says in other words."""

    attribute: Text
    stands_for: bool = False


USABLE: dict[str, Kind] = {
    "flight.carrier": "text",
    "flight.number": "text",
    "flight.origin": "text",
    "flight.destination": "text",
    "booking.days_before_departure": "number",
    "booking.changed_hours_before_departure": "number",
    "booking.one_way": "flag",
    "booking.paid_in_cash": "flag",
    "booking.travellers": "number",
    "booking.check_in_minutes_before_departure": "number",
    "journey.stops": "text",
    "journey.backtracks": "flag",
    "journey.nights_at_destination": "number",
    "bags.count": "number",
    "bags.weight_kg": "number",
    "document.days_since_issue": "number",
    "document.reported_lost": "flag",
}
"""Fields of a journey, a booking and a document, with the kind of their values."""

WHOLE_FLIGHT = frozenset({"flight.carrier", "flight.number", "flight.origin", "flight.destination"})
"""Fields that are the same for everybody aboard: alone they point at a whole flight."""

_SEX = Text("sex", "le sexe")
_AGE = Text("age", "l'âge")
_NATIONALITY = Text("nationality", "la nationalité")
_BIRTHPLACE = Text("birthplace", "le lieu de naissance")
_RELIGION = Text("religion", "la religion")
_ETHNICITY = Text("ethnicity", "l'origine ethnique")
_HEALTH = Text("health", "l'état de santé")
_DISABILITY = Text("disability", "le handicap")
_ORIENTATION = Text("sexual orientation", "l'orientation sexuelle")
_NAME = Text("origin of the name", "l'origine du nom")

PROTECTED: dict[str, Protected] = {
    "person.sex": Protected(_SEX),
    "person.age": Protected(_AGE),
    "person.birth_date": Protected(_AGE),
    "person.nationality": Protected(_NATIONALITY),
    "person.citizenships": Protected(_NATIONALITY),
    "person.birth_place": Protected(_BIRTHPLACE),
    "person.birth_country": Protected(_BIRTHPLACE),
    "person.religion": Protected(_RELIGION),
    "person.ethnicity": Protected(_ETHNICITY),
    "person.health": Protected(_HEALTH),
    "person.disability": Protected(_DISABILITY),
    "person.orientation": Protected(_ORIENTATION),
    "person.surname": Protected(_NAME),
    "person.given_names": Protected(_NAME),
    "person.name": Protected(_NAME),
    "person.title": Protected(_SEX, stands_for=True),
    "person.language": Protected(_ETHNICITY, stands_for=True),
    "person.residence": Protected(_NATIONALITY, stands_for=True),
    "document.issuer": Protected(_NATIONALITY, stands_for=True),
    "document.number": Protected(_NATIONALITY, stands_for=True),
    "contact.telephone_country": Protected(_NATIONALITY, stands_for=True),
    "contact.email_domain": Protected(_ETHNICITY, stands_for=True),
    "booking.agency": Protected(_ETHNICITY, stands_for=True),
    "booking.meal": Protected(_RELIGION, stands_for=True),
    "booking.wheelchair": Protected(_DISABILITY, stands_for=True),
    "booking.medical_service": Protected(_HEALTH, stands_for=True),
}
"""Protected attributes and their declared proxies, by field."""


def plain(field: str) -> str:
    """The field's name without the ways of writing it: ``Person.Birth-Date`` is one of ours."""
    return field.strip().lower().replace("-", "_").replace(" ", "_")


def protected(field: str) -> Protected | None:
    """Why a field may not be named, also when it is written without its group or with another."""
    name = plain(field)
    if found := PROTECTED.get(name):
        return found
    last = name.rpartition(".")[2]
    if name in USABLE:
        return None
    return next((p for f, p in PROTECTED.items() if f.rpartition(".")[2] == last), None)

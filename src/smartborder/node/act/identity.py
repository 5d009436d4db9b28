"""Which reported person is which: the rule by which query, list, change and close-out are one.

Order: the carrier's unique reference; then locator with document; then name (in either order)
with birth date. A weaker likeness is offered as a possible double, never merged in silence.
"""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from smartborder.model.passenger_list import Traveller

CLEARED_FIELDS = ("surname", "given_names", "birth_date", "nationality", "documents")
"""A clearance holds for these values and re-opens only when one of them changes."""


class Identity(msgspec.Struct, frozen=True):
    """The keys by which one person of a flight is found again."""

    reference: str | None
    locator: str | None
    document: str | None
    name_key: str | None
    birth_date: str | None


def name_key(person: Traveller) -> str | None:
    """Both names as sorted plain letters, so that either order gives the same key."""
    words = f"{person.surname or ''} {person.given_names or ''}".upper()
    plain = unicodedata.normalize("NFKD", words)
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(sorted(letters.split())) or None


def document_key(person: Traveller) -> str | None:
    """Number and issuer of the first travel document, letters and digits only."""
    for document in person.documents:
        if document.number and document.type in (None, "P", "I", "A", "C", "F", "M"):
            return plain_number(document.number) + "/" + (document.issuer or "")
    return None


def plain_number(number: str) -> str:
    """A document number as compared: upper case, letters and digits only."""
    return "".join(c for c in number.upper() if c.isalnum())


def identify(person: Traveller) -> Identity:
    """The keys of one reported person."""
    return Identity(
        person.reference, person.locator, document_key(person), name_key(person), person.birth_date
    )


def identity_of(row: Mapping[str, Any]) -> Identity:
    """The keys of a traveller as they are stored."""
    return Identity(*(row[name] for name in Identity.__struct_fields__))


def fingerprint(person: Traveller) -> bytes:
    """What decision memory is kept under: the person's identifying values, hashed."""
    parts = (name_key(person) or "", person.birth_date or "", document_key(person) or "")
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


def cleared_values(person: Traveller) -> bytes:
    """The values a clearance holds for, hashed."""
    values = [getattr(person, name) for name in CLEARED_FIELDS]
    return hashlib.sha256(msgspec.json.encode(values)).digest()


def settled_on(one: bytes | None, other: bytes | None) -> bytes:
    """The cleared values of two records that an officer said are one person, hashed together."""
    return hashlib.sha256(bytes(one or b"") + b"/" + bytes(other or b"")).digest()


def changed_fields(before: Traveller, after: Traveller) -> tuple[str, ...]:
    """Names of the fields that differ, those about the place in the message left out."""
    skip = {"segment", "raw"}
    return tuple(
        name
        for name in Traveller.__struct_fields__
        if name not in skip and getattr(before, name) != getattr(after, name)
    )


class People:
    """The travellers of one flight, findable by each key in turn."""

    def __init__(self, known: Iterable[tuple[str, Identity]]) -> None:
        """``known``: (record id, identity) of every traveller of the flight."""
        self._by_reference: dict[str, list[str]] = {}
        self._by_booking: dict[tuple[str, str], list[str]] = {}
        self._by_name: dict[tuple[str, str], list[str]] = {}
        self._known: dict[str, Identity] = {}
        for record, identity in known:
            self.add(record, identity)

    def add(self, record: str, identity: Identity) -> None:
        """Make one more traveller findable."""
        self._known[record] = identity
        if identity.reference:
            self._by_reference.setdefault(identity.reference, []).append(record)
        if identity.locator and identity.document:
            booking = (identity.locator, identity.document)
            self._by_booking.setdefault(booking, []).append(record)
        if identity.name_key and identity.birth_date:
            key = (identity.name_key, identity.birth_date)
            self._by_name.setdefault(key, []).append(record)

    def same(self, person: Identity, taken: Collection[str] = ()) -> str | None:
        """The record of the same person, or None.

        ``taken``: records of others named by the same message; two people of one message are
        never one person. Where a carrier gave several people one reference, each is the one
        most like him, so that a list sent again adds nobody.

        Locator and document do not decide where not one word of the names agrees, or where names
        and birth dates both differ: one passport copied over a whole family is a common slip, and
        an infant travels on its mother's. A name with birth date only decides
        where it is not contradicted: one record has it, and the carrier has not given both of
        them different unique references.
        """
        if person.reference and person.reference in self._by_reference:
            records = self._by_reference[person.reference]
            return self._most_alike(person, [r for r in records if r not in taken])
        if person.locator and person.document:
            sharing = self._by_booking.get((person.locator, person.document), [])
            alike = [r for r in sharing if r not in taken and _corrected(self._known[r], person)]
            alike.sort(key=lambda r: self._known[r].name_key != person.name_key)
            if alike:
                return alike[0]
        if person.name_key and person.birth_date and not person.reference:
            records = self._by_name.get((person.name_key, person.birth_date), [])
            if len(records) == 1 and records[0] not in taken:
                return records[0]
        return None

    def _most_alike(self, person: Identity, records: Sequence[str]) -> str | None:
        def unlike(record: str) -> tuple[bool, ...]:
            known = self._known[record]
            return (known.name_key != person.name_key, known.birth_date != person.birth_date,
                    known.document != person.document)  # fmt: skip

        return min(records, key=unlike, default=None)

    def double(self, person: Identity) -> str | None:
        """A record that may be the same person although the keys do not say so."""
        if person.name_key and person.birth_date:
            records = self._by_name.get((person.name_key, person.birth_date), [])
            return records[0] if records else None
        return None


def _corrected(one: Identity, other: Identity) -> bool:
    """Two reports on one booking and document are one person, with one value put right."""
    if one.name_key == other.name_key or not one.birth_date or not other.birth_date:
        return _share_a_word(one.name_key, other.name_key)
    return one.birth_date == other.birth_date and _share_a_word(one.name_key, other.name_key)


def _share_a_word(one: str | None, other: str | None) -> bool:
    return not one or not other or not set(one.split()).isdisjoint(other.split())

"""A redress number: whoever was stopped as somebody else's look-alike is not stopped so again.

The number is told once and kept only as a keyed hash together with the birth date and the bones of
the name, so that it works for the person it was given to and for nobody else, also with a new
passport or another spelling, and says nothing to whoever finds the table. It silences those entries
that an officer found to be another person, each in the version that was looked at, and no other.
"""

import hmac
import secrets
from collections.abc import Sequence

from smartborder.engines.screening.names import name_key
from smartborder.engines.screening.wordkeys import fold
from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.node.lookouts.memory import remember
from smartborder.node.store.session import Session

LENGTH = 12
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no sign that is read as another."""
QUALIFIER = "AEA"
"""RFF qualifier 'agency reference' of the WCO/IATA/ICAO profile, by which a carrier reports it."""


class NothingCleared(StateError):
    """A redress number rests on a hit that was found to be another person: decide it first."""

    code = "redress.nothing-cleared"
    title = Text("No cleared hit to rest on", "Aucune concordance écartée sur laquelle s'appuyer")


def issue(s: Session, key: bytes, person: Traveller, fingerprint: bytes) -> str:
    """A new number for a person with cleared hits; told now and never again.

    Raises:
        NothingCleared: no judgement 'different' is in force for this person, or the person has
            neither a birth date nor a name to bind the number to.

    """
    cleared = s.rows(
        "SELECT entry, entry_version, why, case_id FROM lookouts.memory"
        " WHERE fingerprint = :print AND judgement = 'different' AND ended_at IS NULL"
        " AND (until IS NULL OR until > :now)",
        print=fingerprint, now=s.now,
    )  # fmt: skip
    if not cleared or not person.birth_date or not _bones(person):
        raise NothingCleared("an officer must have found a hit to be another person")
    number = "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))
    held = _hash(key, number, person)
    s.run(
        "INSERT INTO lookouts.redress_number (number, issued_at, issued_by)"
        " VALUES (:number, :now, :by)",
        number=held, now=s.now, by=s.actor.id,
    )  # fmt: skip
    for row in cleared:
        remember(
            s, fingerprint=held, entry=row["entry"], entry_version=row["entry_version"],
            judgement="different", why=row["why"], case=row["case_id"],
        )  # fmt: skip
    s.leaf("redress-number", s.new_id("redress"), {"entries": len(cleared), "by": s.actor.id})
    return number


def shown(
    s: Session, key: bytes, people: Sequence[Traveller], fingerprints: Sequence[bytes]
) -> None:
    """Note which reported people show a number that was given to them."""
    hashes = {
        _hash(key, value, person): print_
        for person, print_ in zip(people, fingerprints, strict=True)
        for qualifier, value in person.references
        if qualifier == QUALIFIER and person.birth_date
    }
    if not hashes:
        return
    known = s.rows(
        "SELECT number FROM lookouts.redress_number WHERE number = ANY(:numbers)"
        " AND ended_at IS NULL",
        numbers=list(hashes),
    )
    for row in known:
        number = bytes(row["number"])
        s.run(
            "INSERT INTO lookouts.redress_shown (fingerprint, number, first_at)"
            " VALUES (:print, :number, :now) ON CONFLICT DO NOTHING",
            print=hashes[number], number=number, now=s.now,
        )  # fmt: skip


def _hash(key: bytes, number: str, person: Traveller) -> bytes:
    plain = "".join(c for c in number.upper() if c.isalnum())
    parts = ("redress", plain, person.birth_date or "", _bones(person))
    return hmac.digest(key, "\x1f".join(parts).encode(), "sha256")


def _bones(person: Traveller) -> str:
    """The name without what spellings and orders change."""
    name = " ".join(w for w in (person.given_names, person.surname) if w)
    return " ".join(sorted(fold(w) for w in name_key(name, "person").words))

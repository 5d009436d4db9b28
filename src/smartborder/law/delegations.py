"""Discretion: who may use which power on a day, and whom to ask otherwise.

A power is offered to an officer only where a dated delegation gives it to their role; the
delegations lie on both axes of time, like the law itself.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import msgspec

from smartborder.kernel.resources import ResourceMissing, read_yaml
from smartborder.kernel.text import Text
from smartborder.law.errors import LawFileUnusable, UnknownPower
from smartborder.law.provisions import PACKAGE
from smartborder.model.reason import Confidence


class Grant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One delegation: to a role, from a day to a day, by an instrument."""

    role: str
    start: date = msgspec.field(name="from")
    enacted: date
    by: str
    end: date | None = msgspec.field(default=None, name="to")
    revoked: date | None = None


class Power(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A power that the law gives somebody, and the delegations of it."""

    power: str
    means: Text
    source: str
    confidence: Confidence
    held_by: Text
    how_to_ask: Text
    grants: tuple[Grant, ...]
    rules: tuple[str, ...] = ()
    """Rule sets whose answer the power can overcome."""


class Discretion(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: the grant that covers this role, or who holds the power and how to ask."""

    power: str
    means: Text
    may: bool
    grant: Grant | None
    held_by: Text
    how_to_ask: Text
    source: str


@cache
def powers(pack: str) -> dict[str, Power]:
    """Every power a country pack knows, by name; none if it has no such file."""
    try:
        data: Any = read_yaml(PACKAGE, f"{pack}/law/instruments/delegations.yaml")
    except ResourceMissing:
        return {}
    try:
        found = msgspec.convert(data, tuple[Power, ...])
    except msgspec.ValidationError as error:
        raise LawFileUnusable(f"{pack}/law/instruments/delegations.yaml: {error}") from error
    return {p.power: p for p in found}


def discretion(power: str, role: str, *, pack: str, on: date, as_known: date) -> Discretion:
    """May somebody of this role use the power on this day?

    Args:
        power: its name (``temporary-resident-permit``).
        role: the role the officer acts in.
        pack: whose law.
        on: the day of use.
        as_known: the day whose knowledge of the delegations is applied.

    Raises:
        UnknownPower: if the pack knows no such power.

    """
    known = powers(pack)
    if power not in known:
        raise UnknownPower(f"'{power}' is not a power of pack '{pack}'")
    found = known[power]
    grant = next((g for g in found.grants if _covers(g, role, on, as_known)), None)
    return Discretion(
        power=power,
        means=found.means,
        may=grant is not None,
        grant=grant,
        held_by=found.held_by,
        how_to_ask=found.how_to_ask,
        source=found.source,
    )


def beside(
    rule: str, roles: Iterable[str], *, pack: str, on: date, as_known: date
) -> tuple[Discretion, ...]:
    """The powers that can overcome what a rule set says, and what somebody in ``roles`` may do.

    Args: as :func:`discretion`; the kindest of several roles counts.
    """
    held = tuple(roles)
    found = []
    for power in (p for p in powers(pack).values() if rule in p.rules):
        answers = [
            discretion(power.power, role, pack=pack, on=on, as_known=as_known)
            for role in held or ("",)
        ]
        found.append(next((a for a in answers if a.may), answers[0]))
    return tuple(found)


def _covers(grant: Grant, role: str, on: date, as_known: date) -> bool:
    if grant.role != role or grant.enacted > as_known or grant.start > on:
        return False
    if grant.end is not None and grant.end < on:
        return False
    return grant.revoked is None or grant.revoked > min(on, as_known)

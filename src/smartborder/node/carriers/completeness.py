"""Are our checks complete? How old is what we check against, and could it be loaded at all?

Replies go out all the same, by documents and by what there is. But each of them then carries a
finding, every officer's page carries a banner with the ages, and once what was missing is back
everybody who was answered meanwhile is checked again (:mod:`recovery`).
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from smartborder.agreements.parties import name_of_party
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.node.node import Node
from smartborder.node.store.session import Session

Kind = Literal["list", "register", "partner"]
CODE = "checks.incomplete"
LOOKOUTS = "lookouts"
"""Cause of a spell in which look-outs and lists could not be loaded."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that we check against.

    Attributes:
        kind: an imported list, a register of our own, or what the partner shares.
        name: the list, the kind of register, or the partner's node.
        as_of: when it was complete (imported, loaded whole, last heard).
        oldest: how old it may be before checks count as incomplete.

    """

    kind: Kind
    name: str
    as_of: datetime
    oldest: timedelta

    def age(self, now: datetime) -> timedelta:
        """How old it is at ``now``; never negative."""
        return max(now - self.as_of, timedelta())

    def stale(self, now: datetime) -> bool:
        """Whether it is older than allowed."""
        return self.age(now) > self.oldest


class Completeness(msgspec.Struct, frozen=True, kw_only=True):
    """What all checks rest on at one moment.

    Attributes:
        held: every list, register and partner, oldest first.
        loaded: whether the look-outs and lists in force are the ones in memory.

    """

    at: datetime
    held: tuple[Held, ...]
    loaded: bool

    @property
    def stale(self) -> tuple[Held, ...]:
        """What is older than allowed."""
        return tuple(h for h in self.held if h.stale(self.at))

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing too old."""
        return self.loaded and not self.stale

    @property
    def last_list(self) -> datetime | None:
        """When a list was last imported; None where there is none."""
        return max((h.as_of for h in self.held if h.kind == "list"), default=None)


_HELD = (
    "SELECT 'list' AS kind, list AS name, imported_at AS as_of FROM lookouts.list_version"
    " WHERE active UNION ALL SELECT 'register', kind, complete_as_of FROM act.register_state"
    " UNION ALL SELECT 'partner', node_id, heard_at FROM exchange.partner"
    " WHERE node_id = :partner AND heard_at IS NOT NULL ORDER BY as_of, name"
)


def state(s: Session, node: Node) -> Completeness:
    """How complete our checks are now.

    A register that was never loaded is not named here: for it 'not found' never means 'none',
    and the law then asks for an officer by itself.
    """
    partner = node.home.partner
    rows = s.rows(_HELD, partner=partner.node_id if partner else "")
    node.lookouts.current(s)
    return Completeness(
        at=s.now,
        held=tuple(
            Held(kind=r["kind"], name=r["name"], as_of=r["as_of"],
                 oldest=timedelta(minutes=node.pack.oldest_minutes[r["kind"]]))
            for r in rows
        ),
        loaded=node.lookouts.missing is None,
    )  # fmt: skip


def findings(s: Session, node: Node) -> tuple[Finding, ...]:
    """The finding that each reply carries while checks are incomplete; none while they are.

    Where look-outs could not be loaded, a spell is begun, so that everybody answered in it is
    checked again when it ends.
    """
    now = state(s, node)
    if now.complete:
        return ()
    if not now.loaded:
        s.run(
            "INSERT INTO carriers.spell (id, cause, began_at) VALUES (:id, :cause, :now)"
            " ON CONFLICT DO NOTHING",
            id=s.new_id("spell"),
            cause=LOOKOUTS,
            now=s.now,
        )
    return (Finding(code=CODE, severity="warning", detail=said(now)),)


def said(now: Completeness) -> Text:
    """In a sentence: what is missing or too old, and by how much."""
    missing_en = ["look-outs and lists not loaded"] if not now.loaded else []
    missing_fr = ["signalements et listes non chargés"] if not now.loaded else []
    for held in now.stale:
        hours = held.age(now.at).total_seconds() / 3600
        name = _name(held)
        missing_en.append(f"{held.kind} {name.en} {hours:.1f} h old")
        missing_fr.append(f"{_FRENCH[held.kind]} {name.fr} : {hours:.1f} h".replace(".", ","))
    return Text(
        f"Answered with checks incomplete: {'; '.join(missing_en)}. Travellers are checked again"
        " when this is over; a changed reply is sent then.",
        f"Réponse donnée avec des vérifications incomplètes : {'; '.join(missing_fr)}. Les"
        " voyageurs sont revérifiés ensuite; une réponse modifiée est alors envoyée.",
    )


def _name(held: Held) -> Text:
    return name_of_party(held.name) if held.kind == "partner" else Text(held.name, held.name)


_FRENCH = {"list": "liste", "register": "registre", "partner": "partenaire"}

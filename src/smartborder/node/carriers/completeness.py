"""Are our checks complete? How old is what we check against, and could it be loaded at all?

Replies go out all the same, by documents and by what there is. But each of them then carries a
finding, every officer's page carries a banner with the ages, and once what was missing is back
everybody who was answered meanwhile is checked again (:mod:`recovery`).
"""

from datetime import datetime, timedelta

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.node.carriers.held import Held, as_one
from smartborder.node.node import Node
from smartborder.node.store.session import Session

CODE = "checks.incomplete"
LOOKOUTS = "lookouts"
"""Cause of a spell in which look-outs and lists could not be loaded."""


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
    def told(self) -> tuple[Held, ...]:
        """What carriers are told of: which lists there are is none of their affair."""
        return as_one(self.held, self.at)

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
    """In a sentence, for a carrier as well: what is missing or too old, and by how much."""
    missing = [] if now.loaded else [_NOT_LOADED]
    for held in now.told:
        if held.stale(now.at):
            name, hours = held.said, f"{held.age(now.at).total_seconds() / 3600:.1f}"
            missing.append(
                Text(f"{name.en} {hours} h old", f"{name.fr} : {hours.replace('.', ',')} h")
            )
    return Text(
        f"Answered with checks incomplete: {'; '.join(m.en for m in missing)}. Travellers are"
        " checked again when this is over; a changed reply is sent then.",
        "Réponse donnée avec des vérifications incomplètes :"
        f" {'; '.join(m.fr for m in missing)}. Les voyageurs sont revérifiés ensuite; une réponse"
        " modifiée est alors envoyée.",
    )


_NOT_LOADED = Text("look-outs and lists not loaded", "signalements et listes non chargés")

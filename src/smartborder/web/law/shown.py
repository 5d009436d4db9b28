"""A proposal and its questions in the order in which a page shows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.verdict import Element, InForce
from smartborder.node.determinations.asking import Proposal
from smartborder.programmes.protection.removal_days import RemovalDays, removal_days
from smartborder.web.law.fields import Field
from smartborder.web.law.words import clock

AT_ONCE = 5
"""Questions asked at a time."""
FIRST = ("fear_asked",)
"""Asked before everything else: nothing adverse is proposed before it was."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the trace with the interval in which its section was law."""

    element: Element
    in_force: InForce | None

    @property
    def settled(self) -> bool:
        """Met or not met; the others wait folded away until they are asked about."""
        return self.element.state in ("met", "not-met")


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One clock: what ends, when, in how many days (negative: it has passed)."""

    name: Text
    due: date
    days: int
    citation: str | None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a page shows of one proposal."""

    proposal: Proposal
    means: Text
    lines: tuple[Line, ...]
    clocks: tuple[Due, ...]
    open_questions: tuple[Field, ...]
    days: RemovalDays | None


def shown(
    proposal: Proposal, fields: Sequence[Field], facts: Mapping[str, Any], today: date
) -> Shown:
    """A proposal as a page shows it."""
    verdict = proposal.verdict
    intervals = {law.citation: law.in_force for law in verdict.law}
    known = {f.name: f for f in fields}
    days = None
    if proposal.rule == "removal-order" and verdict.on and verdict.as_known:
        days = removal_days(facts, on=verdict.on, as_known=verdict.as_known)
    return Shown(
        proposal=proposal,
        means=next(w.means for w in proposal.info.words if w.word == verdict.verdict),
        lines=tuple(
            Line(element=e, in_force=intervals.get(e.citation)) for e in verdict.trace
        ),
        clocks=tuple(
            Due(name=clock(c.name), due=c.due, days=(c.due - today).days, citation=c.citation)
            for c in verdict.clocks
        ),
        open_questions=tuple(known[n] for n in _ordered(verdict.open_facts) if n in known),
        days=days,
    )  # fmt: skip


def guided(asked: Shown, fields: Sequence[Field]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The questions to put next, and all the others."""
    following = asked.open_questions[:AT_ONCE]
    return following, tuple(f for f in fields if f not in following)


def _ordered(names: Sequence[str]) -> list[str]:
    return sorted(dict.fromkeys(names), key=lambda name: name not in FIRST)

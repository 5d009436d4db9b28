"""Verdict: what the law says of facts. It is always a proposal; a Decision is a person's."""

from datetime import date
from typing import Literal

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Confidence, Reason


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """Interval during which a section, as coded, was law; ``end`` None: still is."""

    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """A section that the verdict rests on."""

    citation: str
    in_force: InForce


class LegalClock(msgspec.Struct, frozen=True, kw_only=True):
    """A legal deadline that the verdict starts or depends on."""

    name: str
    due: date
    citation: str | None = None


ElementState = Literal["met", "not-met", "unknown", "not-asked"]


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of a rule and how it came out: one line of the trace."""

    name: str
    state: ElementState
    detail: Text
    citation: str
    confidence: Confidence = "law"
    burden: str | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of one rule, in the shape ``smartborder decide`` prints.

    Attributes:
        verdict: the rule's own word (``board``, ``no-board``, ``undetermined`` ...).
        confidence: the weakest confidence of any element that decided it.
        needs_officer: True unless the rule may answer alone under a delegation.
        open_facts: what would have to be known, field names of the facts.
        advisory: True where an element rests on an excerpt or on memory: it can only advise.
        country, on, as_known: whose law, for facts of which day, as known on which day.
        author, notice, redress: for an adverse proposal, who may decide it, how the person
            is told, and how it is contested.

    """

    rule: str
    verdict: str
    status: Literal["proposal"] = "proposal"
    confidence: Confidence = "law"
    reviewed_by: str | None = None
    reasons: tuple[Reason, ...] = ()
    law: tuple[Law, ...] = ()
    trace: tuple[Element, ...] = ()
    needs_officer: bool = True
    open_facts: tuple[str, ...] = ()
    next_steps: tuple[Text, ...] = ()
    clocks: tuple[LegalClock, ...] = ()
    advisory: bool = False
    country: str | None = None
    on: date | None = None
    as_known: date | None = None
    author: Text | None = None
    notice: Text | None = None
    redress: Text | None = None

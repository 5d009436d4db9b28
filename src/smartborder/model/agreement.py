"""Agreements as data: the document, the question put to it, and the answer.

A document implements an instrument and never is it: it names the authentic texts, and the
text prevails. What may cross is granted by three parts together: the agreement, the
sender's law and the receiver's law.
"""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.reason import Confidence, Reason

Channel = Literal["query", "push", "subscribe", "bulk"]
Stage = Literal["query", "response"]
Effect = Literal["permit", "bar", "hold", "oblige"]
Side = Literal["sender", "receiver", "both"]
Holding = Literal["held", "not-held"]
Outcome = Literal["granted", "partial", "conditional", "refused", "held-for-officer"]
Mode = Literal["demo", "production"]


class RequestUnusable(InputError):
    """The question cannot be put to an agreement: a key, a fact or a date is not usable."""

    code = "agreement.request-unusable"
    title = Text("Unusable request", "Demande inutilisable")


class AuthenticText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An instrument that the document implements, and how much of it was read."""

    citation: str
    title: Text
    confidence: Confidence
    read: Text


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First and last day in force, both included; None: before what we hold, or still running."""

    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")

    def holds(self, day: date) -> bool:
        """True if ``day`` lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class PurposeTerm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A purpose for which data may be asked (query) or given (response)."""

    code: str
    text: Text
    citation: str
    confidence: Confidence
    stages: tuple[Stage, ...] = ("query", "response")


class ChannelTerm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way of exchange that the instrument names. A push has the one stage ``response``."""

    code: Channel
    text: Text
    citation: str
    confidence: Confidence
    stages: tuple[Stage, ...]


class ObligationTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one side must do because something crossed.

    Attributes:
        code: stable word (``destroy-if-not-used``, ``correct-and-confirm`` ...).
        party: who owes it.
        days: within how many days; 0 is 'at once'; None where the text sets no number.
        years: within how many years, for long retention.
        stops_on_use: True where use for a decision about the person stops the duty.

    """

    code: str
    party: Literal["sender", "receiver", "both"]
    days: int | None = None
    years: int | None = None
    stops_on_use: bool = False


class Clause(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule, with its section.

    Attributes:
        effect: ``permit`` lets fields cross; ``bar`` stops fields, or the whole request if it
            names none; ``hold`` sends it to an officer; ``oblige`` attaches a duty.
        refusal: for a bar: ``must`` leaves nobody a choice, ``may`` leaves it to an officer.
        side: in a party's part: whether it speaks of the party as sender or as receiver.
        start, end: first and last day in force, printed as from / to.

    """

    id: str
    effect: Effect
    text: Text
    citation: str
    confidence: Confidence
    fields: tuple[str, ...] = ()
    when: dict[str, Any] = msgspec.field(default_factory=dict)
    refusal: Literal["must", "may"] | None = None
    side: Side = msgspec.field(default="both", name="as")
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")
    obligation: ObligationTerms | None = None


class PartyPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One party's own part: its authority, its law, its limits.

    Attributes:
        text: ``not-held`` where we do not hold this party's law: the channel then runs in
            demo mode only, and the part adds no permission of its own.
        counsel: the named counsel who reviewed the part; None: nobody yet.

    """

    country: str
    authority: Text
    text: Holding
    counsel: str | None = None
    clauses: tuple[Clause, ...] = ()


class AgreementDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agreement as signed by the node keys of its parties."""

    id: str
    version: int
    title: Text
    summary: Text
    in_force: Period
    texts: tuple[AuthenticText, ...]
    not_read: tuple[Text, ...] = ()
    channels: tuple[ChannelTerm, ...]
    purposes: tuple[PurposeTerm, ...]
    groups: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    clauses: tuple[Clause, ...]
    parties: tuple[PartyPart, ...]
    caveats_allowed: tuple[str, ...] = ()
    transient_fields: tuple[str, ...] = ()

    def fields_of(self, clause: Clause) -> tuple[str, ...]:
        """The fields a clause names, groups spelled out; none means the whole request."""
        return tuple(
            dict.fromkeys(f for item in clause.fields for f in self.groups.get(item, (item,)))
        )


class AgreementAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a named official did about an agreement; their node's key signs it.

    Attributes:
        digest: the digest of the compiled document, so that all parties mean the same text.
        party: the country for which the official acted.
        official: the official's user id; nobody else's act counts.

    """

    act: Literal["propose", "counter-sign", "suspend", "resume", "terminate"]
    agreement: str
    version: int
    digest: str
    party: str
    official: str
    at: datetime


class ShareRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """May these fields about this subject go from one party to the other?

    Attributes:
        sender: who would give the data away (ISO alpha-3), printed as ``from``. At the query
            stage that is the party that asks, for a query is itself a disclosure.
        on: the day (``2025-01-17``) or instant (``2026-11-24T15:00:00Z``) it would happen.
        match: at the response stage, whether the query found the subject.
        subject: facts of the vocabulary; a fact left out is not known.
        mode: ``production`` refuses every channel that rests on law we do not hold.

    """

    sender: str = msgspec.field(name="from")
    receiver: str = msgspec.field(name="to")
    channel: Channel
    stage: Stage
    match: bool | None = None
    purpose: str
    on: str
    subject: dict[str, Any] = msgspec.field(default_factory=dict)
    fields: tuple[str, ...]
    mode: Mode = "demo"

    def __post_init__(self) -> None:
        """A request names at least one field, and a day that exists."""
        if not self.fields:
            raise RequestUnusable("fields: name at least one field")
        if len(self.fields) > 200:
            raise RequestUnusable("fields: at most 200 in one request")
        self.day  # noqa: B018  raises for an impossible date

    @property
    def instant(self) -> datetime | None:
        """The instant, if ``on`` gives one; timezone-aware."""
        if len(self.on) <= 10:
            return None
        try:
            at = datetime.fromisoformat(self.on)
        except ValueError as error:
            raise RequestUnusable("on: use YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ") from error
        if at.tzinfo is None:
            raise RequestUnusable("on: an instant needs its offset from UTC, such as Z")
        return at

    @property
    def day(self) -> date:
        """The day of ``on`` as written."""
        at = self.instant
        if at is not None:
            return at.date()
        try:
            return date.fromisoformat(self.on)
        except ValueError as error:
            raise RequestUnusable("on: use YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ") from error


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """A field that may not cross, and the clause that stops it; for our side only."""

    field: str
    clause: str


class Obligation(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that the exchange would create, on which country, from which clause."""

    code: str
    party: tuple[str, ...]
    clause: str
    citation: str
    detail: Text
    days: int | None = None
    years: int | None = None
    stops_on_use: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of ``smartborder agreement check``.

    Everything but ``partner_sees`` stays with the sending node and its auditors.
    ``partner_sees`` names every requested field, whether it is granted, withheld, absent or
    empty, so that its shape tells nothing.
    """

    permitted: bool
    outcome: Outcome
    granted: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    obligations: tuple[Obligation, ...]
    partner_sees: dict[str, Any]
    reasons: tuple[Reason, ...]

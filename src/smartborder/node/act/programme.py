"""What a programme registers with the node: report kinds and pure checks.

A programme owns no queue, no case, no socket. It says how a report is read, what is checked
about each subject, and how the reply is written; the node does everything else.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from smartborder.model.country import CountryPack
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reason import Reason
from smartborder.model.reply import ReplyCode, ReplyMessage
from smartborder.model.screening import Hit
from smartborder.model.verdict import Verdict

if TYPE_CHECKING:
    from smartborder.node.lookouts.record_kinds import RecordKind


class Entitlement(msgspec.Struct, frozen=True, kw_only=True):
    """A visa, travel authorisation or status that our own register holds for a document."""

    kind: str
    document: str
    issuer: str
    valid_from: date | None = None
    valid_to: date | None = None
    status: str = "valid"


class FlightFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks may know about the flight; instants in UTC."""

    carrier: str
    number: str
    direction: str
    origin: str
    destination: str
    departs_on: date
    scheduled_departure: datetime | None = None
    scheduled_arrival: datetime | None = None


class CheckSubject(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller to be checked.

    Attributes:
        traveller: record id.
        entitlements: kind -> what the register holds for this person's document.
        near: what the registers hold for documents one character off the reported number.
        cleared: entries, with their version, that an officer found to be another person.
    """

    traveller: str
    person: Traveller
    entitlements: Mapping[str, Entitlement] = {}
    near: tuple[Entitlement, ...] = ()
    cleared: frozenset[tuple[str, str]] = frozenset()


class Screener(Protocol):
    """The look-outs in force, as the node holds them in memory."""

    version: str

    def screen(self, people: Sequence[Traveller], as_of: date) -> list[tuple[Hit, ...]]:
        """Hits per person, in input order."""

    def instruction(self, entry: str) -> str:
        """The instruction of the look-out behind an entry."""


class CheckContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a check is given beside its subjects; everything comes in from outside.

    Attributes:
        on: when the facts happen (local date at the place of boarding).
        as_known: what had been enacted when we decide.
        registers: kinds of entitlement whose register is complete; for any other kind
            'not found' means 'unknown', never 'none'.
    """

    pack: CountryPack
    flight: FlightFacts
    on: date
    as_known: date
    registers: frozenset[str] = frozenset()
    screener: Any = None


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one check says of one traveller.

    Attributes:
        result: the reply this check alone would give.
        delegated_by: the named official on whose delegation a rule may answer alone; None
            where an officer must.
    """

    check: str
    result: ReplyCode = "ok"
    reasons: tuple[Reason, ...] = ()
    verdict: Verdict | None = None
    hits: tuple[Hit, ...] = ()
    delegated_by: str | None = None


class Check(Protocol):
    """A pure check: one result for each subject, in order."""

    id: str

    def __call__(
        self, subjects: Sequence[CheckSubject], context: CheckContext
    ) -> list[CheckResult]:
        """Check all subjects of one flight."""


class ReportKind(Protocol):
    """A kind of message that a programme can read and answer."""

    id: str

    def read(self, data: bytes, received_at: datetime) -> tuple[Any, ...]:
        """Every message in ``data``; never raises for what a carrier may send."""

    def write(self, reply: ReplyMessage, *, at: datetime, sender: str, recipient: str,
              control_reference: str) -> bytes:  # fmt: skip
        """The reply as it goes to the carrier."""

    def assemble(self, parts: Sequence[PassengerList]) -> tuple[bool, PassengerList]:
        """(complete, merged message) of the parts of a multi-part message, in any order."""


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """One programme: the points it serves and what it registers.

    Attributes:
        rules: rule sets whose questions an officer determines here; who may see and decide them
            is their family's (:mod:`smartborder.node.determinations.families`), and the reply is
            the bilingual notice under the officer's name.
        panels: sections of the screens that show it.
        records: people that the programme stores and whom a change of the lists may concern.

    """

    id: str
    points: tuple[int, ...]
    kinds: tuple[ReportKind, ...] = ()
    checks: tuple[Check, ...] = ()
    agreements: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    records: "tuple[RecordKind, ...]" = ()

"""What a carrier reports: a passenger, crew or flight-status message, whatever its format.

The same field names are printed by ``smartborder read`` and stored by the node; ``None``
always means that the message is silent. Local times have no offset: the message has none.
"""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.model.reason import Finding

Purpose = Literal[
    "passenger-list",
    "crew-list",
    "master-crew-list",
    "flight-status",
    "passenger-change",
    "passenger-cancel",
    "passenger-reduction",
    "flight-close-out",
    "flight-cancel",
    "flight-change",
    "crew-change",
    "crew-cancel",
    "gate-pass",
    "unknown",
]
Role = Literal[
    "passenger",
    "crew",
    "in-transit-passenger",
    "in-transit-crew",
    "gate-pass-holder",
    "unknown",
]
Sex = Literal["M", "F", "X"]


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """One leg as reported.

    Attributes:
        carrier: two- or three-character designator of the flight number as reported.
        number: digits without leading zeros, operational suffix kept (``124``, ``250A``).
        origin, destination: location codes as given (usually IATA), printed as from / to.
        departs, arrives: local times at the place, naive.
        departed, landed: actual times (DTM 186 and 178), local and naive, once they are known.
        overflight: True for TDT+34 (the aircraft does not land).

    """

    carrier: str | None = None
    number: str | None = None
    origin: str | None = msgspec.field(default=None, name="from")
    destination: str | None = msgspec.field(default=None, name="to")
    departs: datetime | None = None
    arrives: datetime | None = None
    departed: datetime | None = None
    landed: datetime | None = None
    overflight: bool = False


class TravelDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document as reported: ``type`` as coded in the message (P, V, I, C, A, F ...)."""

    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    expires: str | None = None


class Bags(msgspec.Struct, frozen=True, kw_only=True):
    """Checked bags: how many, how heavy, and their tags (``tag:count`` series expanded)."""

    count: int | None = None
    weight_kg: float | None = None
    tags: tuple[str, ...] = ()


class Traveller(msgspec.Struct, frozen=True, kw_only=True):
    """One person as reported.

    Attributes:
        birth_date: ISO 8601, to the precision the message has (``1957-03``); None if
            unreadable (a finding says so).
        nationality, residence: ISO 3166 alpha-3 or a Doc 9303 code (``XXA``), as understood.
        embarks, disembarks, clears_at: location codes as given.
        locator: carrier's record locator (RFF+AVF).
        reference: the unique traveller reference (RFF+ABO) used to find the person again.
        segment: where the person starts in the message, e.g. ``NAD#14``.
        action: for change messages, what is asked about this person.

    """

    role: Role = "passenger"
    surname: str | None = None
    given_names: str | None = None
    sex: Sex | None = None
    birth_date: str | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    nationality: str | None = None
    residence: str | None = None
    embarks: str | None = None
    disembarks: str | None = None
    clears_at: str | None = None
    documents: tuple[TravelDocument, ...] = ()
    locator: str | None = None
    reference: str | None = None
    references: tuple[tuple[str, str], ...] = ()
    seat: str | None = None
    bags: Bags | None = None
    verified: bool | None = None
    address: str | None = None
    contact: str | None = None
    """COM of the person, ``number:TE``, as given."""
    employment: str | None = None
    """EMP of a crew member, elements joined by ``+``, as given."""
    segment: str | None = None
    raw: tuple[int, int] | None = None
    """Start and end offset of this person's segments in the decoded message text."""


class PassengerList(msgspec.Struct, frozen=True, kw_only=True):
    """One message. ``part`` is (number, is_last) for multi-part messages."""

    format: str = "PAXLST"
    version: str | None = None
    sender: str | None = None
    recipient: str | None = None
    interchange_reference: str | None = None
    reference: str | None = None
    common_reference: str | None = None
    part: tuple[int, bool] | None = None
    transaction: str | None = None
    """RFF+TN of the head: the carrier's transaction number, echoed by every reply."""
    purpose: Purpose = "unknown"
    function: str | None = None
    """The second BGM element as sent (CP, XR, CL, CLOB ...)."""
    places: tuple[tuple[str, str, datetime | None], ...] = ()
    """Places of the head that are no flight stop (filing place of a master crew list):
    qualifier, code, time."""
    counts: tuple[tuple[str, int], ...] = ()
    """Control totals as sent (CNT): qualifier (42 passengers, 41 crew) and number."""
    reporting_party: str | None = None
    contacts: tuple[tuple[str, str], ...] = ()
    itinerary: tuple[Leg, ...] = ()
    travellers: tuple[Traveller, ...] = ()
    findings: tuple[Finding, ...] = ()


class UnknownMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was recognised as one, or not even that, and whose content was not read.

    ``format`` is the message type where it is known (``PNRGOV``), else ``UNKNOWN``.
    """

    format: str = "UNKNOWN"
    version: str | None = None
    sender: str | None = None
    recipient: str | None = None
    interchange_reference: str | None = None
    reference: str | None = None
    segments: int = 0
    findings: tuple[Finding, ...] = ()

"""What a carrier hears: a code for each traveller, never a reason."""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.model.passenger_list import Leg
from smartborder.model.reason import Finding

ReplyCode = Literal["ok", "not-ok", "contact-government", "insufficient", "duplicate", "error"]
REPLY_CODES: tuple[ReplyCode, ...] = (
    "ok", "not-ok", "contact-government", "insufficient", "duplicate", "error",
)  # fmt: skip
ReplyKind = Literal["reply", "unsolicited", "acknowledgement"]


class TravellerReply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one traveller.

    Attributes:
        traveller_ref: the carrier's unique reference (RFF+ABO), else the locator.
        references: every reference the carrier gave, (qualifier, value), echoed as given.
        code: the code as coded for this country (``0Z``).
        meaning: our one internal enumeration.
        text: free text for the agent; fixed per meaning, never personal, never a reason.

    """

    traveller_ref: str | None = None
    references: tuple[tuple[str, str], ...] = ()
    code: str | None = None
    meaning: ReplyCode = "error"
    text: str | None = None


class ReplyMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One CUSRES, whichever way it travels."""

    format: str = "CUSRES"
    version: str | None = "D:02B"
    sender: str | None = None
    recipient: str | None = None
    reference: str | None = None
    interchange_reference: str | None = None
    kind: ReplyKind = "reply"
    transaction: str | None = None
    prepared_at: datetime | None = None
    itinerary: tuple[Leg, ...] = ()
    replies: tuple[TravellerReply, ...] = ()
    findings: tuple[Finding, ...] = ()

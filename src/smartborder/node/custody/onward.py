"""A partner's record is passed on to nobody unless its originator agreed (shared-lookouts SL-9).

Silence is a refusal. A consent is for one record and one kind of authority; the register of
disclosures asks here before it takes an entry.
"""

from datetime import datetime

import msgspec

from smartborder.kernel.errors import AccessError
from smartborder.kernel.text import Text
from smartborder.node.store.session import Session

KINDS = ("court", "police", "agency", "carrier")
"""Kinds of authority that a look-out can be passed on to; and how such a recipient begins."""
CONTROLLED = ("originator-control", "no-onward-transfer")
"""Caveats that say the same as the duty."""
HELD_BACK = (
    "EXISTS (SELECT FROM custody.received r WHERE r.record = :record"
    " AND (r.ask_onward OR r.caveats && CAST(:controlled AS text[]))"
    " AND :recipient <> 'partner:' || r.partner AND NOT EXISTS (SELECT FROM custody.onward o"
    " WHERE o.way = 'out' AND o.record = r.record AND o.partner = r.partner"
    " AND o.onward_to = :authority AND o.consent))"
)
"""Whether a record may not go to a recipient: our own may; a partner's goes back to that partner,
or to the kind of authority that it agreed to. A condition of the statement that would enter it."""


class OnwardRefused(AccessError):
    """The record is a partner's and its originator has not agreed: ask it first."""

    code = "custody.onward-refused"
    title = Text("Its originator has not agreed", "Son auteur n'y a pas consenti")


class Onward(msgspec.Struct, frozen=True, kw_only=True):
    """One question whether a record may be passed on."""

    id: str
    way: str
    record: str
    partner: str
    onward_to: str
    at: datetime
    consent: bool | None = None
    answered_at: datetime | None = None


def waiting(s: Session) -> list[Onward]:
    """The partner's questions that nobody here has answered, oldest first."""
    rows = s.rows("SELECT * FROM custody.onward WHERE way = 'in' AND answered_at IS NULL"
                  " ORDER BY at")  # fmt: skip
    return [msgspec.convert(r, Onward) for r in rows]


def of_record(s: Session, record: str) -> list[Onward]:
    """What was asked about a record, newest first."""
    rows = s.rows("SELECT * FROM custody.onward WHERE record = :r ORDER BY at DESC", r=record)
    return [msgspec.convert(r, Onward) for r in rows]

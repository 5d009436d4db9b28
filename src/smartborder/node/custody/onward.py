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
_CONTROLLED = ("originator-control", "no-onward-transfer")
"""Caveats that say the same as the duty."""


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


def require(s: Session, record: str, recipient: str) -> None:
    """Make sure that a record may go to a recipient.

    Our own may; a partner's goes back to that partner, or to the kind of authority it agreed to.

    Raises:
        OnwardRefused: nobody agreed, or not to this.

    """
    held = s.rows(
        "SELECT partner FROM custody.received WHERE record = :record"
        " AND (ask_onward OR caveats && CAST(:controlled AS text[]))",
        record=record,
        controlled=list(_CONTROLLED),
    )
    for row in held:
        if recipient == f"partner:{row['partner']}":
            continue
        agreed = s.value(
            "SELECT 1 FROM custody.onward WHERE way = 'out' AND record = :record"
            " AND partner = :partner AND onward_to = :kind AND consent LIMIT 1",
            record=record,
            partner=row["partner"],
            kind=recipient.partition(":")[0],
        )
        if agreed is None:
            raise OnwardRefused("ask its originator", record=record)


def waiting(s: Session) -> list[Onward]:
    """The partner's questions that nobody here has answered, oldest first."""
    rows = s.rows("SELECT * FROM custody.onward WHERE way = 'in' AND answered_at IS NULL"
                  " ORDER BY at")  # fmt: skip
    return [msgspec.convert(r, Onward) for r in rows]


def of_record(s: Session, record: str) -> list[Onward]:
    """What was asked about a record, newest first."""
    rows = s.rows("SELECT * FROM custody.onward WHERE record = :r ORDER BY at DESC", r=record)
    return [msgspec.convert(r, Onward) for r in rows]

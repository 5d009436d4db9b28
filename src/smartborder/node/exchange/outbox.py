"""What we sent, or could not send: for our own screens, with the clauses that decided."""

from datetime import datetime

import msgspec

from smartborder.model.agreement import Answer
from smartborder.node.store.session import Session


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One envelope as our side sees it.

    Attributes:
        state: ``waiting``, ``sent`` (no receipt yet), ``applied``, ``held``, ``dead`` (refused by
            the partner: somebody must look) or ``withheld`` (the agreement let nothing cross).
        answer: what was granted and withheld, by which clause; never leaves this node.

    """

    id: str
    partner: str
    kind: str
    agreement: str
    purpose: str
    record: str
    state: str
    code: str | None
    made_at: datetime
    settled_at: datetime | None
    answer: Answer


_COLUMNS = (
    "SELECT id, partner, kind, agreement, purpose, record, state, code, made_at, settled_at,"
    " answer FROM exchange.outbox"
)


def of_record(s: Session, record: str) -> list[Sent]:
    """Everything sent about one of our records, newest first."""
    rows = s.rows(f"{_COLUMNS} WHERE record = :record ORDER BY n DESC", record=record)
    return [msgspec.convert(r, Sent) for r in rows]


def lately(s: Session, *, state: str | None = None, most: int = 100) -> list[Sent]:
    """The newest envelopes, of one state if given."""
    rows = s.rows(
        f"{_COLUMNS} WHERE CAST(:state AS text) IS NULL OR state = :state"
        " ORDER BY n DESC LIMIT :most",
        state=state,
        most=most,
    )
    return [msgspec.convert(r, Sent) for r in rows]


def one(s: Session, envelope: str) -> Sent:
    """One envelope.

    Raises:
        NotFound: if there is none of that id.

    """
    return msgspec.convert(s.one(f"{_COLUMNS} WHERE id = :id", id=envelope), Sent)

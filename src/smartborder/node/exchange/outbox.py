"""What we sent, or could not send: for our own screens, with the clauses that decided."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
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


def lately(s: Session, *, state: str | None = None, most: int = 100,
           hidden: Collection[str] = ()) -> list[Sent]:  # fmt: skip
    """The newest envelopes, of one state if given; as many without those of ``hidden`` records."""
    rows = s.rows(
        f"{_COLUMNS} WHERE (CAST(:state AS text) IS NULL OR state = :state)"
        " AND record <> ALL(:hidden) ORDER BY n DESC LIMIT :most",
        state=state,
        most=most,
        hidden=list(hidden),
    )
    return [msgspec.convert(r, Sent) for r in rows]


def one(s: Session, envelope: str) -> Sent:
    """One envelope.

    Raises:
        NotFound: if there is none of that id.

    """
    return msgspec.convert(s.one(f"{_COLUMNS} WHERE id = :id", id=envelope), Sent)


class NotDead(StateError):
    """Only an envelope that the partner refused can be sent again."""

    code = "exchange.not-dead"
    title = Text("Nothing to send again", "Rien à renvoyer")


def send_again(s: Session, envelope: str) -> str:
    """Send a refused envelope once more, as a new one of its series; the id of the new one.

    Raises:
        NotFound: there is no such envelope.
        NotDead: it was not refused, or was sent again before.

    """
    row = s.one("SELECT * FROM exchange.outbox WHERE id = :id FOR UPDATE", id=envelope)
    if row["state"] != "dead" or row["payload"] is None:
        raise NotDead("it was not refused, or was sent again", envelope=envelope)
    fresh = s.new_id("envelope")
    number = next_in_series(s, row["partner"], row["agreement"], row["subject"])
    same = (
        "partner, kind, agreement, agreement_version, agreement_digest, channel, stage, purpose,"
        " caveats, custody, subject, in_reply_to, asks, record, answer, payload"
    )
    s.run(
        f"INSERT INTO exchange.outbox (id, sequence, made_at, {same}) SELECT :fresh, :number, :now,"
        f" {same} FROM exchange.outbox WHERE id = :id",
        fresh=fresh,
        number=number,
        now=s.now,
        id=envelope,
    )
    s.run("UPDATE exchange.outbox SET payload = NULL WHERE id = :id", id=envelope)
    s.leaf("sent", fresh, {"again": envelope})
    return fresh


_SKIP = 1000
"""More than any series grows between two backups."""


def call_back(s: Session, agreement: str, record: str) -> None:
    """Destroy what was to be disclosed of a record and has not arrived: it is not sent any more.

    What is on its way already is sealed for the partner alone; it is not sent anew either.
    """
    s.run(
        "UPDATE exchange.outbox SET payload = NULL,"
        " state = CASE state WHEN 'sent' THEN 'sent' ELSE 'withheld' END,"
        " code = CASE state WHEN 'sent' THEN code ELSE 'exchange.called-back' END"
        " WHERE record = :record AND agreement = :agreement AND kind = 'disclosure'"
        " AND state IN ('waiting', 'sent', 'dead')",
        record=record,
        agreement=agreement,
    )


def skip_ahead(s: Session, envelope: str) -> None:
    """Send an envelope again far ahead in its series, past what the partner already has.

    One that was called back meanwhile stays away.
    """
    if s.value("SELECT payload IS NULL FROM exchange.outbox WHERE id = :id", id=envelope):
        return
    s.run(
        "UPDATE exchange.series x SET last = x.last + :skip FROM exchange.outbox o WHERE o.id = :id"
        " AND x.way = 'out' AND (x.partner, x.agreement, x.subject)"
        " = (o.partner, o.agreement, o.subject)",
        skip=_SKIP,
        id=envelope,
    )
    send_again(s, envelope)


NEXT_IN_SERIES = (
    "INSERT INTO exchange.series AS x SELECT 'out', :partner, :agreement, :subject, 1 WHERE :goes"
    " ON CONFLICT (way, partner, agreement, subject) DO UPDATE SET last = x.last + 1"
    " RETURNING last"
)
"""Takes the next number of a series if something ``goes``."""


def next_in_series(s: Session, partner: str, agreement: str, subject: str) -> int:
    """The next number of a series; whoever else writes to the series waits for our commit."""
    number: int = s.value(NEXT_IN_SERIES, partner=partner, agreement=agreement, subject=subject,
                          goes=True)  # fmt: skip
    return number

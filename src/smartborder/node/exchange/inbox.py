"""Receiving: everything is checked, each envelope takes effect exactly once, a receipt answers.

One transaction holds the batch, the effects of its envelopes, their ledger leaves and the
receipt. A batch that comes again is answered with the receipt of the first time.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from smartborder.agreements.envelope import check_part, open_batch, seal_receipt
from smartborder.kernel.errors import LimitError
from smartborder.kernel.text import Text
from smartborder.model.exchange import BatchStatement, EnvelopeRefused, Header, Receipt, ReceiptRow
from smartborder.node.exchange import keys, partners
from smartborder.node.exchange.applying import Applied, apply_all
from smartborder.node.exchange.refusals import remember
from smartborder.node.exchange.sealing import LARGEST
from smartborder.node.exchange.wire import MAX_BODY, Posted, decode_posted
from smartborder.node.failpoints import reach
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Actor, Ahead, Session, Store

PURPOSE = "exchange"


class TooLarge(LimitError):
    """A posted body is larger than any batch may be."""

    code = "exchange.too-large"
    title = Text("Message from the partner too large", "Message du partenaire trop volumineux")
    status = 413


def receive(home: NodeHome, store: Store, body: bytes) -> bytes:
    """Take in a posted batch; the counter-signed receipt, as JSON.

    Raises:
        EnvelopeRefused: nothing of it was applied; the refusal is on record.
        TooLarge: more bytes than any batch may have.

    """
    try:
        bounded(body)
        posted = decode_posted(body)
        reach("receive.read")
        with store.act(Actor("partner", posted.batch.statement.sender), PURPOSE) as s:
            receipt = take_in(s, home, posted)
            reach("receive.applied")
        reach("receive.committed")
        return msgspec.json.encode(receipt)
    except (EnvelopeRefused, TooLarge) as error:
        remember(home, store, error)
        raise


def bounded(body: bytes) -> None:
    """Refuse a body that no batch can have, before it is read.

    Raises:
        TooLarge: it is longer.

    """
    if len(body) > MAX_BODY:
        raise TooLarge(f"at most {MAX_BODY} bytes")


def take_in(s: Session, home: NodeHome, posted: Posted, *, told: bool = True) -> Receipt:
    """Check a batch, let each envelope take effect once, and give its receipt.

    Args:
        s: the transaction that holds all of it.
        home: this node.
        posted: the batch with its parts.
        told: False if the receipt is still to be handed over to the partner.

    Raises:
        EnvelopeRefused: something about the batch does not hold; nothing of it was applied.

    """
    statement = posted.batch.statement
    partner = partners.ensure(s, home)
    if partner is None or statement.sender != partner:
        raise EnvelopeRefused("this node has no such partner")
    # Whoever else takes in this batch waits until our transaction is over, and looks then.
    s.later("SELECT pg_advisory_xact_lock(hashtextextended('batch:' || :batch, 0))",
            batch=statement.id)  # fmt: skip
    asked = _before(s, statement, [e.header.id for e in posted.batch.envelopes])
    partners.look_up(s, partner, (e.header.agreement for e in posted.batch.envelopes))
    headers = open_batch(
        posted.batch, sender=partner, receiver=home.node_id, now=s.now,
        verify=keys.verifier(keys.pinned(s, partner)),
    )  # fmt: skip
    _check_parts(headers, posted)
    before = msgspec.convert(asked.first(), _Before)
    if before.root is not None:
        if before.root != statement.root:
            raise EnvelopeRefused("another batch had this id", batch=statement.id)
        return msgspec.convert(before.receipt, Receipt)
    known = {row.envelope: row for row in before.known}
    applied = apply_all(s, home, partner, headers, known, posted.parts)
    receipt = seal_receipt(statement, applied.rows, s.now, keys.signer(home))
    _write(s, receipt, applied, told=told)
    rows = msgspec.to_builtins(receipt.statement.rows)
    s.leaf("received", statement.id, {"partner": partner, "root": statement.root, "rows": rows})
    if partners.heard(s, partner):
        s.notify("exchange")
    return receipt


class _Before(msgspec.Struct, frozen=True):
    """What was here before: the batch itself, or envelopes of it in other batches."""

    root: str | None
    receipt: dict[str, Any] | None
    known: list[ReceiptRow]


def _before(s: Session, statement: BatchStatement, envelopes: list[str]) -> Ahead:
    return s.ahead(
        "SELECT b.root, b.receipt, (SELECT coalesce(jsonb_agg(jsonb_build_object('envelope', i.id,"
        " 'outcome', i.outcome, 'code', i.code)), '[]') FROM exchange.inbox i"
        " WHERE i.partner = :partner AND i.id = ANY(:ids)) AS known FROM (SELECT) one"
        " LEFT JOIN exchange.batch_in b ON b.partner = :partner AND b.id = :id",
        partner=statement.sender, id=statement.id, ids=envelopes,
    )  # fmt: skip


_COLUMNS = (
    "id, partner, batch, agreement, subject, sequence, header, received_at, outcome, code, record"
)


def _write(s: Session, receipt: Receipt, applied: Applied, *, told: bool) -> None:
    """Keep the receipt, and what became of each envelope, in one statement."""
    statement = receipt.statement
    rows = [
        {
            "id": h.id, "partner": statement.sender, "batch": statement.batch,
            "agreement": h.agreement, "subject": h.subject, "sequence": h.sequence, "header": h,
            "received_at": s.now, "outcome": e.outcome, "code": e.code, "record": e.record,
        }
        for h, e in applied.done
    ]  # fmt: skip
    s.later(
        f"WITH inbox AS (INSERT INTO exchange.inbox ({_COLUMNS}) SELECT {_COLUMNS} FROM"
        " json_populate_recordset(NULL::exchange.inbox, :rows))"
        " INSERT INTO exchange.batch_in (id, partner, root, size, received_at, receipt, told)"
        " VALUES (:id, :partner, :root, :size, :now, :receipt, :told)",
        rows=msgspec.json.encode(rows).decode(),
        id=statement.batch,
        partner=statement.sender,
        root=statement.root,
        size=len(statement.rows),
        now=s.now,
        receipt=msgspec.json.encode(receipt).decode(),
        told=told,
    )


def _check_parts(headers: Sequence[Header], posted: Posted) -> None:
    """Every part is the one that was signed; else it was damaged on the way and comes again."""
    for header in headers:
        if len(header.parts) != 1 or header.parts[0].size > LARGEST:
            raise EnvelopeRefused("an envelope has one part of bounded size", envelope=header.id)
        check_part(header.parts[0], posted.parts.get(header.parts[0].sha256, b""))

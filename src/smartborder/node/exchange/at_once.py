"""A question answered while somebody waits: one call, three commits, nothing less kept.

The question's transaction also makes its batch; the partner's transaction applies it and makes
the batch of its answers, which comes back with the receipt; our last transaction keeps both.
Whatever fails on the way, the batches stay on both sides and go the ordinary way a moment later,
where each is applied once. What crosses is what the gate computed, here as everywhere.
"""

from collections.abc import Sequence

import msgspec

from smartborder.agreements.envelope import check_receipt
from smartborder.kernel.errors import SmartborderError
from smartborder.model.exchange import Batch, EnvelopeRefused, Receipt
from smartborder.node.exchange import batching, inbox, keys, partners
from smartborder.node.exchange.delivery import PURPOSE, settle
from smartborder.node.exchange.line import line_to
from smartborder.node.exchange.refusals import remember
from smartborder.node.exchange.transport import PartnerRefused, PartnerUnreachable, Transport
from smartborder.node.exchange.wire import (
    QUERY_PATH,
    RECEIPTS_PATH,
    Posted,
    Replied,
    decode_posted,
    decode_receipts,
    decode_replied,
)
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Actor, Session, Store

_MOST_RECEIPTS = 500


class Prepared(msgspec.Struct, frozen=True):
    """A batch made in the question's own transaction."""

    batch: Batch
    body: bytes


def prepare(s: Session, home: NodeHome, envelopes: Sequence[str]) -> Prepared | None:
    """Make the batch of these questions; None while the partner's key is not known."""
    partner = partners.state(s, home.partner.node_id if home.partner else "")
    made = batching.query_batch(s, home, partner, envelopes)
    return Prepared(*made) if made else None


def exchange(home: NodeHome, store: Store, prepared: Prepared | None,
             transport: Transport | None = None) -> bool:  # fmt: skip
    """Post the questions and keep the answers; False if that is left to the ordinary way."""
    if prepared is None or home.partner is None:
        return False
    line = transport or line_to(home)
    try:
        replied = decode_replied(line.post(QUERY_PATH, prepared.body))
        with store.act(Actor("partner", home.partner.node_id), PURPOSE) as s:
            if replied.answers is not None:
                inbox.take_in(s, home, replied.answers, told=False)
            verify = keys.verifier(keys.pinned(s, home.partner.node_id))
            check_receipt(replied.receipt, prepared.batch, verify)
            settle(s, prepared.batch, replied.receipt)
            partners.reached(s, home.partner.node_id)
    except SmartborderError as error:
        if isinstance(error, EnvelopeRefused):
            remember(home, store, error)
        return False
    return replied.answers is not None


def receive(home: NodeHome, store: Store, body: bytes) -> bytes:
    """The partner's questions in, receipt and answers out.

    Raises:
        EnvelopeRefused: nothing of it was applied; the refusal is on record.
        TooLarge: more bytes than any batch may have.

    """
    try:
        inbox.bounded(body)
        posted = decode_posted(body)
        with store.act(Actor("partner", posted.batch.statement.sender), PURPOSE) as s:
            receipt = inbox.take_in(s, home, posted)
            answers = _answers(s, home, posted)
            return msgspec.json.encode(Replied(receipt=receipt, answers=answers))
    except (EnvelopeRefused, inbox.TooLarge) as error:
        remember(home, store, error)
        raise


def _answers(s: Session, home: NodeHome, posted: Posted) -> Posted | None:
    asked = [e.header.id for e in posted.batch.envelopes]
    partner = partners.state(s, posted.batch.statement.sender)
    made = batching.query_batch(s, home, partner, asked)
    return decode_posted(made[1]) if made else None


def hand_over(home: NodeHome, store: Store, transport: Transport) -> int:
    """Hand over the receipts of answers that came back at once; how many.

    A partner that is down is told later: its batches stay unreceipted, which loses nothing.
    """
    if home.partner is None:
        return 0
    with store.act(Actor("system", "exchange"), PURPOSE) as s:
        rows = s.rows(
            "SELECT id, receipt FROM exchange.batch_in WHERE partner = :p AND NOT told"
            " ORDER BY id LIMIT :most",
            p=home.partner.node_id,
            most=_MOST_RECEIPTS,
        )
    if not rows:
        return 0
    receipts = [msgspec.convert(r["receipt"], Receipt) for r in rows]
    try:
        transport.post(RECEIPTS_PATH, msgspec.json.encode(receipts))
    except (PartnerUnreachable, PartnerRefused):
        return 0
    with store.act(Actor("system", "exchange"), PURPOSE) as s:
        s.run("UPDATE exchange.batch_in SET told = true WHERE partner = :p AND id = ANY(:ids)",
              p=home.partner.node_id, ids=[r["id"] for r in rows])  # fmt: skip
    return len(rows)


def receive_receipts(home: NodeHome, store: Store, body: bytes) -> bytes:
    """Settle the batches whose receipts the partner hands over.

    Raises:
        EnvelopeRefused: a receipt is not the partner's, or answers no batch of ours.

    """
    try:
        receipts = decode_receipts(body)
        with store.act(Actor("partner", home.partner.node_id if home.partner else "?"),
                       PURPOSE) as s:  # fmt: skip
            verify = keys.verifier(keys.pinned(s, home.partner.node_id if home.partner else ""))
            for receipt in receipts:
                row = s.first("SELECT batch FROM exchange.batch_out WHERE id = :id AND partner"
                              " = :p", id=receipt.statement.batch,
                              p=receipt.statement.receiver)  # fmt: skip
                if row is None:
                    raise EnvelopeRefused("a receipt for nothing we sent")
                batch = batching.kept(row)
                check_receipt(receipt, batch, verify)
                settle(s, batch, receipt)
        return b"{}"
    except EnvelopeRefused as error:
        remember(home, store, error)
        raise

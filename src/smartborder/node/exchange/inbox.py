"""Receiving: everything is checked, each envelope takes effect exactly once, a receipt answers.

One transaction holds the batch, the effects of its envelopes, their ledger leaves and the
receipt. A batch that comes again is answered with the receipt of the first time.
"""

from collections.abc import Sequence

import msgspec

from smartborder.agreements.envelope import check_part, open_batch, seal_receipt
from smartborder.kernel.errors import LimitError
from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused, Header, Receipt
from smartborder.node.exchange import keys, partners
from smartborder.node.exchange.applying import apply_all
from smartborder.node.exchange.refusals import remember
from smartborder.node.exchange.sealing import LARGEST
from smartborder.node.exchange.wire import MAX_BODY, Posted, decode_posted
from smartborder.node.failpoints import reach
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Actor, Session, Store

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
    headers = open_batch(
        posted.batch, sender=partner, receiver=home.node_id, now=s.now,
        verify=keys.verifier(keys.pinned(s, partner)),
    )  # fmt: skip
    _check_parts(headers, posted)
    s.run("SELECT pg_advisory_xact_lock(hashtextextended(:b, 0))", b=f"batch:{statement.id}")
    before = s.first(
        "SELECT root, receipt FROM exchange.batch_in WHERE partner = :p AND id = :id",
        p=partner,
        id=statement.id,
    )
    if before is not None:
        if before["root"] != statement.root:
            raise EnvelopeRefused("another batch had this id", batch=statement.id)
        return msgspec.convert(before["receipt"], Receipt)
    rows = apply_all(s, home, partner, statement.id, headers, posted.parts)
    receipt = seal_receipt(statement, rows, s.now, keys.signer(home))
    s.run(
        "INSERT INTO exchange.batch_in (id, partner, root, size, received_at, receipt, told)"
        " VALUES (:id, :partner, :root, :size, :now, :receipt, :told)",
        id=statement.id,
        partner=partner,
        root=statement.root,
        size=statement.size,
        now=s.now,
        receipt=msgspec.json.encode(receipt).decode(),
        told=told,
    )
    s.leaf("received", statement.id, {"partner": partner, "root": statement.root,
                                      "rows": msgspec.to_builtins(rows)})  # fmt: skip
    partners.heard(s, partner)
    s.notify("exchange")
    return receipt


def _check_parts(headers: Sequence[Header], posted: Posted) -> None:
    """Every part is the one that was signed; else it was damaged on the way and comes again."""
    for header in headers:
        if len(header.parts) != 1 or header.parts[0].size > LARGEST:
            raise EnvelopeRefused("an envelope has one part of bounded size", envelope=header.id)
        check_part(header.parts[0], posted.parts.get(header.parts[0].sha256, b""))

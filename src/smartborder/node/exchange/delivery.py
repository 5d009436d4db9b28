"""Sending what is due: hello, batch, receipt; a partner that is down costs nothing but time."""

import msgspec

from smartborder.agreements.envelope import check_receipt
from smartborder.kernel.canonical import canonical
from smartborder.kernel.errors import SmartborderError
from smartborder.model.exchange import Batch, Receipt
from smartborder.node.exchange import batching, keys, partners
from smartborder.node.exchange.hello import HELLO_EVERY, read_answer, say, sized
from smartborder.node.exchange.outbox import skip_ahead
from smartborder.node.exchange.transport import Transport
from smartborder.node.exchange.wire import BATCH_PATH, HELLO_PATH, decode_receipt
from smartborder.node.failpoints import reach
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Session, Store

PURPOSE = "exchange"
_MOST_BATCHES = 20
OUT_OF_SERIES = "exchange.out-of-series"
"""The partner has later envelopes than we remember: we were restored from a backup."""
_STATES = {"applied": "applied", "held": "held", "refused": "dead"}


def send_due(home: NodeHome, store: Store, transport: Transport) -> int:
    """Say hello if it is time, then send batch after batch; how many envelopes were receipted.

    Never raises for what the partner or the line does: it is recorded and tried again later.
    """
    done = 0
    try:
        if not _ready(home, store, transport):
            return 0
        with store.act(SYSTEM, PURPOSE) as s:
            found = batching.next_batch(s, home, _partner(s, home))
            late = batching.overdue(s, _partner(s, home).node_id)
        for left in reversed(range(_MOST_BATCHES)):
            if found is None:
                break
            size = found[0].statement.size
            found = _send(home, store, transport, *found, go_on=left > 0)
            done += size
        for batch, body in late:
            _send(home, store, transport, batch, body, go_on=False)
            done += batch.statement.size
    except SmartborderError as error:
        if home.partner is not None:
            with store.act(SYSTEM, PURPOSE) as s:
                partners.failed(s, home.partner.node_id, error.code)
    return done


def _partner(s: Session, home: NodeHome) -> partners.PartnerState:
    return partners.state(s, home.partner.node_id if home.partner else "")


def _ready(home: NodeHome, store: Store, transport: Transport) -> bool:
    """Whether the partner may be tried now and answered a hello lately."""
    with store.act(SYSTEM, PURPOSE) as s:
        if partners.ensure(s, home) is None:
            return False
        partner = _partner(s, home)
        if not partners.due(s, partner):
            return False
        lately = partner.hello_at is not None and abs(s.now - partner.hello_at) < HELLO_EVERY
        if lately and partner.encryption_key is not None and not partner.failures:
            return True
        question = say(s, home, partner.node_id)
    answer = transport.post(HELLO_PATH, sized(question))
    with store.act(SYSTEM, PURPOSE) as s:
        read_answer(s, home, question, answer)
        partners.greeted(s, partner.node_id)
    return True


def _send(home: NodeHome, store: Store, transport: Transport, batch: Batch, body: bytes, *,
          go_on: bool) -> tuple[Batch, bytes] | None:  # fmt: skip
    """Post a batch and settle it; in the same transaction, if wanted, make the next one."""
    reach("send.batch-made")
    answer = transport.post(BATCH_PATH, body)
    reach("send.posted")
    with store.act(SYSTEM, PURPOSE) as s:
        receipt = decode_receipt(answer)
        check_receipt(receipt, batch, keys.verifier(keys.pinned(s, batch.statement.receiver)))
        settle(s, batch, receipt)
        partners.reached(s, batch.statement.receiver)
        after = batching.next_batch(s, home, _partner(s, home)) if go_on else None
        reach("send.settling")
    reach("send.settled")
    return after


def settle(s: Session, batch: Batch, receipt: Receipt) -> None:
    """Write down what the partner's counter-signed receipt says of each envelope."""
    rows = receipt.statement.rows
    fresh = s.first(
        "WITH fresh AS (UPDATE exchange.batch_out SET receipt = :receipt, receipted_at = :now,"
        " body = NULL WHERE id = :batch AND receipted_at IS NULL RETURNING id),"
        " settled AS (UPDATE exchange.outbox o SET state = x.state, code = x.code,"
        " settled_at = :now, payload = CASE WHEN x.state = 'dead' THEN payload END FROM fresh,"
        " unnest(CAST(:ids AS text[]), CAST(:states AS text[]), CAST(:codes AS text[]))"
        " AS x(id, state, code) WHERE o.id = x.id AND o.batch = fresh.id) SELECT id FROM fresh",
        ids=[r.envelope for r in rows], states=[_STATES[r.outcome] for r in rows],
        codes=[r.code for r in rows], now=s.now, batch=batch.statement.id,
        receipt=msgspec.json.encode(receipt).decode(),
    )  # fmt: skip
    if fresh is None:
        return
    for row in receipt.statement.rows:
        if row.code == OUT_OF_SERIES:
            skip_ahead(s, row.envelope)
    s.leaf("receipt", batch.statement.id, {"receipt": canonical(receipt).decode()})
    s.notify("exchange")

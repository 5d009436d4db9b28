"""'I am here': said on a fixed schedule, so that silence means something and volume tells nothing.

It carries the key that parts are sealed with and the head of the ledger, which the other side
counter-signs: from then on neither can deny or quietly change what its ledger held.
"""

from datetime import datetime, timedelta

import msgspec

from smartborder.kernel.canonical import canonical
from smartborder.model.exchange import (
    ACCEPTED_SCHEMAS,
    MAX_CLOCK_SKEW_SECONDS,
    EnvelopeRefused,
)
from smartborder.node.exchange import keys, partners, step
from smartborder.node.exchange.refusals import remember
from smartborder.node.exchange.wire import Hello, HelloStatement, decode_hello
from smartborder.node.home import NodeHome
from smartborder.node.ledger import heads
from smartborder.node.store.session import SYSTEM, Session, Store

HELLO_EVERY = timedelta(seconds=10)
SIZE = 12_288
"""Bytes of every hello and every answer: room for the proof of a ledger of 2**63 entries."""
_SKEW = timedelta(seconds=MAX_CLOCK_SKEW_SECONDS)


def say(
    s: Session, home: NodeHome, partner: str, *, answering: HelloStatement | None = None
) -> Hello:
    """A signed hello to ``partner``; as an answer it counter-signs what was said to us."""
    size, root = heads.current(s)
    since, proof = heads.since_last(s, partner, size)
    key = keys.encryption_key(home).as_dict(private=False)
    statement = HelloStatement(
        sender=home.node_id,
        receiver=partner,
        at=s.now,
        encryption_key={k: str(v) for k, v in key.items()},
        ledger_size=size,
        ledger_root=root.hex(),
        since=since,
        proof=tuple(step_.hex() for step_ in proof),
        shared=step.shared(s, partner),
        holds=step.holds(s, partner),
        reads=ACCEPTED_SCHEMAS,
    )
    sign = keys.signer(home)
    return Hello(
        statement=statement,
        signature=sign(canonical(statement)),
        countersignature=sign(canonical(answering)) if answering else None,
    )


def sized(hello: Hello) -> bytes:
    """A hello as JSON of one size (RFC 8259 section 2), whatever the ledger and its proof are."""
    return msgspec.json.encode(hello).ljust(SIZE, b" ")


def receive(home: NodeHome, store: Store, body: bytes) -> bytes:
    """The answer to a partner's hello.

    Raises:
        EnvelopeRefused: it is not from the partner, or its clock is wrong.

    """
    try:
        said = decode_hello(body)
        with store.act(SYSTEM, "exchange") as s:
            partner = partners.ensure(s, home)
            if partner is None or said.statement.sender != partner:
                raise EnvelopeRefused("this node has no such partner")
            _accept(s, home, said, partner)
            if partners.heard(s, partner):
                s.notify("exchange")
            return sized(say(s, home, partner, answering=said.statement))
    except (EnvelopeRefused, heads.HeadsDisagree) as error:
        remember(home, store, error)
        raise


def read_answer(s: Session, home: NodeHome, question: Hello, body: bytes) -> None:
    """Take in the partner's answer to our hello: its key, its head, its counter-signature.

    Raises:
        EnvelopeRefused: it is not the partner's answer to this question.

    """
    answer = decode_hello(body)
    partner = question.statement.receiver
    if answer.statement.sender != partner:
        raise EnvelopeRefused("somebody else answered")
    _accept(s, home, answer, partner)
    verify = keys.verifier(keys.pinned(s, partner))
    if not verify(canonical(question.statement), answer.countersignature or ""):
        raise EnvelopeRefused("the counter-signature is not the partner's")
    heads.keep_countersigned(
        s, question.statement.ledger_size, bytes.fromhex(question.statement.ledger_root),
        partner, msgspec.to_builtins(answer), msgspec.to_builtins(question),
    )  # fmt: skip


def _accept(s: Session, home: NodeHome, hello: Hello, partner: str) -> None:
    statement = hello.statement
    if statement.receiver != home.node_id:
        raise EnvelopeRefused("the hello is for somebody else")
    if not keys.verifier(keys.pinned(s, partner))(canonical(statement), hello.signature):
        raise EnvelopeRefused("the signature is not the partner's")
    if abs(_utc(statement.at) - s.now) > _SKEW:
        raise EnvelopeRefused("the clocks of the two nodes differ by more than two minutes")
    key = statement.encryption_key
    if key.get("crv") != "X25519" or "d" in key:
        raise EnvelopeRefused("the encryption key is no public X25519 key")
    s.run(
        "UPDATE exchange.partner SET encryption_key = :key, reads = :reads WHERE node_id = :id AND"
        " (encryption_key, reads) IS DISTINCT FROM (CAST(:key AS jsonb), CAST(:reads AS int[]))",
        key=msgspec.json.encode(key).decode(),
        reads=list(statement.reads)[:8],
        id=partner,
    )
    s.known.pop(("partner", partner), None)
    heads.keep_theirs(s, partner, statement.ledger_size, statement.ledger_root,
                      msgspec.to_builtins(hello), statement.since, statement.proof)  # fmt: skip
    step.compare(s, home, partner, statement.holds)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise EnvelopeRefused("at needs its offset from UTC")
    return at

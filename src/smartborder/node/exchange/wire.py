"""The bodies that nodes post to each other, as JSON (parts in base64)."""

from datetime import datetime
from typing import TypeVar

import msgspec

from smartborder.model.exchange import Batch, EnvelopeRefused, Receipt

T = TypeVar("T")
MAX_BODY = 8_000_000
"""Bytes of a posted body; a larger one is refused before it is read."""
BATCH_PATH = "/exchange/v1/batch"
HELLO_PATH = "/exchange/v1/hello"
QUERY_PATH = "/exchange/v1/query"
RECEIPTS_PATH = "/exchange/v1/receipts"
PRINTS_KEY_PATH = "/exchange/v1/prints/key"
PRINTS_PATH = "/exchange/v1/prints"


class Posted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A signed batch with the sealed parts that its headers name by hash."""

    batch: Batch
    parts: dict[str, bytes]


class Replied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer to questions posted at once: their receipt, and the batch of answers.

    ``answers`` is null for questions that came before: their answers come the ordinary way.
    """

    receipt: Receipt
    answers: Posted | None


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A signed statement of a direct call, and the sealed bytes that it names by hash."""

    statement: dict[str, str]
    part: bytes
    signature: str


class HelloStatement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """'I am here': what a node says of itself, on a fixed schedule, whatever the volume.

    Attributes:
        encryption_key: public X25519 key (JWK) that parts for this node are sealed with.
        ledger_size, ledger_root: the head of its ledger, to be counter-signed.
        since, proof: an earlier head by its size, and the RFC 6962 consistency proof that this
            one begins with it.
        shared, holds: hashes of the look-outs and sealed notices it shared and of those it holds of
            the other side.
        reads: the envelope schemas it reads.

    """

    sender: str
    receiver: str
    at: datetime
    encryption_key: dict[str, str]
    ledger_size: int
    ledger_root: str
    since: int
    proof: tuple[str, ...]
    shared: str
    holds: str
    reads: tuple[int, ...] = (1,)


class Hello(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A signed statement; in an answer also the signature over the asker's statement."""

    statement: HelloStatement
    signature: str
    countersignature: str | None = None


def decode_posted(body: bytes) -> Posted:
    """A posted batch.

    Raises:
        EnvelopeRefused: too large, or not one.

    """
    return _decode(body, Posted, "not a batch of envelopes")


def decode_receipt(body: bytes) -> Receipt:
    """A receipt.

    Raises:
        EnvelopeRefused: if it is none.

    """
    return _decode(body, Receipt, "not a receipt")


def decode_receipts(body: bytes) -> tuple[Receipt, ...]:
    """Receipts handed over together.

    Raises:
        EnvelopeRefused: if they are none.

    """
    return _decode(body, tuple[Receipt, ...], "not receipts")


def decode_replied(body: bytes) -> Replied:
    """The answer to questions posted at once.

    Raises:
        EnvelopeRefused: if it is none.

    """
    return _decode(body, Replied, "not an answer to questions")


def decode_signed(body: bytes) -> Signed:
    """A signed statement with its part.

    Raises:
        EnvelopeRefused: if it is none.

    """
    return _decode(body, Signed, "not a signed statement")


def decode_hello(body: bytes) -> Hello:
    """A hello or its answer.

    Raises:
        EnvelopeRefused: if it is none.

    """
    return _decode(body, Hello, "not a hello")


def _decode(body: bytes, kind: type[T], otherwise: str) -> T:
    if len(body) > MAX_BODY:
        raise EnvelopeRefused(f"a body has at most {MAX_BODY} bytes")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise EnvelopeRefused(otherwise) from error

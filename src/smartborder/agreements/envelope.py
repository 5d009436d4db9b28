"""Seals and opens batches of envelopes. Pure: keys stay with the caller, who passes functions.

The order of checks when opening is fixed: shape, addressee, clock, signature, every path. Only
then are parts compared with their hashes. Nothing is returned unless everything holds.
"""

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec

from smartborder.kernel import merkle
from smartborder.kernel.canonical import canonical, sha256_hex
from smartborder.model.exchange import (
    MAX_BATCH,
    MAX_CLOCK_SKEW_SECONDS,
    Batch,
    BatchStatement,
    Envelope,
    EnvelopeRefused,
    Header,
    Part,
    Receipt,
    ReceiptRow,
    ReceiptStatement,
)

Sign = Callable[[bytes], str]
"""Signs bytes and gives a detached signature as text (JWS with detached content)."""
Verify = Callable[[bytes, str], bool]
"""True if the text is the expected party's signature over the bytes."""


def pseudonym(pair_key: bytes, agreement: str, subject: str) -> str:
    """The name of ``subject`` towards one partner under one agreement, 32 hex digits.

    HMAC-SHA-256 under a key of the pair; without it nobody can link two partners' names.
    """
    message = canonical([agreement, subject])
    return hmac.new(pair_key, message, "sha256").hexdigest()[:32]


def describe_part(name: str, media_type: str, data: bytes, *, transient: bool = False) -> Part:
    """The header's line about a part whose bytes on the wire are ``data``."""
    return Part(
        name=name,
        media_type=media_type,
        sha256=sha256_hex(data),
        size=len(data),
        transient=transient,
    )


def check_part(part: Part, data: bytes) -> None:
    """Compare a received part with the header's line about it.

    Raises:
        EnvelopeRefused: if a single bit differs.

    """
    if len(data) != part.size or not hmac.compare_digest(sha256_hex(data), part.sha256):
        raise EnvelopeRefused("a part is not the one that was signed", part=part.name)


def header_hash(header: Header) -> bytes:
    """The Merkle leaf of an envelope: the hash of its canonical header, as its schema has it."""
    if header.schema > 1:
        return merkle.leaf_hash(canonical(header))
    plain = msgspec.to_builtins(header)
    del plain["asks"]
    return merkle.leaf_hash(canonical(plain))


def seal_batch(batch_id: str, headers: Sequence[Header], made_at: datetime, sign: Sign) -> Batch:
    """Put envelopes for one partner under one signature.

    Raises:
        EnvelopeRefused: for none, for more than 100, or for more than one pair of parties.

    """
    if not 1 <= len(headers) <= MAX_BATCH:
        raise EnvelopeRefused(f"a batch holds 1 to {MAX_BATCH} envelopes", batch=batch_id)
    sender, receiver = headers[0].sender, headers[0].receiver
    if any((h.sender, h.receiver) != (sender, receiver) for h in headers):
        raise EnvelopeRefused("a batch is from one party to one other", batch=batch_id)
    node = merkle.memory_nodes(header_hash(header) for header in headers)
    size = len(headers)
    statement = BatchStatement(
        id=batch_id,
        sender=sender,
        receiver=receiver,
        size=size,
        root=merkle.root(size, node).hex(),
        made_at=made_at,
    )
    return Batch(
        statement=statement,
        signature=sign(canonical(statement)),
        envelopes=tuple(
            Envelope(
                header=header,
                index=index,
                path=tuple(step.hex() for step in merkle.inclusion_proof(index, size, node)),
            )
            for index, header in enumerate(headers)
        ),
    )


def decode_batch(data: bytes, max_bytes: int = 4_000_000) -> Batch:
    """A batch from its JSON.

    Raises:
        EnvelopeRefused: if it is too large or not a batch; unknown keys are refused too.

    """
    if len(data) > max_bytes:
        raise EnvelopeRefused(f"a batch has at most {max_bytes} bytes")
    try:
        return msgspec.json.decode(data, type=Batch)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise EnvelopeRefused("not a batch of envelopes") from error


def open_batch(
    batch: Batch, *, sender: str, receiver: str, now: datetime, verify: Verify
) -> tuple[Header, ...]:
    """The headers of a received batch, once everything about it holds.

    Args:
        batch: as received.
        sender: the partner it must come from.
        receiver: this node's own country.
        now: this node's present instant.
        verify: checks a signature of ``sender``'s pinned keys.

    Raises:
        EnvelopeRefused: with what does not hold; nothing of the batch may then be applied.

    """
    statement = batch.statement
    place = {"batch": statement.id}
    if (statement.sender, statement.receiver) != (sender, receiver):
        raise EnvelopeRefused("the batch is not from this partner to this node", **place)
    if not 1 <= statement.size <= MAX_BATCH or statement.size != len(batch.envelopes):
        raise EnvelopeRefused("the batch does not hold what it says", **place)
    if statement.made_at.tzinfo is None:
        raise EnvelopeRefused("made_at needs its offset from UTC", **place)
    if statement.made_at - now > timedelta(seconds=MAX_CLOCK_SKEW_SECONDS):
        raise EnvelopeRefused("the partner's clock is more than two minutes ahead", **place)
    if not verify(canonical(statement), batch.signature):
        raise EnvelopeRefused("the signature is not the partner's", **place)
    for index, envelope in enumerate(batch.envelopes):
        if envelope.index != index or not envelope_in_batch(envelope, statement):
            raise EnvelopeRefused("an envelope is not the one that was signed", **place)
        if (envelope.header.sender, envelope.header.receiver) != (sender, receiver):
            raise EnvelopeRefused("an envelope is for somebody else", **place)
    return tuple(envelope.header for envelope in batch.envelopes)


def envelope_in_batch(envelope: Envelope, statement: BatchStatement) -> bool:
    """True if this one envelope, taken alone, is proved by the signed statement."""
    try:
        path = [_hash(step) for step in envelope.path]
        expected = _hash(statement.root)
    except ValueError:
        return False
    leaf = header_hash(envelope.header)
    return merkle.verify_inclusion(envelope.index, statement.size, leaf, path, expected)


def _hash(text: str) -> bytes:
    """A hash from 64 lower-case hex digits; any other spelling of it is refused."""
    value = bytes.fromhex(text)
    if len(value) != 32 or value.hex() != text:
        raise ValueError("not a hash")
    return value


def seal_receipt(
    statement: BatchStatement, rows: Sequence[ReceiptRow], received_at: datetime, sign: Sign
) -> Receipt:
    """The receiver's counter-signature over a batch and what became of each envelope.

    Raises:
        EnvelopeRefused: unless there is one row for each envelope.

    """
    if len(rows) != statement.size:
        raise EnvelopeRefused("a receipt has one row for each envelope", batch=statement.id)
    mine = ReceiptStatement(
        batch=statement.id,
        root=statement.root,
        sender=statement.sender,
        receiver=statement.receiver,
        received_at=received_at,
        rows=tuple(rows),
    )
    return Receipt(statement=mine, signature=sign(canonical(mine)))


def check_receipt(receipt: Receipt, batch: Batch, verify: Verify) -> None:
    """Make sure that a receipt answers ``batch``, row by row, under the partner's signature.

    Raises:
        EnvelopeRefused: if it is forged or answers something else.

    """
    told, sent = receipt.statement, batch.statement
    same = (told.batch, told.root, told.sender, told.receiver) == (
        sent.id, sent.root, sent.sender, sent.receiver,
    )  # fmt: skip
    ids = [envelope.header.id for envelope in batch.envelopes]
    if not same or [row.envelope for row in told.rows] != ids:
        raise EnvelopeRefused("the receipt answers something else", batch=sent.id)
    if not verify(canonical(told), receipt.signature):
        raise EnvelopeRefused("the receipt's signature is not the partner's", batch=sent.id)

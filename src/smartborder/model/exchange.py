"""What crosses between two nodes: envelopes in signed batches, and the receipts that answer.

An envelope is a header that anybody on the way may read, and parts that only the receiver can.
The header names each part by its hash, the batch binds every header by a Merkle root, and one
signature covers the batch. Nothing in a header is personal: the subject is a pairwise
pseudonym, and parts are padded so that their size tells nothing.
"""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.agreement import Channel, Stage

SCHEMA = 2
"""The schema this version writes: since 2 a question names what it asks for."""
ACCEPTED_SCHEMAS = (SCHEMA, SCHEMA - 1)
"""The schemas it reads: its own and the one before."""
MAX_BATCH = 100
MAX_PARTS = 8
MAX_ASKS = 64
MAX_CLOCK_SKEW_SECONDS = 120

EnvelopeKind = Literal[
    "disclosure", "question", "correction", "withdrawal", "destruction", "notice"
]
EnvelopeOutcome = Literal["applied", "held", "refused"]


class EnvelopeRefused(InputError):
    """A message from a partner that cannot be what it says: nothing of it is applied."""

    code = "exchange.envelope-refused"
    title = Text("Message from the partner refused", "Message du partenaire refusé")
    status = 422


class CustodyTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What the receiver owes; the same for every answer to the same question.

    Attributes:
        duties: obligation codes of the agreement, in its order.
        retain_days, retain_years: how long the receiver may keep it; the earlier one governs;
            both None where only its own law sets a limit.
        stops_on_use: True where use for a decision about the person stops destruction.

    """

    duties: tuple[str, ...] = ()
    retain_days: int | None = None
    retain_years: int | None = None
    stops_on_use: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One encrypted part, as bytes on the wire.

    Attributes:
        name: what it is (``record``, ``photo``); fixed by the question, not by the answer.
        sha256: hash of the bytes on the wire, 64 hex digits.
        size: their length, always a size class plus what encryption adds.
        transient: True if it is never persisted in clear and its key dies after use.

    """

    name: str
    media_type: str
    sha256: str
    size: int
    transient: bool = False


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The readable part of an envelope.

    Attributes:
        schema: version of this shape.
        id: the envelope's own id; the same id is applied once.
        kind: what the receiver does with it.
        sender, receiver: countries (ISO 3166 alpha-3).
        agreement, agreement_version, agreement_digest: the document both sides attested.
        subject: pairwise pseudonym; two partners never see the same one.
        sequence: position in the series for (agreement, subject), from 1.
        in_reply_to: the envelope this answers, if any.
        asks: the fields that a question asks for; they follow from the question alone and are
            not personal (schema 2; always empty under schema 1).

    """

    schema: int = SCHEMA
    id: str
    kind: EnvelopeKind
    sender: str
    receiver: str
    agreement: str
    agreement_version: int
    agreement_digest: str
    channel: Channel
    stage: Stage
    purpose: str
    caveats: tuple[str, ...] = ()
    custody: CustodyTerms
    subject: str
    sequence: int
    in_reply_to: str | None = None
    sent_at: datetime
    parts: tuple[Part, ...]
    asks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no node of this version can act on."""
        if self.schema not in ACCEPTED_SCHEMAS:
            raise EnvelopeRefused(f"schema {self.schema} is not read here", envelope=self.id)
        if self.schema < 2 and self.asks:
            raise EnvelopeRefused("schema 1 has no asks", envelope=self.id)
        if len(self.asks) > MAX_ASKS or len(set(self.asks)) != len(self.asks):
            raise EnvelopeRefused(f"asks are at most {MAX_ASKS} different fields",
                                  envelope=self.id)  # fmt: skip
        if self.sequence < 1:
            raise EnvelopeRefused("a sequence starts at 1", envelope=self.id)
        if self.sent_at.tzinfo is None:
            raise EnvelopeRefused("sent_at needs its offset from UTC", envelope=self.id)
        if len(self.parts) > MAX_PARTS:
            raise EnvelopeRefused(f"more than {MAX_PARTS} parts", envelope=self.id)
        if len({part.name for part in self.parts}) != len(self.parts):
            raise EnvelopeRefused("two parts have the same name", envelope=self.id)


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A header and its place in the signed batch: index and Merkle path (hex, leaf upwards)."""

    header: Header
    index: int
    path: tuple[str, ...]


class BatchStatement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sender signs: one root over all headers of the batch."""

    id: str
    sender: str
    receiver: str
    size: int
    root: str
    made_at: datetime


class Batch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Up to 100 envelopes under one signature (detached, over the canonical statement)."""

    statement: BatchStatement
    signature: str
    envelopes: tuple[Envelope, ...]


class ReceiptRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of one envelope. ``code`` names a fault of the message, never a reason of law."""

    envelope: str
    outcome: EnvelopeOutcome
    code: str | None = None


class ReceiptStatement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the receiver signs: the same root, and what became of each envelope."""

    batch: str
    root: str
    sender: str
    receiver: str
    received_at: datetime
    rows: tuple[ReceiptRow, ...]


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The counter-signature of a batch: after it neither side can deny the exchange."""

    statement: ReceiptStatement
    signature: str

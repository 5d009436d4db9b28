"""From outbox to wire: up to 100 envelopes under one signature, kept until receipted."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from smartborder.agreements.envelope import describe_part, seal_batch
from smartborder.model.exchange import (
    ACCEPTED_SCHEMAS,
    MAX_BATCH,
    SCHEMA,
    Batch,
    CustodyTerms,
    Header,
    Part,
)
from smartborder.node.exchange import keys
from smartborder.node.exchange.partners import PartnerState
from smartborder.node.exchange.wire import Posted
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Row, Session

PART = "record"
MEDIA_TYPE = "application/jose"
_MOST_BYTES = 4_000_000
_COLUMNS = (
    "id, partner, kind, agreement, agreement_version, agreement_digest, channel, stage, purpose,"
    " caveats, custody, subject, sequence, in_reply_to, asks, payload"
)
OVERDUE = timedelta(seconds=3)
"""After this long a batch that went at once is sent again like any other."""


def next_batch(s: Session, home: NodeHome, partner: PartnerState) -> tuple[Batch, bytes] | None:
    """The batch to send now and its bytes: the one still unanswered, else a new one.

    A batch keeps its bytes until it is receipted, so that a repetition is the same batch.
    """
    s.run("SELECT pg_advisory_xact_lock(hashtextextended('exchange-send:' || :p, 0))",
          p=partner.node_id)  # fmt: skip
    waiting = s.first(
        "SELECT batch, body FROM exchange.batch_out WHERE partner = :p AND receipted_at IS NULL"
        " AND lane = 'main'",
        p=partner.node_id,
    )
    if waiting is not None:
        return kept(waiting), bytes(waiting["body"])
    rows = s.rows(
        f"SELECT {_COLUMNS} FROM exchange.outbox WHERE partner = :p AND state = 'waiting'"
        " ORDER BY n LIMIT :most",
        p=partner.node_id,
        most=MAX_BATCH,
    )
    if not rows or partner.encryption_key is None:
        return None
    return _make(s, home, partner, rows)


def query_batch(s: Session, home: NodeHome, partner: PartnerState,
                envelopes: Sequence[str]) -> tuple[Batch, bytes] | None:  # fmt: skip
    """A batch of its own for these questions, or the answers to these, that somebody waits for."""
    if not envelopes or partner.encryption_key is None:
        return None
    rows = s.rows(
        f"SELECT {_COLUMNS} FROM exchange.outbox WHERE (id = ANY(:ids) OR in_reply_to = ANY(:ids)"
        " AND asks = '{}') AND partner = :p AND state = 'waiting' ORDER BY n LIMIT :most"
        " FOR UPDATE",
        ids=list(envelopes),
        p=partner.node_id,
        most=MAX_BATCH,
    )
    return _make(s, home, partner, rows, "query") if rows else None


def overdue(s: Session, partner: str) -> list[tuple[Batch, bytes]]:
    """Batches that went at once and were not receipted soon: they go again the ordinary way."""
    rows = s.rows(
        "SELECT batch, body FROM exchange.batch_out WHERE partner = :p AND receipted_at IS NULL"
        " AND lane = 'query' AND made_at < :before ORDER BY made_at LIMIT 100",
        p=partner,
        before=s.now - OVERDUE,
    )
    return [(kept(r), bytes(r["body"])) for r in rows]


def kept(row: Row) -> Batch:
    """A batch as it was signed and written down."""
    return msgspec.json.decode(row["batch"], type=Batch)


def _make(s: Session, home: NodeHome, partner: PartnerState, rows: list[Row],
          lane: str = "main") -> tuple[Batch, bytes]:  # fmt: skip
    seal = keys.sealer(partner.encryption_key or {})
    schema = max(set(partner.reads) & set(ACCEPTED_SCHEMAS), default=SCHEMA)
    headers: list[Header] = []
    parts: dict[str, bytes] = {}
    size = 0
    for row in rows:
        sealed = seal(bytes(row["payload"]))
        if headers and size + len(sealed) > _MOST_BYTES:
            break
        size += len(sealed)
        part = describe_part(PART, MEDIA_TYPE, sealed)
        parts[part.sha256] = sealed
        headers.append(_header(s, home, row, part, schema))
    record = s.new_id("batch")
    batch = seal_batch(record, headers, s.now, keys.signer(home))
    body = msgspec.json.encode(Posted(batch=batch, parts=parts))
    s.later(
        "WITH made AS (INSERT INTO exchange.batch_out (id, partner, made_at, body, batch, lane)"
        " VALUES (:id, :partner, :now, :body, :batch, :lane))"
        " UPDATE exchange.outbox SET state = 'sent', batch = :id WHERE id = ANY(:ids)",
        id=record,
        partner=partner.node_id,
        now=s.now,
        body=body,
        batch=msgspec.json.encode(batch),
        lane=lane,
        ids=[h.id for h in headers],
    )
    return batch, body


def _header(s: Session, home: NodeHome, row: Row, part: Part, schema: int) -> Header:
    return Header(
        schema=schema,
        id=row["id"],
        kind=row["kind"],
        sender=home.node_id,
        receiver=row["partner"],
        agreement=row["agreement"],
        agreement_version=row["agreement_version"],
        agreement_digest=row["agreement_digest"],
        channel=row["channel"],
        stage=row["stage"],
        purpose=row["purpose"],
        caveats=tuple(row["caveats"]),
        custody=msgspec.convert(row["custody"], CustodyTerms),
        subject=row["subject"],
        sequence=row["sequence"],
        in_reply_to=row["in_reply_to"],
        sent_at=s.now,
        parts=(part,),
        asks=tuple(row["asks"]),
    )

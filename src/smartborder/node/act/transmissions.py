"""Transmissions: what arrived as one body, its receipt, its raw bytes in custody, its state."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from smartborder.model.reason import Finding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.custody import raw
from smartborder.node.jobs.defer import defer as defer_job
from smartborder.node.node import Node
from smartborder.node.store.session import Session


def open_(s: Session, node: Node, client: ReportingClient, data: bytes, sha256: bytes, kind: str,
          channel: str, delivery: str) -> str:  # fmt: skip
    """Record a transmission and put its bytes into custody; the id is the receipt."""
    record = s.new_id("transmission")
    s.later(
        "INSERT INTO act.transmission (id, channel, client, mode, received_at, size, sha256,"
        " kind, delivery, state) VALUES (:id, :channel, :client, :mode, :now, :size, :sha256,"
        " :kind, :delivery, 'received')",
        id=record,
        channel=channel,
        client=client.id,
        mode=client.mode,
        now=s.now,
        size=len(data),
        sha256=sha256,
        kind=kind,
        delivery=delivery,
    )
    keep_for = node.pack.retention["raw-message" if client.mode == "live" else "test-message"]
    raw.keep(
        s,
        node.data_key,
        record,
        data,
        source=f"client:{client.id}",
        purpose=s.purpose,
        delete_by=s.now + timedelta(days=keep_for.days),
    )
    return record


def defer(s: Session, record: str) -> None:
    """Queue a batch transmission for the worker, in this transaction."""
    defer_job(s, "process_transmission", transmission=record)


def close(s: Session, record: str, state: str, findings: Sequence[Finding]) -> None:
    """Set the state a transmission came to, with everything noticed in it."""
    s.later(
        "UPDATE act.transmission SET state = :state, findings = :findings, answered_at = :now"
        " WHERE id = :id",
        id=record,
        state=state,
        findings=msgspec.json.encode(findings).decode(),
        now=s.now,
    )

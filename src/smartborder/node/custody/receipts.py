"""Receipts of destruction that partners sent, and those we owe: for screens."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from smartborder.node.store.session import Session


class ReceiptOfDestruction(msgspec.Struct, frozen=True, kw_only=True):
    """One record that is gone at the other side (``in``) or here (``out``)."""

    way: str
    record: str
    version: int | None
    partner: str
    destroyed_at: datetime


def none_of(record: str) -> str:
    """SQL: no partner certified that it destroyed ``record``, a column of ours.

    Whoever destroyed its copy when its terms ran out is not given it again by itself.
    """
    return f"NOT EXISTS (SELECT FROM custody.receipt c WHERE c.way = 'in' AND c.record = {record})"


def of_record(s: Session, record: str) -> list[ReceiptOfDestruction]:
    """Receipts about a record, newest first."""
    rows = s.rows(
        "SELECT way, record, version, partner, destroyed_at FROM custody.receipt"
        " WHERE record = :record ORDER BY destroyed_at DESC",
        record=record,
    )
    return [msgspec.convert(r, ReceiptOfDestruction) for r in rows]


def lately(s: Session, most: int = 50, *,
           hidden: Collection[str] = ()) -> list[ReceiptOfDestruction]:  # fmt: skip
    """The newest receipts of both ways, none of ``hidden`` records."""
    rows = s.rows(
        "SELECT way, record, version, partner, destroyed_at FROM custody.receipt"
        " WHERE record <> ALL(:hidden) ORDER BY destroyed_at DESC, id DESC LIMIT :most",
        most=most,
        hidden=list(hidden),
    )
    return [msgspec.convert(r, ReceiptOfDestruction) for r in rows]

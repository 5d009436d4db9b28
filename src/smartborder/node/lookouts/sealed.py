"""What a look-out says, as it lies in the database: sealed under a key of its own."""

from collections.abc import Iterable

import msgspec

from smartborder.model.lookout import Lookout
from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.store.session import Row, Session

SEALED = SealedField("lookouts.lookout.lookout")
KEPT = (
    "SELECT l.id, l.lookout, l.created_by, l.approved_by, l.lapsed_at, k.wrapped"
    " FROM lookouts.lookout l JOIN custody.record_key k ON k.id = l.id"
)
"""Rows with what opens them; a condition on ``l`` follows."""


def said(s: Session, row: Row) -> Lookout:
    """What a row of :data:`KEPT` says."""
    return msgspec.convert(SEALED.said(s, row), Lookout)


def by_id(s: Session, ids: Iterable[str]) -> dict[str, Lookout]:
    """Current versions of those of ``ids`` that are held."""
    rows = s.rows(f"{KEPT} WHERE l.id = ANY(:ids) AND l.current", ids=list(ids))
    return {row["id"]: said(s, row) for row in rows}

"""What a hit says, as it lies in the database: sealed, for it repeats what a partner gave us.

The name on the entry and the comparisons are under a key of the hit's own. Once they must go, the
hit keeps that there was one, when, and what was decided.
"""

from collections.abc import Sequence

import msgspec

from smartborder.model.reason import Reason
from smartborder.model.screening import Hit
from smartborder.node.custody import record_keys
from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.store.session import Row, Session

SEALED = SealedField("act.hit.said")
KEY = "LEFT JOIN custody.record_key k ON k.id = h.id"
"""What opens the rows of ``act.hit h``; ``k.wrapped`` goes with them."""


class Said(msgspec.Struct, frozen=True):
    """The name on the entry that was met, why it was met, and what would change the score."""

    name: str = ""
    reasons: tuple[Reason, ...] = ()
    would_change: tuple[Reason, ...] = ()


def kept(s: Session, record: str, hit: Hit) -> bytes:
    """What a new hit keeps."""
    (key,) = record_keys.make(s, [record])
    return SEALED.seal(key, record, Said(hit.name, hit.reasons, hit.would_change))


def said(s: Session, row: Row) -> Said:
    """What a row says that has ``id``, ``said`` and ``wrapped``; nothing once that had to go."""
    if row["wrapped"] is None or row["said"] is None:
        return Said()
    return msgspec.convert(SEALED.said(s, row), Said)


def empty(s: Session, hits: Sequence[str]) -> None:
    """Destroy what hits say."""
    s.run("UPDATE act.hit SET said = NULL WHERE id = ANY(:ids)", ids=list(hits))
    record_keys.destroy(s, hits)

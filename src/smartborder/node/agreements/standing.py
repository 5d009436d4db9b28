"""Which agreements stand: both sides attested the same document and neither suspended it."""

from typing import Literal

import msgspec

from smartborder.agreements import Compiled, lifecycle
from smartborder.model.exchange import EnvelopeKind
from smartborder.node.store.session import Session

State = Literal["in-force", "suspended", "terminated"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one agreement at this node."""

    agreement: str
    state: State
    by: str


def may_cross(s: Session, compiled: Compiled, kind: EnvelopeKind) -> bool:
    """Whether an envelope of ``kind`` may go under the agreement now.

    An agreement that nobody suspended stands as shipped; its dates are judged by the
    agreement itself. Corrections, withdrawals, destruction and notices outlive a suspension.
    """
    found = s.value(
        "SELECT state FROM agreements.standing WHERE agreement = :id ORDER BY n DESC LIMIT 1",
        id=compiled.id,
    )
    now = lifecycle.Standing(
        state=found or "in-force", version=compiled.version, digest=compiled.digest
    )
    return lifecycle.may_send(now, kind)


def set_state(s: Session, agreement: str, state: State, why: str) -> None:
    """Record a new state; the one before it stays on record."""
    by = f"{s.actor.kind}:{s.actor.id}"
    s.run(
        "INSERT INTO agreements.standing (agreement, state, by, why, at)"
        " VALUES (:agreement, :state, :by, :why, :now)",
        agreement=agreement,
        state=state,
        by=by,
        why=why,
        now=s.now,
    )
    s.leaf("agreement", agreement, {"state": state, "by": by})
    s.notify("exchange")

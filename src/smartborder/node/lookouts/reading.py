"""Look-outs as screens and commands show them; every read of one is audited."""

from datetime import datetime

import msgspec

from smartborder.model.lookout import Lookout
from smartborder.node.lookouts.keeping import Kept, current, kept
from smartborder.node.lookouts.sealed import KEPT
from smartborder.node.store.session import Session

_LISTED = 200


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A look-out that waits for a second person."""

    id: str
    what: str
    lookout: Lookout
    proposed_by: str
    proposed_at: datetime


def listed(s: Session, *, ended: bool = False, originator: str | None = None) -> list[Kept]:
    """Current look-outs, newest first; those that ended instead with ``ended``.

    Args:
        s: the reader's transaction.
        ended: withdrawn and lapsed ones.
        originator: only those of one country (ISO alpha-3).

    """
    state = "IS NOT NULL" if ended else "IS NULL"
    rows = s.rows(
        f"{KEPT} WHERE l.current AND coalesce(l.withdrawn_at, l.lapsed_at) {state}"
        " AND (CAST(:originator AS text) IS NULL OR l.originator = :originator)"
        " ORDER BY l.id DESC LIMIT :limit",
        originator=originator,
        limit=_LISTED,
    )
    s.saw("lookout", [r["id"] for r in rows], "list")
    return [kept(s, r) for r in rows]


def one(s: Session, lookout_id: str) -> Kept:
    """One look-out as it stands.

    Raises:
        NotFound: if there is none of that id.

    """
    found = current(s, lookout_id)
    s.saw("lookout", [lookout_id])
    return found


def versions(s: Session, lookout_id: str) -> list[Kept]:
    """All versions, newest first, side by side."""
    rows = s.rows(f"{KEPT} WHERE l.id = :id ORDER BY l.version DESC", id=lookout_id)
    s.saw("lookout", [lookout_id], "versions")
    return [kept(s, r) for r in rows]


def proposals(s: Session, lookout_id: str | None = None) -> list[Proposal]:
    """What waits for a second person, oldest first."""
    rows = s.rows(
        "SELECT id, what, lookout, proposed_by, proposed_at FROM lookouts.proposal"
        " WHERE decision IS NULL AND (CAST(:id AS text) IS NULL OR lookout_id = :id)"
        " ORDER BY proposed_at",
        id=lookout_id,
    )
    s.saw("lookout-proposal", [r["id"] for r in rows])
    return [msgspec.convert(r, Proposal) for r in rows]


def owner(s: Session, lookout_id: str) -> str | None:
    """User id of the officer who made the look-out; None for the partner's."""
    by: str | None = s.value(
        "SELECT created_by FROM lookouts.lookout WHERE id = :id AND version = 1", id=lookout_id
    )
    return by.removeprefix("officer:") if by and by.startswith("officer:") else None

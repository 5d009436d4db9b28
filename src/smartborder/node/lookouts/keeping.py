"""Look-out records: versions side by side, exactly one of them current; each lies sealed."""

from datetime import datetime

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.model.lookout import Lookout
from smartborder.node.custody import record_keys
from smartborder.node.lookouts import changes
from smartborder.node.lookouts.in_memory import entry_id
from smartborder.node.lookouts.sealed import KEPT, SEALED, said
from smartborder.node.store.session import Row, Session

PURPOSE = "lookouts"


class NotInForce(StateError):
    """The look-out was withdrawn or has lapsed; make a new one instead."""

    code = "lookout.not-in-force"
    title = Text("The look-out is no longer in force", "Le signalement n'est plus en vigueur")


class ChangedMeanwhile(StateError):
    """Somebody else changed the look-out since it was opened: look at it again, then repeat."""

    code = "lookout.changed-meanwhile"
    title = Text("Changed by somebody else meanwhile", "Modifié entre-temps par quelqu'un d'autre")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A current look-out with what the store knows about it."""

    lookout: Lookout
    created_by: str
    approved_by: str | None
    lapsed_at: datetime | None

    @property
    def in_force(self) -> bool:
        """True while it is neither withdrawn nor lapsed."""
        return self.lookout.withdrawn_at is None and self.lapsed_at is None


def current(s: Session, lookout_id: str, *, lock: bool = False) -> Kept:
    """The current version.

    Raises:
        NotFound: if there is no look-out of that id.

    """
    row = s.one(
        f"{KEPT} WHERE l.id = :id AND l.current{' FOR UPDATE OF l' if lock else ''}",
        id=lookout_id,
    )
    return kept(s, row)


def kept(s: Session, row: Row) -> Kept:
    """A row of :data:`~smartborder.node.lookouts.sealed.KEPT`."""
    return Kept(
        lookout=said(s, row),
        created_by=row["created_by"],
        approved_by=row["approved_by"],
        lapsed_at=row["lapsed_at"],
    )


def open_current(s: Session, lookout_id: str, expected: int | None = None) -> Kept:
    """The current version, locked for a change.

    Raises:
        NotFound: if there is no look-out of that id.
        NotInForce: if it was withdrawn or has lapsed.
        ChangedMeanwhile: if ``expected`` is given and is no longer the current version.

    """
    found = current(s, lookout_id, lock=True)
    if not found.in_force:
        raise NotInForce("withdrawn or lapsed", id=lookout_id)
    if expected is not None and expected != found.lookout.version:
        raise ChangedMeanwhile("open it again", id=lookout_id)
    return found


def put(s: Session, lookout: Lookout, what: str, *, created_by: str, approved_by: str | None,
        source: str) -> None:  # fmt: skip
    """Make ``lookout`` the current version: row, ledger leaf and recheck in this transaction."""
    # Its key may be here before it: it was made after a backup that was restored.
    key = record_keys.of(s, lookout.id)
    s.later("UPDATE lookouts.lookout SET current = false WHERE id = :id AND current", id=lookout.id)
    s.later(
        "INSERT INTO lookouts.lookout (id, version, lookout, originator, source, agreement,"
        " instruction, review_by, created_at, created_by, withdrawn_at, current, approved_by)"
        " VALUES (:id, :version, :lookout, :originator, :source, :agreement, :instruction,"
        " :review_by, :now, :by, :withdrawn_at, true, :approved_by)",
        id=lookout.id,
        version=lookout.version,
        lookout=SEALED.seal(key, lookout.id, lookout),
        originator=lookout.originator,
        source=source,
        agreement=lookout.agreement,
        instruction=lookout.instruction,
        review_by=lookout.review_by,
        now=s.now,
        by=created_by,
        withdrawn_at=lookout.withdrawn_at,
        approved_by=approved_by,
    )
    s.leaf("lookout", lookout.id, {"what": what, "lookout": msgspec.to_builtins(lookout)})
    changes.note(s, "lookouts", what, entry_id(lookout.id))

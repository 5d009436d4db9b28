"""How far the screening of stored records is, for screens."""

from datetime import datetime

import msgspec

from smartborder.node.store.session import Session


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run: changed entries, stored records, how many of these were screened, hits queued."""

    entries: int
    stored: int
    screened: int
    hits: int
    began_at: datetime
    moved_at: datetime
    done_at: datetime | None


def last(s: Session) -> Run | None:
    """The newest run that had anything to screen."""
    row = s.first(
        "SELECT entries, stored, screened, hits, began_at, moved_at, done_at"
        " FROM lookouts.rescreen WHERE stored > 0 AND entries > 0 ORDER BY up_to DESC LIMIT 1"
    )
    return msgspec.convert(row, Run) if row else None

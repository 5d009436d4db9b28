"""One entry that meets many people: its open hits together, each to be looked at before it goes.

Several hits may be cleared with one reason only by whoever opened the panel of each of them after
it was found. The proof is the audit register itself: opening a panel is a read like any other.
What is held, protective, silent or a matter of safety is decided one by one, in its own case.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.store.session import Session

MOST = 50
"""Hits of one entry shown together; the next ones come when these are decided."""
SEEN_AS = "panel"
"""How the audit register calls the opening of a hit's panel."""
_TOGETHER = (
    "h.state = 'open' AND h.instruction = 'board-and-refer' AND h.case_id IS NOT NULL"
    " AND t.mode = 'live'"
)


class PanelNotOpened(StateError):
    """Hits are cleared together only after the panel of each was opened: open it, then repeat."""

    code = "lookout.panel-not-opened"
    title = Text("A panel was not opened", "Un volet n'a pas été ouvert")


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with several open hits."""

    entry: str
    list: str
    hits: int
    oldest: datetime


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """One open hit of an entry; ``opened`` if the reader has looked at its panel."""

    id: str
    case_id: str
    carrier: str
    number: str
    found_at: datetime
    due_at: datetime | None
    opened: bool


def groups(s: Session) -> list[Group]:
    """Entries with two open hits or more, those with most first; nobody is named."""
    rows = s.rows(
        "SELECT h.entry, h.list, count(*) AS hits, min(h.found_at) AS oldest FROM act.hit h"
        f" JOIN act.traveller t ON t.id = h.traveller WHERE {_TOGETHER}"
        " GROUP BY h.entry, h.list HAVING count(*) > 1 ORDER BY 3 DESC, 1 LIMIT 100"
    )
    return [msgspec.convert(r, Group) for r in rows]


def of_entry(s: Session, entry: str) -> list[Open]:
    """The open hits of one entry, least time left first; nobody is named."""
    rows = s.rows(
        "SELECT h.id, h.case_id, f.carrier, f.number, h.found_at, c.due_at,"
        f" {_OPENED} AS opened FROM act.hit h JOIN act.traveller t ON t.id = h.traveller"
        " JOIN act.flight f ON f.id = t.flight JOIN act.case_file c ON c.id = h.case_id"
        f" WHERE {_TOGETHER} AND h.entry = :entry ORDER BY c.due_at NULLS LAST, h.id LIMIT :most",
        entry=entry, me=s.actor.id, seen_as=SEEN_AS, most=MOST,
    )  # fmt: skip
    return [msgspec.convert(r, Open) for r in rows]


def opened(s: Session, hit: str) -> None:
    """The reader opens the panel of a hit."""
    s.saw("hit", [hit], SEEN_AS)


def require_opened(s: Session, hits: Sequence[str]) -> None:
    """Refuse to clear hits together unless the reader opened each, and each may be decided so.

    Raises:
        PanelNotOpened: for the first that was not opened since it was found, or is no longer
            among those that may be decided together.

    """
    rows = s.rows(
        "SELECT h.id FROM act.hit h JOIN act.traveller t ON t.id = h.traveller"
        f" WHERE {_TOGETHER} AND {_OPENED} AND h.id = ANY(:hits)",
        hits=list(hits), me=s.actor.id, seen_as=SEEN_AS,
    )  # fmt: skip
    ready = {r["id"] for r in rows}
    for hit in hits:
        if hit not in ready:
            raise PanelNotOpened("open its panel and look at it first", hit=hit)


_OPENED = (
    "EXISTS (SELECT FROM audit.seen a WHERE a.record = h.id AND a.kind = 'hit'"
    " AND a.what = :seen_as AND a.actor = :me AND a.at >= h.found_at)"
)

"""What stands beside advance notices: who may open them, until when, and who did. Never a content.

The audit of openings serves to trace a leak (listing-advance-notice LN-5).
"""

from datetime import datetime

import msgspec

from smartborder.node.custody import embargo
from smartborder.node.home import NodeHome
from smartborder.node.store.session import NotFound, Row, Session


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """One notice as its outside shows it.

    Attributes:
        way: ``own`` or ``received``.
        withdrawn_at: when it was withdrawn, and what it said was destroyed here.
        withdrawn_by: who withdrew it, an officer of ours or the partner.
        receipt_at: when the partner destroyed it, by its receipt; of a received one when ours says.
        sees: the agreement lets whoever asks know of it, beyond the audit of its openings.
        opens: the agreement lets whoever asks open it now.
        withdraws: whoever asks may withdraw it now.
        openings: how often it was opened at this node.
        tries: how often somebody who was not named tried to.

    """

    id: str
    way: str
    originator: str
    named: tuple[str, ...]
    made_at: datetime
    release_at: datetime
    released_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    receipt_at: datetime | None
    sees: bool
    opens: bool
    withdraws: bool
    openings: int
    tries: int


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """Who opened a notice, or tried to, and when: one line of the leak audit."""

    officer: str
    at: datetime
    opened: bool


def announced(s: Session, home: NodeHome, *, audits: bool = False,
              record: str | None = None) -> list[Announced]:  # fmt: skip
    """Notices under embargo first, then those released; or the one ``record``.

    They are those that whoever asks may open now, could see when they were withdrawn, or has made;
    all, for one who ``audits`` them. To everybody else a sealed notice does not exist, before it
    is withdrawn or after.
    """
    rows = s.rows(
        "SELECT n.*, count(o.id) FILTER (WHERE o.opened) AS openings,"
        " count(o.id) FILTER (WHERE NOT o.opened) AS tries, (SELECT max(r.destroyed_at)"
        " FROM custody.receipt r WHERE r.record = n.id"
        " AND r.way = CASE n.way WHEN 'own' THEN 'in' ELSE 'out' END) AS receipt_at"
        " FROM custody.notice n LEFT JOIN custody.opening o ON o.notice = n.id"
        " WHERE CAST(:record AS text) IS NULL OR n.id = :record"
        " GROUP BY n.id ORDER BY n.released_at IS NOT NULL OR n.withdrawn_at IS NOT NULL,"
        " n.release_at DESC LIMIT 100",
        record=record,
    )
    asked = [(row, embargo.may_see(s, home, row)) for row in rows]
    return [_announced(s, row, sees=sees) for row, sees in asked
            if sees or audits or _made(s, row)]  # fmt: skip


def _announced(s: Session, row: Row, *, sees: bool) -> Announced:
    opens = sees and row["withdrawn_at"] is None
    withdraws = opens and row["way"] == "own" and s.now < row["release_at"]
    can = {"sees": sees, "opens": opens, "withdraws": withdraws}
    return msgspec.convert({**row, **can}, Announced)


def hidden(s: Session, home: NodeHome, *, audits: bool = False) -> frozenset[str]:
    """Records that do not exist for whoever asks: notices never released that name others.

    None for one who ``audits`` them.
    """
    if audits:
        return frozenset()
    rows = s.rows("SELECT * FROM custody.notice WHERE released_at IS NULL")
    return frozenset(
        row["id"] for row in rows if not (_made(s, row) or embargo.may_see(s, home, row))
    )


def _made(s: Session, row: Row) -> bool:
    return bool(row["made_by"] == s.actor.label)


def openings(s: Session, record: str) -> list[Opening]:
    """Who opened a notice or tried to, when.

    Raises:
        NotFound: there is no such notice.

    """
    if not s.value("SELECT 1 FROM custody.notice WHERE id = :id", id=record):
        raise NotFound("no such notice")
    rows = s.rows("SELECT officer, at, opened FROM custody.opening WHERE notice = :id ORDER BY at,"
                  " id", id=record)  # fmt: skip
    return [msgspec.convert(r, Opening) for r in rows]

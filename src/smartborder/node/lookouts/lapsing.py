"""Look-outs lapse on their review date unless somebody reviewed them."""

from smartborder.node.lookouts import changes
from smartborder.node.lookouts.in_memory import entry_id
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.node.lookouts.withdrawing import withdraw_hits
from smartborder.node.store.session import SYSTEM, Store

_AT_ONCE = 200


def lapse(store: Store) -> int:
    """End every look-out whose review date has come; how many there were.

    A look-out in force until its review date is no longer in force on that date.
    """
    with store.act(SYSTEM, PURPOSE) as s:
        rows = s.rows(
            "SELECT id FROM lookouts.lookout WHERE current AND withdrawn_at IS NULL"
            " AND lapsed_at IS NULL AND review_by <= :today ORDER BY id LIMIT :limit"
            " FOR UPDATE SKIP LOCKED",
            today=s.now.date(),
            limit=_AT_ONCE,
        )
        for row in rows:
            s.run(
                "UPDATE lookouts.lookout SET lapsed_at = :now WHERE id = :id AND current",
                id=row["id"],
                now=s.now,
            )
            s.leaf("lookout", row["id"], {"what": "lapsed"})
            withdraw_hits(s, entry_id(row["id"]))
            changes.note(s, "lookouts", "lapsed", entry_id(row["id"]))
        return len(rows)

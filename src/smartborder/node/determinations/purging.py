"""The purge of determinations: on its delete-by date a file goes whole, every proof still holds.

A file on which something was recorded or decided in the last year waits until that year has
passed: the person may still contest it. Afterwards facts, interview, proposals and decisions are
gone, their salts with them; that something was kept, and was destroyed, stays.
"""

from datetime import timedelta

from smartborder.node.custody.destroying import destroyed, forget_salts
from smartborder.node.determinations.keeping import PURPOSE, keep_rule
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Session

AFTER = timedelta(days=365)
"""Nothing is destroyed sooner than this after the last thing done on the file."""
_AT_ONCE = 200


def purge(node: Node) -> int:
    """Destroy the files that are due; how many went."""
    total = 0
    while True:
        with node.store.act(SYSTEM, PURPOSE) as s:
            done = _some(s, keep_rule(node.pack).citation)
        total += done
        if done < _AT_ONCE:
            return total


def _some(s: Session, rule: str) -> int:
    rows = s.rows(
        "SELECT f.id FROM determinations.file f WHERE f.delete_by <= :now"
        " AND NOT EXISTS (SELECT FROM determinations.version v WHERE v.file = f.id"
        " AND v.made_at > :recent)"
        " AND NOT EXISTS (SELECT FROM determinations.event e WHERE e.file = f.id"
        " AND e.at > :recent)"
        " AND NOT EXISTS (SELECT FROM determinations.decision d WHERE d.file = f.id"
        " AND d.at > :recent)"
        f" ORDER BY f.delete_by, f.id LIMIT {_AT_ONCE}",
        now=s.now, recent=s.now - AFTER,
    )  # fmt: skip
    due = [str(r["id"]) for r in rows]
    if not due:
        return 0
    gone: list[str] = []
    for table in ("decision", "event", "version"):
        found = s.rows(
            f"DELETE FROM determinations.{table} WHERE file = ANY(:due) RETURNING id", due=due
        )
        gone += [str(r["id"]) for r in found]
    s.run("DELETE FROM determinations.file WHERE id = ANY(:due)", due=due)
    forget_salts(s, gone)
    destroyed(s, "determination", due, rule)
    return len(due)

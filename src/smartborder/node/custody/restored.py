"""After a restore: what was destroyed since the backup has no key any more, and goes again.

The rows come back with the backup and open for nobody. They are deleted and entered in the
register of destructions, for the register's own lines are as old as the backup.
"""

from collections.abc import Sequence

from smartborder.node.custody import notice_ending
from smartborder.node.custody.destroying import destroyed
from smartborder.node.custody.holdings import HOLDINGS
from smartborder.node.store.session import Session

PURPOSE = "custody"
RULE = "destroyed after the backup that was restored: its key is gone"
_NO_KEY = "NOT EXISTS (SELECT FROM custody.record_key k WHERE k.id = x.id)"
_NO_ANSWER_KEY = "NOT EXISTS (SELECT FROM custody.record_key k WHERE k.id = x.answer_key)"


def destroy_again(s: Session) -> int:
    """Delete what nothing opens any more, with what derives from it; how many records."""
    lookouts = _ids(s, f"SELECT DISTINCT x.id FROM lookouts.lookout x WHERE {_NO_KEY}")
    HOLDINGS["lookout"].destroy(s, lookouts)
    count = _noted(s, "lookout", lookouts)
    for table in ("exchange.crossing", "exchange.encounter", "exchange.query", "exchange.request"):
        gone = _ids(s, f"DELETE FROM {table} x WHERE {_NO_KEY} RETURNING x.id")
        count += _noted(s, table.partition(".")[2], gone)
    for table in ("exchange.query", "exchange.request"):
        emptied = _ids(s, f"UPDATE {table} x SET answer = NULL WHERE x.answer IS NOT NULL"
                          f" AND {_NO_ANSWER_KEY} RETURNING x.id")  # fmt: skip
        count += _noted(s, "answer", emptied)
    hits = _ids(s, "UPDATE act.hit x SET said = NULL WHERE x.said IS NOT NULL"
                   f" AND {_NO_KEY} RETURNING x.id")  # fmt: skip
    return count + _noted(s, "hit", hits) + _noted(s, "raw-message", _raw(s))


def _raw(s: Session) -> list[str]:
    gone = _ids(s, "DELETE FROM custody.raw x WHERE NOT EXISTS"
                   " (SELECT FROM custody.key k WHERE k.id = x.id) RETURNING x.id")  # fmt: skip
    s.run("UPDATE act.transmission SET state = 'purged', findings = '[]' WHERE id = ANY(:gone)",
          gone=gone)  # fmt: skip
    notice_ending.end_restored(s)
    return gone


def _ids(s: Session, sql: str) -> list[str]:
    return [str(row["id"]) for row in s.rows(sql)]


def _noted(s: Session, kind: str, gone: Sequence[str]) -> int:
    s.run("DELETE FROM custody.received WHERE record = ANY(:gone)", gone=list(gone))
    destroyed(s, kind, gone, RULE)
    return len(gone)

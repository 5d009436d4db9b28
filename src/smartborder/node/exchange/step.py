"""Keeping in step: each side says by one hash which shared look-outs and notices it holds.

A node restored from yesterday's backup, or a partner that was, has other look-outs and sealed
advance notices than the other side believes. Both notice at the next hello; the originator then
sends everything in force and every recent withdrawal anew, which changes nothing where it is
known already.
"""

from datetime import timedelta

from smartborder.kernel.canonical import sha256_hex
from smartborder.node.custody import receipts
from smartborder.node.exchange import notices_anew
from smartborder.node.exchange.sharing import share_lookout, share_withdrawal
from smartborder.node.home import NodeHome
from smartborder.node.lookouts.keeping import kept
from smartborder.node.lookouts.sealed import KEPT
from smartborder.node.store.session import Row, Session

RECENT = timedelta(days=60)
"""Withdrawals sent anew; longer than any backup is kept."""
NOT_BEFORE = timedelta(minutes=10)
"""Between two times that everything is sent anew."""

_NOT_DESTROYED = receipts.none_of("l.id")
_IN_FORCE = "l.current AND l.withdrawn_at IS NULL AND l.lapsed_at IS NULL AND l.review_by > :today"


def shared(s: Session, partner: str) -> str:
    """The hash of our look-outs in force and sealed notices that the partner has receipted."""
    lookouts = s.rows(
        f"SELECT l.id, l.version FROM lookouts.lookout l WHERE {_IN_FORCE}"
        " AND l.agreement IS NULL AND EXISTS (SELECT FROM exchange.outbox o"
        " WHERE o.record = l.id AND o.partner = :p AND o.kind IN ('disclosure', 'correction')"
        f" AND o.state = 'applied') AND {_NOT_DESTROYED}",
        today=s.now.date(), p=partner,
    )  # fmt: skip
    return _digest([*lookouts, *notices_anew.given(s, partner)])


def holds(s: Session, partner: str) -> str:
    """The hash of the partner's look-outs that are in force here, and notices sealed here."""
    lookouts = s.rows(
        f"SELECT l.id, l.version FROM lookouts.lookout l WHERE {_IN_FORCE}"
        " AND l.agreement IS NOT NULL AND l.originator = :p",
        today=s.now.date(), p=partner,
    )  # fmt: skip
    return _digest([*lookouts, *notices_anew.held(s, partner)])


def compare(s: Session, home: NodeHome, partner: str, theirs: str) -> int:
    """Send everything anew if the partner holds other look-outs than we shared; how many.

    Only if nothing is on its way, only when the difference was there at the hello before too,
    and at most every ten minutes.
    """
    ours = shared(s, partner)
    row = s.one("SELECT out_of_step, reshared_at FROM exchange.partner WHERE node_id = :p",
                p=partner)  # fmt: skip
    busy = s.value("SELECT 1 FROM exchange.outbox WHERE partner = :p"
                   " AND state IN ('waiting', 'sent') LIMIT 1", p=partner)  # fmt: skip
    difference = None if theirs == ours or busy else f"{ours[:16]}/{theirs[:16]}"
    again = difference is not None and difference == row["out_of_step"]
    rested = row["reshared_at"] is None or s.now - row["reshared_at"] > NOT_BEFORE
    send = again and rested
    s.run(
        "UPDATE exchange.partner SET out_of_step = :d, reshared_at = CASE WHEN :send THEN :now"
        " ELSE reshared_at END WHERE node_id = :p AND (:send OR out_of_step IS DISTINCT FROM :d)",
        d=difference,
        send=send,
        now=s.now,
        p=partner,
    )
    return share_all(s, home) if send else 0


def share_all(s: Session, home: NodeHome) -> int:
    """Send every look-out of our own in force, sealed notice, and recent withdrawal; how many."""
    rows = s.rows(
        f"{KEPT} WHERE l.current AND l.agreement IS NULL"
        " AND coalesce(l.withdrawn_at, l.lapsed_at, :now) > :since"
        f" AND (l.withdrawn_at IS NOT NULL OR {_NOT_DESTROYED})"
        " ORDER BY l.id",
        now=s.now,
        since=s.now - RECENT,
    )
    for row in rows:
        found = kept(s, row)
        if found.in_force and found.lookout.review_by > s.now.date():
            share_lookout(s, home, found.lookout)
        elif found.lookout.withdrawn_at is not None:
            share_withdrawal(s, home, found.lookout)
    notices = notices_anew.send(s, home, RECENT)
    s.leaf("shared-anew", home.node_id, {"look-outs": len(rows), "notices": notices})
    return len(rows) + notices


def _digest(rows: list[Row]) -> str:
    lines = sorted({f"{r['id']}:{r['version']}" for r in rows})
    return sha256_hex("\n".join(lines).encode())

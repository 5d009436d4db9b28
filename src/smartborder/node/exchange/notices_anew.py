"""Advance notices in step: a sealed one that a restored node lost comes to it again.

Until its release a notice counts as the first version of the look-out that both sides make of it,
so the instant itself, which comes by two clocks, sets nobody out of step. Its content is opened
for nobody here: it goes through the gate as when it was announced.
"""

from datetime import timedelta

from smartborder.node.custody import embargo, receipts
from smartborder.node.exchange.embargo import announce
from smartborder.node.exchange.notice_withdrawal import tell
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Row, Session

_OURS = (
    f"n.way = 'own' AND {embargo.STANDS} AND {receipts.none_of('n.id')}"
    " AND NOT EXISTS (SELECT FROM exchange.outbox o WHERE o.record = n.id"
    " AND o.kind = 'disclosure' AND o.state = 'dead' AND o.payload IS NOT NULL)"
)
"""Still sealed; neither destroyed by the partner nor refused by it, which is for a person."""


def given(s: Session, partner: str) -> list[Row]:
    """Our sealed notices that the partner has receipted."""
    return s.rows(
        f"SELECT n.id, 1 AS version FROM custody.notice n WHERE {_OURS}"
        " AND EXISTS (SELECT FROM exchange.outbox o WHERE o.record = n.id AND o.partner = :p"
        " AND o.kind = 'disclosure' AND o.state = 'applied')",
        p=partner,
    )


def held(s: Session, partner: str) -> list[Row]:
    """The partner's notices that lie sealed here."""
    return s.rows(
        "SELECT n.id, 1 AS version FROM custody.notice n WHERE n.way = 'received'"
        f" AND n.originator = :p AND {embargo.STANDS}",
        p=partner,
    )


def send(s: Session, home: NodeHome, recent: timedelta) -> int:
    """Send every sealed notice of ours and every ``recent`` withdrawal of one; how many.

    A notice that only seems withdrawn, for a restored node found its sealed copy destroyed after
    its days (:func:`~smartborder.node.custody.notice_ending.end_restored`), ends nothing at the
    partner.
    """
    sealed = s.rows(f"SELECT n.id FROM custody.notice n WHERE {_OURS} ORDER BY n.id")
    for row in sealed:
        announce(s, home, row["id"], embargo.said(s, home.data_key(), row["id"]))
    withdrawn = s.rows(
        "SELECT id, withdrawn_at FROM custody.notice WHERE way = 'own' AND withdrawn_at > :since"
        " AND withdrawn_at < release_at + :sealed_for ORDER BY id",
        since=s.now - recent,
        sealed_for=embargo.SEALED_FOR,
    )
    for row in withdrawn:
        tell(s, home, row["id"], row["withdrawn_at"])
    return len(sealed) + len(withdrawn)

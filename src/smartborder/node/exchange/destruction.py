"""A receipt of destruction: the originator learns that its record is gone, and when.

It carries the record's number and the instant, never what was derived from it or why.
"""

from datetime import datetime

from smartborder import agreements
from smartborder.kernel.time import iso
from smartborder.node.custody.received import Received
from smartborder.node.exchange import gate
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

PURPOSE = "destruction-receipt"
RECEIPT = ("id", "version", "done_at")
OF_A_CASE = {"officer_confirmed": True, "open_case": True}
"""What was received came for the confirmed hit of a case, or without being asked for."""


def certify(s: Session, home: NodeHome, terms: Received, version: int | None = None,
            about: str | None = None, at: datetime | None = None) -> bool:  # fmt: skip
    """Send the originator a receipt in the transaction that destroys; whether one is foreseen.

    Only where the agreement foresees it, and once for each record.

    Args:
        s: the transaction that destroys it.
        home: the node.
        terms: what was destroyed and what was owed.
        version: of the record, where it has one.
        about: the originator's number of what it was about, where ours is another.
        at: when it was destroyed, if that was before.

    """
    document = agreements.load(terms.agreement).document
    if not any(term.code == PURPOSE for term in document.purposes):
        return False
    done_at = at or s.now
    passed = gate.send(s, home, Outgoing(
        kind="destruction", agreement=terms.agreement, channel="push", stage="response",
        purpose=PURPOSE, subject=terms.record, record=terms.record, fields=RECEIPT,
        in_reply_to=terms.envelope, facts=OF_A_CASE,
        values={"id": about or terms.record, "version": version, "done_at": iso(done_at)},
    ))  # fmt: skip
    if passed is None:
        return False
    s.run(
        "INSERT INTO custody.receipt (id, way, record, version, partner, envelope, destroyed_at,"
        " at) VALUES (:id, 'out', :record, :version, :partner, :envelope, :at, :now)"
        " ON CONFLICT (way, partner, record) DO UPDATE SET version = excluded.version,"
        " envelope = excluded.envelope, destroyed_at = excluded.destroyed_at, at = excluded.at",
        id=s.new_id("receipt"),
        record=terms.record,
        version=version,
        partner=terms.partner,
        envelope=passed.envelope,
        at=done_at,
        now=s.now,
    )
    return True

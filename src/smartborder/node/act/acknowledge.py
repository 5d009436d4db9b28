"""A carrier acknowledges an unsolicited message: the escalation stops."""

from smartborder.model.reply import ReplyMessage
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Session


def receive(s: Session, client: ReportingClient, message: ReplyMessage) -> int:
    """Mark the replies that this CUSRES acknowledges; how many there were.

    The carrier echoes our transaction number (RFF+TN), which is the reply's control reference.
    """
    if message.kind != "acknowledgement":
        return 0
    return mark(s, client, message.transaction or message.reference or "")


def mark(s: Session, client: ReportingClient, reference: str) -> int:
    """Mark the reply of that control reference acknowledged; a second time changes nothing."""
    return s.run(
        "UPDATE act.reply SET state = 'acknowledged', acknowledged_at = :now, next_try = NULL"
        " WHERE client = :client AND control_reference = :reference"
        " AND state IN ('awaiting-ack', 'escalated')",
        now=s.now,
        client=client.id,
        reference=reference,
    )

"""A carrier acknowledges an unsolicited message: the escalation stops, and so does the call."""

from smartborder.model.reply import ReplyMessage
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.unsolicited import close_calls
from smartborder.node.store.session import Session


def receive(s: Session, client: ReportingClient, message: ReplyMessage) -> int:
    """Mark the replies that this CUSRES acknowledges; how many there were.

    The carrier echoes our transaction number (RFF+TN), which is the reply's control reference.
    """
    if message.kind != "acknowledgement":
        return 0
    return mark(s, client, message.transaction or message.reference or "")


def mark(s: Session, client: ReportingClient, reference: str, *, how: str = "carrier") -> int:
    """Mark the reply of that control reference acknowledged; a second time changes nothing.

    ``how``: ``carrier`` for the carrier's own system; anything else names who heard it.
    """
    rows = s.rows(
        "UPDATE act.reply SET state = 'acknowledged', acknowledged_at = :now, next_try = NULL"
        " WHERE client = :client AND mode = :mode AND control_reference = :reference"
        " AND state IN ('awaiting-ack', 'escalated') RETURNING id, travellers",
        now=s.now,
        client=client.id,
        mode=client.mode,
        reference=reference,
    )
    for row in rows:
        s.leaf("reply-acknowledged", row["id"], {"how": how})
        close_calls(s, row["travellers"], "done")
    if rows:
        s.notify("carriers")
    return len(rows)

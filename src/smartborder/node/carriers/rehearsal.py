"""A rehearsal of the hardest moment: a reply that changes after it was given. Test traffic only."""

from smartborder.model.reply import ReplyCode
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.carriers.certification import LiveKey
from smartborder.node.node import Node
from smartborder.node.store.session import Session


def change(s: Session, node: Node, client: ReportingClient, reference: str) -> ReplyCode:
    """Change the reply of one's own test traveller with this unique reference (RFF+ABO).

    An OK becomes 'not ok' and the other way round; the code now in force is returned. The
    message waits at ``/v1/replies`` as a real one would.

    Raises:
        LiveKey: the client showed a live key.
        NotFound: it reported no test traveller with that reference.

    """
    if client.mode != "test":
        raise LiveKey("rehearse with a test key")
    row = s.one(
        "SELECT id, reply FROM act.traveller WHERE client = :client AND mode = 'test'"
        " AND reference = :reference ORDER BY id DESC LIMIT 1",
        client=client.id,
        reference=reference,
    )
    code: ReplyCode = "not-ok" if row["reply"] == "ok" else "ok"
    change_reply(s, node, row["id"], code)
    return code

"""``GET /v1/status``: is the node there, are its checks complete, and who am I to it."""

from typing import Any

from litestar import get

from smartborder import __version__
from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import completeness, pushing
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.session import WebRequest, node_of


@get("/v1/status", sync_to_thread=True)
def status(request: WebRequest) -> dict[str, Any]:
    """The state of the node as a carrier's system may know it, with the codes of its replies.

    ``checks_complete`` false means: replies are given all the same, and travellers are checked
    again when what is missing is back.
    """
    client = caller(request)
    node = node_of(request)
    with node.store.act(Actor("client", client.id), PURPOSE) as s:
        now = completeness.state(s, node)
        waiting = s.value(
            "SELECT count(*) FROM act.reply WHERE client = :client AND mode = :mode"
            " AND state IN ('awaiting-ack', 'escalated')",
            client=client.id,
            mode=client.mode,
        )
    return {
        "node": node.home.node_id,
        "country": node.pack.code,
        "version": __version__,
        "now": now.at,
        "up": True,
        "checks_complete": now.complete,
        "last_list_at": now.last_list,
        "edifact_id": node.pack.edifact_id,
        "reply_codes": {row.code: meaning for meaning, row in node.pack.replies.items()},
        "help_desk": node.pack.help_desk,
        "push_key": pushing.public_key(node.home),
        "client": {"id": client.id, "mode": client.mode, "carriers": sorted(client.carriers),
                   "address": client.address, "replies_waiting": waiting},
    }  # fmt: skip

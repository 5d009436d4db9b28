"""Who calls ``/v1``: the key, the limit, and the opened node of this worker."""

from threading import Lock

from smartborder.node.access import clients
from smartborder.node.access.rate import Limiter
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import Actor
from smartborder.programmes.opening import open_node
from smartborder.web.session import WebRequest, home_of, store_of

_lock = Lock()
_VISITOR = Actor("client", "unknown")


def node_of(request: WebRequest) -> Node:
    """The node, opened once per worker: its look-outs are in memory."""
    state = request.app.state
    if "node" not in state:
        with _lock:
            if "node" not in state:
                state["limiter"] = Limiter(home_of(request).web_workers)
                state["node"] = open_node(home_of(request), store=store_of(request))
    node: Node = state["node"]
    return node


def caller(request: WebRequest) -> ReportingClient:
    """The client behind the key of this request, within its limit.

    Raises:
        KeyRefused: no valid key.
        TooFast: the client's limit is used up.
    """
    node = node_of(request)
    with node.store.act(_VISITOR, "access") as s:
        client, mode = clients.identify(s, request.headers.get("authorization"))
        request.app.state["limiter"].take(client.id, client.per_minute, s.now)
    return ReportingClient(
        id=client.id, carriers=client.carriers, mode=mode, address=client.address
    )

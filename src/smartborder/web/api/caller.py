"""Who calls ``/v1``: the key and the limit."""

from smartborder.node.access import clients
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Actor
from smartborder.web.session import WebRequest, node_of

_VISITOR = Actor("client", "unknown")


def caller(request: WebRequest) -> ReportingClient:
    """The client behind the key of this request, within its limit.

    Raises:
        KeyRefused: no valid key.
        TooFast: the client's limit is used up.
    """
    with node_of(request).store.act(_VISITOR, "access") as s:
        client, mode = clients.identify(s, request.headers.get("authorization"))
        request.app.state["limiter"].take(client.id, client.per_minute, s.now)
    return ReportingClient(
        id=client.id, carriers=client.carriers, mode=mode, address=client.address
    )

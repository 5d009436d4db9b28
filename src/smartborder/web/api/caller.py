"""Who calls ``/v1``: the key and the limit."""

from smartborder.node.access import clients
from smartborder.node.access.clients import Client, KeyMode, OtherUse
from smartborder.node.access.roles import Act, may
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Actor
from smartborder.web.session import WebRequest, node_of

_VISITOR = Actor("client", "unknown")


def caller(request: WebRequest) -> ReportingClient:
    """The reporting client behind the key of this request, within its limit.

    Raises:
        KeyRefused: no valid key.
        OtherUse: the key is of a screening system.
        TooFast: the client's limit is used up.
    """
    client, mode = _identified(request)
    if client.roles:
        raise OtherUse("a screening system reports nobody")
    return ReportingClient(
        id=client.id, carriers=client.carriers, mode=mode, address=client.address
    )


def holder(request: WebRequest, act: Act) -> Client:
    """The client behind the key, if the table of roles lets its kind do ``act``.

    Raises:
        KeyRefused, TooFast: as for :func:`caller`.
        OtherUse: the table says no.
    """
    client, _ = _identified(request)
    if not may(client.roles, act):
        raise OtherUse("use a key of a screening system")
    return client


def _identified(request: WebRequest) -> tuple[Client, KeyMode]:
    with node_of(request).store.act(_VISITOR, "access") as s:
        client, mode = clients.identify(s, request.headers.get("authorization"))
        request.app.state["limiter"].take(client.id, client.per_minute, s.now)
    return client, mode

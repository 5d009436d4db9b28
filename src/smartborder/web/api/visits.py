"""``POST /v1/visits``: a link to the carrier's own page, for a person at the carrier."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import post
from litestar.params import QueryParameter

from smartborder.node.access import clients
from smartborder.node.carriers import visits
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, node_of


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Where the page opens, once, and until when."""

    url: str
    expires_at: datetime


@post("/v1/visits", sync_to_thread=True, status_code=201, opt={MACHINE: True})
def link(
    request: WebRequest,
    carrier: Annotated[str | None, QueryParameter(pattern="^[A-Z0-9]{2,3}$")] = None,
) -> Link:
    """A link that opens one's own page once: service, certification, messages in codes.

    A test key makes a link to test traffic, a live key to live traffic. ``carrier`` narrows the
    page to one of the carriers that one reports for.

    Raises:
        NotTheirCarrier: the carrier is not one of them.

    """
    asking = caller(request)
    with node_of(request).store.act(Actor("client", asking.id), "access") as s:
        client = clients.find(s, asking.id)
        token = visits.make_link(s, client, [asking.mode], [carrier] if carrier else [])
        ends = s.now + visits.LINK_LIFE
    return Link(url=f"{request.base_url}{visits.PATH}{token}", expires_at=ends)

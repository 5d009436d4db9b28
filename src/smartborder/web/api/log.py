"""``GET /v1/messages``: a client's own message log, page by page."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import FromQuery, QueryParameter

from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import log
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.session import WebRequest, node_of


@get("/v1/messages", sync_to_thread=True)
def messages(
    request: WebRequest,
    since: FromQuery[datetime | None] = None,
    after: Annotated[str | None, QueryParameter(pattern="^[a-z0-9-]{1,64}$")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=log.MOST)] = log.MOST,
) -> log.Page:
    """One's own transmissions with their messages and findings, oldest first.

    A test key sees test traffic, a live key live traffic. ``next`` of a page is the ``after`` of
    the page that follows.

    Raises:
        BadCursor: ``since`` has no offset.

    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        return log.page(s, client, since=since, after=after, limit=limit)

"""The web application of one node: the shell, every room's pages, the API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router
from sqlalchemy.exc import TimeoutError as PoolTimeout

from smartborder.kernel.errors import SmartborderError
from smartborder.node.access.rate import Limiter
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Store
from smartborder.programmes.opening import open_node
from smartborder.web import errors, live, registry, security
from smartborder.web.api import description
from smartborder.web.shell import look
from smartborder.web.threads import in_thread
from smartborder.web.views import STATIC

WARM = 10.0
"""Seconds that a worker waits at its start for its look-outs; a longer list its questions await."""
LARGEST_BODY = 10_000_000
"""Bytes a request may carry unless its route says otherwise; more is answered with 413."""


def create(home: NodeHome, *, store: Store | None = None) -> Litestar:
    """The application for the node at ``home``.

    Args:
        home: the node; its country picks language order, accent and name.
        store: the node's store, where the caller has one open already.

    """
    node = open_node(home, store=store)
    bell = live.Bell(home.dsn("app"), node.store.time)
    return Litestar(
        route_handlers=[
            live.live,
            look.accent,
            create_static_files_router(
                path="/static", directories=[STATIC], opt={"static": True}, include_in_schema=False
            ),
            *(in_thread(route) for room in registry.rooms() for route in room.routes),
        ],
        state=State(
            {
                "home": home,
                "node": node,
                "store": node.store,
                "bell": bell,
                "limiter": Limiter(home.web_workers),
            }
        ),
        lifespan=[bell.lifespan, _warmed],
        middleware=[security.FormGuard()],
        before_send=[security.add_headers],
        exception_handlers={
            SmartborderError: errors.answer_coded,
            HTTPException: errors.answer_http,
            psycopg.OperationalError: errors.answer_database,
            PoolTimeout: errors.answer_database,
            Exception: errors.answer_fault,
        },
        request_max_body_size=LARGEST_BODY,
        openapi_config=description.CONFIG,
        debug=False,
        logging_config=None,
    )


@asynccontextmanager
async def _warmed(app: Litestar) -> AsyncIterator[None]:
    """Take no question before the look-outs are in memory."""
    warming = asyncio.ensure_future(asyncio.to_thread(app.state["node"].lookouts.warm))
    await asyncio.wait([warming], timeout=WARM)
    yield

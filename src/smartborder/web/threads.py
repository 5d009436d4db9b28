"""Handlers are synchronous and run in threads, because the node is synchronous.

Litestar 2 wraps such a handler once for each time its path is built; with a GET and a POST on
one path that is twice, and the answer would be a coroutine nobody awaits. Wrapping it here,
once and before it is registered, leaves nothing for Litestar to wrap.
"""

from functools import wraps
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.utils.predicates import is_async_callable


def in_thread(route: BaseRouteHandler) -> BaseRouteHandler:
    """``route``, running in a thread if it asked for one with ``sync_to_thread=True``."""
    if (
        not isinstance(route, HTTPRouteHandler)
        or not route.sync_to_thread
        or is_async_callable(route.fn)
    ):
        return route
    handler = route.fn

    @wraps(handler)
    async def threaded(*args: Any, **values: Any) -> Any:
        return await sync_to_thread(handler, *args, **values)

    route._fn = threaded
    return route

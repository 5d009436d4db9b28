"""What changes while a page is open: one event stream per page, no data in it, only topics.

``GET /live/queue,flights`` sends ``event: queue`` whenever something of that topic was committed
(``Session.notify("queue")``). The page then asks for its own piece again, with its own
permission check. Each worker holds one LISTEN connection; without scripts pages work all the
same, by a refresh link.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from litestar import Litestar, get
from litestar.params import FromPath
from litestar.response import ServerSentEvent, ServerSentEventMessage

from smartborder.web.errors import PageUnknown
from smartborder.web.session import UNATTENDED, WebRequest, signed_in

log = logging.getLogger("smartborder.web")
CHANNEL = "smartborder"
_TOPIC = re.compile(r"[a-z][a-z-]{0,31}")
_BREATH = 20.0  # seconds between comments that keep proxies from closing an idle stream
_LIFE = 600.0  # seconds a stream lives before the browser must come again and be checked again
_RETRY = 1.0  # seconds before a lost database connection is tried again


class Stream:
    """One open page: the topics it listens to and those that rang since it was last sent to."""

    def __init__(self, topics: frozenset[str]) -> None:
        self._topics = topics
        self._rung: set[str] = set()
        self._awake = asyncio.Event()

    def ring(self, topic: str) -> None:
        """Note that ``topic`` changed; several changes before the next send are one."""
        if topic in self._topics:
            self._rung.add(topic)
            self._awake.set()

    def ring_all(self) -> None:
        """Note that anything may have changed."""
        self._rung |= self._topics
        self._awake.set()

    async def next(self, patience: float) -> set[str]:
        """The topics that rang; an empty set after ``patience`` seconds of silence."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._awake.wait(), patience)
        rung, self._rung = self._rung, set()
        self._awake.clear()
        return rung


class Bell:
    """Hears the database's notifications and rings at every open stream."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._streams: set[Stream] = set()
        self.closing = False

    @asynccontextmanager
    async def lifespan(self, _: Litestar) -> AsyncIterator[None]:
        """Listen while the worker runs; let the open streams go when it stops."""
        ears = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            self.closing = True
            for stream in self._streams:
                stream.ring_all()
            ears.cancel()
            with suppress(asyncio.CancelledError):
                await ears

    @asynccontextmanager
    async def stream(self, topics: frozenset[str]) -> AsyncIterator[Stream]:
        """A stream for one page, forgotten when the page goes."""
        stream = Stream(topics)
        self._streams.add(stream)
        try:
            yield stream
        finally:
            self._streams.discard(stream)

    def ring(self, topic: str) -> None:
        """Ring at every stream that listens to ``topic``."""
        for stream in self._streams:
            stream.ring(topic)

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._dsn, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    for stream in self._streams:  # whatever rang while we were deaf
                        stream.ring_all()
                    async for note in connection.notifies():
                        self.ring(note.payload)
            except psycopg.Error as error:
                log.warning("live updates paused: %s", type(error).__name__)
            await asyncio.sleep(_RETRY)


@get("/live/{topics:str}", name="live")
async def live(request: WebRequest, topics: FromPath[str]) -> ServerSentEvent:
    """The event stream of a page, for topics separated by commas."""
    wanted = frozenset(topics.split(","))
    if len(wanted) > 8 or not all(_TOPIC.fullmatch(topic) for topic in wanted):
        raise PageUnknown("topics are lower-case words separated by commas, eight at most")
    request.scope.setdefault("state", {})[UNATTENDED] = True
    await asyncio.to_thread(signed_in, request)
    return ServerSentEvent(_events(request.app.state.bell, wanted))


async def _events(bell: Bell, topics: frozenset[str]) -> AsyncIterator[ServerSentEventMessage]:
    ends = asyncio.get_running_loop().time() + _LIFE
    async with bell.stream(topics) as stream:
        yield ServerSentEventMessage(data=None, retry=3000, comment="open")
        while asyncio.get_running_loop().time() < ends:
            rung = await stream.next(_BREATH)
            if bell.closing:
                return
            for topic in sorted(rung):
                yield ServerSentEventMessage(data="changed", event=topic)
            if not rung:
                yield ServerSentEventMessage(data=None, comment="still here")

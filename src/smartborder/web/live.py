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
from datetime import UTC, datetime

import psycopg
from litestar import Litestar, get
from litestar.params import FromPath, FromQuery
from litestar.response import ServerSentEvent, ServerSentEventMessage

from smartborder.kernel.time import TimeSource
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

    def __init__(self, dsn: str, time: TimeSource) -> None:
        self._dsn = dsn
        self._time = time
        self._streams: set[Stream] = set()
        self._rung_at: dict[str, datetime] = {}
        self._deaf_until: datetime | None = None
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
    async def stream(
        self, topics: frozenset[str], since: datetime | None = None
    ) -> AsyncIterator[Stream]:
        """A stream for one page, forgotten when the page goes.

        What rang after ``since``, when the page was drawn, rings at once.
        """
        stream = Stream(topics)
        self._streams.add(stream)
        if since is not None:
            if self._deaf_until is None or since <= self._deaf_until:
                stream.ring_all()
            for topic in topics:
                if topic in self._rung_at and since <= self._rung_at[topic]:
                    stream.ring(topic)
        try:
            yield stream
        finally:
            self._streams.discard(stream)

    def ring(self, topic: str) -> None:
        """Ring at every stream that listens to ``topic``."""
        self._rung_at[topic] = self._time.now()
        for stream in self._streams:
            stream.ring(topic)

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._dsn, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._deaf_until = self._time.now()
                    for stream in self._streams:  # whatever rang while we were deaf
                        stream.ring_all()
                    async for note in connection.notifies():
                        self.ring(note.payload)
            except psycopg.Error as error:
                log.warning("live updates paused: %s", type(error).__name__)
            await asyncio.sleep(_RETRY)


@get("/live/{topics:str}", name="live")
async def live(
    request: WebRequest, topics: FromPath[str], since: FromQuery[datetime | None] = None
) -> ServerSentEvent:
    """The event stream of a page, for topics separated by commas; ``since``: when it was drawn."""
    wanted = frozenset(topics.split(","))
    if len(wanted) > 8 or not all(_TOPIC.fullmatch(topic) for topic in wanted):
        raise PageUnknown("topics are lower-case words separated by commas, eight at most")
    request.scope.setdefault("state", {})[UNATTENDED] = True
    await asyncio.to_thread(signed_in, request)
    if since is not None and since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    return ServerSentEvent(_events(request.app.state.bell, wanted, since))


async def _events(
    bell: Bell, topics: frozenset[str], since: datetime | None
) -> AsyncIterator[ServerSentEventMessage]:
    ends = asyncio.get_running_loop().time() + _LIFE
    async with bell.stream(topics, since) as stream:
        yield ServerSentEventMessage(data=None, retry=3000, comment="open")
        while asyncio.get_running_loop().time() < ends:
            rung = await stream.next(_BREATH)
            if bell.closing:
                return
            for topic in sorted(rung):
                yield ServerSentEventMessage(data="changed", event=topic)
            if not rung:
                yield ServerSentEventMessage(data=None, comment="still here")

"""What a stream is told: only its topics, once, and nothing that happened before its page."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from smartborder.kernel.time import FixedTime
from smartborder.web.live import Bell

START = datetime(2026, 11, 24, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def play(scene: Coroutine[Any, Any, None]) -> None:
    """Run a scene in a thread of its own: the main one may hold a browser's event loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, scene).result()


def test_several_changes_before_the_next_send_are_one() -> None:
    async def scene() -> None:
        bell = Bell(NOWHERE, FixedTime(START))
        async with bell.stream(frozenset({"queue", "flights"})) as stream:
            bell.ring("queue")
            bell.ring("queue")
            bell.ring("audit")
            assert await stream.next(1) == {"queue"}
            assert await stream.next(0) == set()
            bell.ring("flights")
            bell.ring("queue")
            assert await stream.next(1) == {"queue", "flights"}

    play(scene())


def test_what_rang_after_the_page_was_drawn_rings_when_its_stream_opens() -> None:
    async def scene() -> None:
        time = FixedTime(START)
        bell = Bell(NOWHERE, time)
        bell._deaf_until = START - MINUTE
        bell.ring("queue")
        for since, rung in [(START - MINUTE / 2, {"queue"}), (START + MINUTE, set())]:
            async with bell.stream(frozenset({"queue", "flights"}), since) as stream:
                assert await stream.next(0) == rung
        async with bell.stream(frozenset({"queue", "flights"}), START - 2 * MINUTE) as stream:
            assert await stream.next(0) == {"queue", "flights"}  # we were deaf then

    play(scene())


def test_a_page_that_went_is_forgotten() -> None:
    async def scene() -> None:
        bell = Bell(NOWHERE, FixedTime(START))
        async with bell.stream(frozenset({"queue"})) as stream:
            pass
        bell.ring("queue")
        assert await stream.next(0) == set()

    play(scene())


def test_a_worker_without_its_database_serves_on_and_stops_at_once() -> None:
    async def scene() -> None:
        bell = Bell(NOWHERE, FixedTime(START))
        async with bell.lifespan(None):
            async with bell.stream(frozenset({"queue"})) as stream:
                bell.ring("queue")
                assert await stream.next(1) == {"queue"}
        assert bell.closing

    play(scene())

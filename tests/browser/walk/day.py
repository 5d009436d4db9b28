"""The demo's day, played for a browser: one stage a test process, beats played when asked for."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from smartborder.kernel.errors import SmartborderError
from smartborder.node.process import pids
from smartborder.node.process.watch import TIED_VARIABLE
from smartborder.world.demo import stage as stages
from smartborder.world.demo.beats import BEATS, Beat
from smartborder.world.demo.seen import Seen
from smartborder.world.demo.stage import Stage
from tests.browser.walk.people import People

SEED = 20021212
PLAYED: tuple[Beat, ...] = tuple(beat for beat in BEATS if beat.play)
"""The beats that are there; the others show 'not yet'."""


class Day:
    """The stage, what its beats saw so far, and the people who look at it in a browser."""

    def __init__(self, stage: Stage, browser: Browser) -> None:
        self.stage = stage
        self.people = People(stage, browser)
        self.seen: dict[int, Seen] = {}
        self.wrong: dict[int, SmartborderError] = {}

    def play(self, last: int = BEATS[-1].number) -> Seen | None:
        """Play every beat up to ``last`` that has not been played; what ``last`` saw.

        A beat that went wrong is not played again and does not stop the later ones.
        """
        for beat in PLAYED:
            if beat.number <= last and beat.number not in self.seen | self.wrong:
                assert beat.play
                try:
                    self.seen[beat.number] = beat.play(self.stage)
                except SmartborderError as error:
                    self.wrong[beat.number] = error
        return self.seen.get(last)

    def record(self, number: int) -> Seen:
        """What a beat saw; whatever went wrong in it is raised here."""
        self.play(number)
        if number in self.wrong:
            raise self.wrong[number]
        return self.seen[number]


@contextmanager
def played(browser: Browser) -> Iterator[Day]:
    """A day on a stage of its own, on free ports; nothing of it is left afterwards.

    The nodes are tied to this process, so they end even if it is killed.
    """
    pid = os.getpid()
    os.environ[TIED_VARIABLE] = f"{pid} {pids.started(pid) or ''}"
    usual = dict(stages.PORTS)
    stages.PORTS.update(zip(usual, free_ports(len(usual)), strict=True))
    place = Path(tempfile.mkdtemp(prefix="smartborder-walk-"))
    stage = Stage(place, SEED, lambda _: None)
    try:
        stage.build()
        day = Day(stage, browser)
        yield day
        day.people.leave()
    finally:
        stage.clear()
        shutil.rmtree(place, ignore_errors=True)
        stages.PORTS.update(usual)
        del os.environ[TIED_VARIABLE]


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on, chosen by the system: two stages at once never meet."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports

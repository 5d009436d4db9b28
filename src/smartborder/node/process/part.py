"""One process of a node, kept alive: started, watched, revived after a growing pause, stopped."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from smartborder.node.process import pids
from smartborder.node.process.state import Process

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
_GROUP_SECONDS = 5.0
SETTLED = 60.0
"""Seconds a process must have run before its next death is treated as the first again."""


class Part:
    """A process with a name, a command and a log; never more than one of it at a time."""

    def __init__(
        self, name: str, command: Sequence[str], *, log: Path, environment: Mapping[str, str]
    ) -> None:
        """Nothing is started yet.

        Args:
            name: ``web`` or ``worker``.
            command: program and arguments.
            log: file that takes its output.
            environment: all of its environment.

        """
        self.name = name
        self.log = log
        self.restarts = 0
        self._command = command
        self._environment = environment
        self._child: subprocess.Popen[bytes] | None = None
        self._since = 0.0
        self._pause = FIRST_PAUSE
        self._due: float | None = None

    @property
    def process(self) -> Process | None:
        """The running process, or None."""
        if not self._child or self._child.poll() is not None:
            return None
        return Process(pid=self._child.pid, started=self._start, restarts=self.restarts)

    def start(self, now: float) -> None:
        """Start it in a session of its own, so that its children can be ended with it."""
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=dict(self._environment),
                cwd=self.log.parent,
            )
        self._start = pids.started(self._child.pid)
        self._since, self._due = now, None

    def tend(self, now: float) -> bool:
        """Look after it once; True if something changed.

        A process that died is started again after a pause that doubles from half a second to
        half a minute. ``now`` is a monotonic instant in seconds.
        """
        if self._child is None or self._child.poll() is None:
            return False
        if self._due is None:
            self._end_group()  # its own children may still hold the port
            if now - self._since >= SETTLED:
                self._pause = FIRST_PAUSE
            self._due = now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return True
        if now < self._due:
            return False
        self.restarts += 1
        self.start(now)
        return True

    def ask_to_stop(self) -> None:
        """SIGTERM: finish what is at hand and end."""
        if self._child and self._child.poll() is None:
            self._child.terminate()

    def stop(self, seconds: float) -> None:
        """Wait for it to end, then end it and all its children."""
        if not self._child:
            return
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(seconds)
        self._end_group()
        self._child.wait()
        self._child = None

    def _end_group(self) -> None:
        if self._child:
            end_group(self._child.pid)


def end_group(leader: int) -> None:
    """Kill every process of a group and wait until they hold nothing any more."""
    until = time.monotonic() + _GROUP_SECONDS
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
        while pids.group(leader) and time.monotonic() < until:
            time.sleep(0.01)

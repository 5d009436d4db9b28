"""The executor of one machine: a process for each core."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.executor import Answer, Part, Prepare
from smartborder.kernel.text import Text

_GRACE = 5.0
_AHEAD = 4
"""Answers for each process that may wait for an earlier one; then the process rests."""
_CHILD = "from smartborder.node.lookouts.pool import work; work({})"


class ProcessLost(EnvironmentFault):
    """A process that worked on a part ended; what was recorded stands, the rest is taken up."""

    code = "jobs.process-lost"
    title = Text("A process of a larger work ended", "Un processus d'un travail a pris fin")


class ProcessPool:
    """Works on parts in processes of their own, which end with the work.

    Processes are started afresh (whoever calls may have threads and connections) and know nothing
    of how the caller was started. One pipe leads to each, one part is on its way at a time:
    nothing is queued that could be left behind, and a process that ends is seen at once.
    """

    def __init__(self, processes: int | None = None) -> None:
        """``processes``: how many; one for each core if not given."""
        self._count = processes or os.cpu_count() or 1

    def run(self, prepare: Prepare[Part, Answer], parts: Iterable[Part]) -> Iterator[Answer]:
        """See :class:`smartborder.kernel.executor.Executor`.

        Raises:
            ProcessLost: a process ended before its part was answered.

        """
        started = [_started() for _ in range(self._count)]
        try:
            for _, pipe in started:
                pipe.send(prepare)
            yield from _in_order([pipe for _, pipe in started], iter(parts))
        finally:
            for process, pipe in started:
                pipe.close()
                try:
                    process.wait(_GRACE)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _started() -> "tuple[subprocess.Popen[bytes], Connection[Any, Any]]":
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", _CHILD.format(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )
    return process, Connection(ours.detach())


def _in_order(pipes: "list[Connection[Any, Any]]", parts: Iterator[Any]) -> Iterator[Any]:
    numbered = enumerate(parts)
    busy: dict[Connection[Any, Any], int] = {}
    done: dict[int, Any] = {}
    turn = 0

    while True:
        for pipe in pipes:
            if pipe not in busy and len(done) < _AHEAD * len(pipes):
                if (following := next(numbered, None)) is not None:
                    busy[pipe] = following[0]
                    _sent(pipe, following)
        if not busy:
            return
        ready = wait(list(busy))
        for pipe in [p for p in busy if p in ready]:
            number = busy.pop(pipe)
            done[number] = _received(pipe, number)
        while turn in done:
            yield done.pop(turn)
            turn += 1


def _sent(pipe: "Connection[Any, Any]", part: tuple[int, Any]) -> None:
    try:
        pipe.send(part[1])
    except OSError as error:
        raise ProcessLost(f"part {part[0]}") from error


def _received(pipe: "Connection[Any, Any]", number: int) -> Any:
    try:
        worked, answer = pipe.recv()
    except (EOFError, OSError) as error:
        raise ProcessLost(f"part {number}") from error
    if not worked:
        raise ProcessLost(f"part {number}: {answer}")
    return answer


def work(descriptor: int) -> None:
    """In the process: answer parts until the pipe ends.

    A fault is told by its kind alone: its text may hold somebody's data.
    """
    pipe: Connection[Any, Any] = Connection(descriptor)
    try:
        answer = pipe.recv()()
        while True:
            pipe.send((True, answer(pipe.recv())))
    except (EOFError, OSError):
        pass  # nobody asks any more
    except Exception as error:
        pipe.send((False, type(error).__name__))

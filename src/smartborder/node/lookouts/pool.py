"""The executor of one machine: a process for each core."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from smartborder.kernel.executor import Answer, Part, Prepare

_AHEAD = 2
"""Parts that wait for each process, so that none stands idle while answers are recorded."""
_answer: Callable[[Any], Any]


class ProcessPool:
    """Works on parts in processes of their own; they end with the work.

    Processes are started afresh, not forked: whoever calls may have threads and connections.
    """

    def __init__(self, processes: int | None = None) -> None:
        """``processes``: how many; one for each core if not given."""
        self._processes = processes or os.cpu_count() or 1

    def run(self, prepare: Prepare[Part, Answer], parts: Iterable[Part]) -> Iterator[Answer]:
        """See :class:`smartborder.kernel.executor.Executor`."""
        pool = ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(prepare,),
        )
        waiting: deque[Future[Answer]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(_one, part))
                if len(waiting) > self._processes * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(prepare: Prepare[Any, Any]) -> None:
    global _answer
    _answer = prepare()


def _one(part: Any) -> Any:
    return _answer(part)

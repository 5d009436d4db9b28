"""One large work in parts, on one core, many cores or many machines: the seam between them.

::

    for answer in executor.run(Prepare(...), parts):
        record(answer)      # in the order of the parts

``prepare`` is called once wherever parts are worked on (a process, a machine) and gives the
function that answers one part, so that whatever is dear to build is built once. It and the parts
must be picklable. Whoever records answers as they come, and how far it got, can be killed at any
point and go on from there.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Part = TypeVar("Part")
Answer = TypeVar("Answer")
Prepare = Callable[[], Callable[[Part], Answer]]


class Executor(Protocol):
    """Runs a function over parts; which part runs where is its own affair."""

    def run(self, prepare: Prepare[Part, Answer], parts: Iterable[Part]) -> Iterator[Answer]:
        """The answer of each part, in order. Parts are drawn a few ahead, never all at once."""


class InProcess:
    """Everything here and now: for small works and for tests."""

    def run(self, prepare: Prepare[Part, Answer], parts: Iterable[Part]) -> Iterator[Answer]:
        """See :class:`Executor`."""
        answer = prepare()
        return (answer(part) for part in parts)

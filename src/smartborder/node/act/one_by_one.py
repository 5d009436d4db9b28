"""Several things that are due, each in its own transaction: one that fails holds up no other."""

from collections.abc import Callable, Iterable
from typing import Any


def one_by_one(due: Iterable[Any], do: Callable[[Any], Any]) -> int:
    """Do each in turn; how many there were. The first failure is raised once all had their turn.

    Raises:
        Exception: whatever the first of those that failed raised; the worker logs it and comes
            again.

    """
    done = 0
    first: Exception | None = None
    for one in due:
        done += 1
        try:
            do(one)
        except Exception as error:
            first = first or error
    if first is not None:
        raise first
    return done

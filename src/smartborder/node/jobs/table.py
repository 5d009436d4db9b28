"""Every job and every duty of a node, by name.

A task is deferred by the transaction that needs it and runs once that has committed; it may run
again after a crash and then finds what it did already. A duty is done every so many seconds by
the one worker that holds the node's duty lock.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from smartborder.node.act import batch
from smartborder.node.ledger.sequence import sequence
from smartborder.node.node import Node


class Duty(msgspec.Struct, frozen=True):
    """Something done at intervals (seconds)."""

    name: str
    every: float
    do: Callable[[Node], Any]


TASKS: dict[str, Callable[..., Any]] = {
    "process_transmission": batch.process_transmission,
}

DUTIES: tuple[Duty, ...] = (Duty("ledger-sequence", 1.0, lambda node: sequence(node.store)),)

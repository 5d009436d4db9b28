"""Every job and every duty of a node, by name.

A task is deferred by the transaction that needs it and runs once that has committed; it may run
again after a crash and then finds what it did already. A duty is done every so many seconds by
each worker; rows under way at another are skipped, so several workers may run.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from smartborder.node.act import alarms, batch, intake, release, unsolicited, watching
from smartborder.node.carriers import override_end, pushing, recovery
from smartborder.node.custody import embargo
from smartborder.node.custody.purging import end_received, purge
from smartborder.node.determinations.purging import purge as purge_determinations
from smartborder.node.exchange import correction, duty, encounters
from smartborder.node.ledger.sequence import sequence
from smartborder.node.lookouts import recall, rescreening
from smartborder.node.lookouts import recheck as rechecks
from smartborder.node.lookouts.lapsing import lapse
from smartborder.node.node import Node


class Duty(msgspec.Struct, frozen=True):
    """Something done at intervals (seconds)."""

    name: str
    every: float
    do: Callable[[Node], Any]


TASKS: dict[str, Callable[..., Any]] = {
    "process_transmission": batch.process_transmission,
    "recheck": rechecks.recheck,
    "recheck_message": rechecks.recheck_message,
    "rescreen": rescreening.rescreen,
    "recall_audit": recall.audit,
    "report_outcome": encounters.report_outcome,
    "push_reply": pushing.push_reply,
}

DUTIES: tuple[Duty, ...] = (
    Duty("ledger-sequence", 1.0, lambda node: sequence(node.store)),
    Duty("watched-folder", 1.0, watching.take_in),
    Duty("held-replies", 2.0, release.release_held),
    Duty("unacknowledged", 5.0, unsolicited.escalate),
    Duty("push-replies", 1.0, pushing.queue),
    Duty("late-parts", 10.0, intake.force_late_parts),
    Duty("exchange", 0.5, duty.send),
    Duty("exchange-door", 5.0, duty.open_door),
    Duty("corrections", 1.0, correction.settle),
    Duty("encounters", 2.0, encounters.report_confirmed),
    Duty("questions-expire", 60.0, duty.expire_questions),
    Duty("recheck-settle", 5.0, rechecks.settle),
    Duty("rescreen-take-up", 10.0, rescreening.take_up),
    Duty("recall-audit", 600.0, recall.due),
    Duty("lookouts-lapse", 20.0, lambda node: lapse(node.store)),
    Duty("received-ended", 2.0, end_received),
    Duty("embargo", 0.5, embargo.release),
    Duty("purge", 60.0, purge),
    Duty("purge-determinations", 60.0, purge_determinations),
    Duty("missing-close-outs", 15.0, alarms.missing_close_outs),
    Duty("overrides-end", 5.0, override_end.end_overrides),
    Duty("lookouts-recovered", 10.0, recovery.recover),
)

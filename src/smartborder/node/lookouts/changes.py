"""Every change of what we look out for: one counted row, its checks, one word to the screens."""

from typing import Literal

from smartborder.node.jobs.defer import defer
from smartborder.node.store.session import Session

Scope = Literal["lookouts", "lists"]
_LOCK = 0x10_0C0_07


def note(s: Session, scope: Scope, what: str, entry: str) -> int:
    """Count a change and queue the checks of everybody on record; the number of the change.

    Changes commit in the order of their numbers (one at a time from here to the end of the
    transaction), so a process that has built change 7 has seen every change up to 7.

    Args:
        s: the transaction that makes the change.
        scope: ``lookouts`` (ours and the partner's) or ``lists`` (imported).
        what: ``created``, ``corrected``, ``reviewed``, ``withdrawn``, ``lapsed``, ``activated``.
        entry: ``lookout:<id>``, or the id of a list version.

    """
    s.run("SELECT pg_advisory_xact_lock(:lock)", lock=_LOCK)
    number: int = s.value(
        "INSERT INTO lookouts.change (scope, what, entry, at) VALUES (:scope, :what, :entry, :now)"
        " RETURNING n",
        scope=scope,
        what=what,
        entry=entry,
        now=s.now,
    )
    defer(s, "recheck", change=number)
    defer(s, "rescreen")
    s.notify("lookouts")
    return number

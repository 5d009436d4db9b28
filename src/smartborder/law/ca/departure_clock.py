"""The thirty days of a departure order, day by day (IRPR 224(2), (3)).

The day the order becomes enforceable is not counted. A day of detention or of stay does
not count; the day of release, or on which the order is enforceable again, does. The other
reading, under which that day does not count either, is worked out beside it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

Interval = tuple[date, date | None]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the day table: the count so far, or None on a day that does not count."""

    day: date
    count: int | None


def day_table(
    enforceable: date, limit: int, stopped: Iterable[Interval], *, release_counts: bool = True
) -> tuple[Day, ...]:
    """Every day from the day after ``enforceable`` to the one on which the period ends.

    Ends early, without reaching ``limit``, where an open interval keeps the clock stopped.
    """
    intervals = tuple(stopped)
    table: list[Day] = []
    count = 0
    day = enforceable
    while count < limit:
        day += timedelta(days=1)
        holding = [i for i in intervals if _holds(i, day, release_counts)]
        if any(end is None for _, end in holding):
            break
        if holding:
            table.append(Day(day=day, count=None))
        else:
            count += 1
            table.append(Day(day=day, count=count))
    return tuple(table)


def _holds(interval: Interval, day: date, release_counts: bool) -> bool:
    start, end = interval
    if day < start:
        return False
    return end is None or (day < end if release_counts else day <= end)


def period_ends(table: tuple[Day, ...], limit: int) -> date | None:
    """The last day of the period; None while it stands still."""
    return table[-1].day if table and table[-1].count == limit else None

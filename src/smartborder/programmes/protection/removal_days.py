"""The days of a departure order, each reading of the boundary days beside the other."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from smartborder.law.answer import Answer
from smartborder.law.ca.coming_into_force import settle
from smartborder.law.ca.departure_clock import Day, Interval, day_table, period_ends
from smartborder.law.ca.removal_facts import RemovalFacts
from smartborder.law.errors import NotLawThen
from smartborder.law.facts import understand
from smartborder.law.provisions import view

PERIOD = "IRPR 224(2)"
RELEASE = "IRPR 224(3)"


class BothDays(msgspec.Struct, frozen=True, kw_only=True):
    """One day: its count under each reading, None where the day does not count or is over."""

    day: date
    count: int | None
    other: int | None
    stopped: bool
    is_boundary: bool


class RemovalDays(msgspec.Struct, frozen=True, kw_only=True):
    """The table, and the last day of the period under each reading (None: it stands still)."""

    days: tuple[BothDays, ...]
    limit: int
    ends: date | None
    other_ends: date | None
    stopped: int


def removal_days(facts: Mapping[str, Any], *, on: date, as_known: date) -> RemovalDays | None:
    """The day table of a departure order; None where the facts do not give one."""
    law = view("ca", "CA", on, as_known)
    stated: RemovalFacts = understand(RemovalFacts, facts).readings[0].facts
    try:
        known = settle(Answer("", law), stated)
    except NotLawThen:
        return None
    limit = law.value(PERIOD)
    if (
        known.order != "departure-order" or limit is None or known.enforceable_on is None
        or known.detentions is None or known.stays is None
    ):  # fmt: skip
        return None
    stopped: list[Interval] = [(d.start, d.end) for d in known.detentions]
    stopped += [
        (s.start, s.end) for s in known.stays if not (s.kind == "230" and known.stay_230_excluded)
    ]
    ours = day_table(known.enforceable_on, limit, stopped)
    other = day_table(known.enforceable_on, limit, stopped, release_counts=False)
    return RemovalDays(
        days=_side_by_side(ours, other),
        limit=limit,
        ends=period_ends(ours, limit),
        other_ends=period_ends(other, limit),
        stopped=sum(1 for d in ours if d.count is None),
    )


def _side_by_side(ours: tuple[Day, ...], other: tuple[Day, ...]) -> tuple[BothDays, ...]:
    mine, theirs = {d.day: d.count for d in ours}, {d.day: d.count for d in other}
    table = []
    for day in sorted({*mine, *theirs}):
        count, second = mine.get(day), theirs.get(day)
        table.append(
            BothDays(
                day=day, count=count, other=second,
                stopped=day in mine and count is None,
                is_boundary=day in mine and day in theirs and (count is None) != (second is None),
            )
        )  # fmt: skip
    return tuple(table)

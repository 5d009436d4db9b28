"""What a look-out must be beyond its shape: children, review dates, the second person."""

from datetime import date, timedelta

from smartborder.kernel.calendar import age_on
from smartborder.kernel.text import Text
from smartborder.model.lookout import WELFARE_BASES, Instruction, Lookout, LookoutRefused
from smartborder.model.screening import ListedDate

SECOND_PERSON: frozenset[Instruction] = frozenset({"hold-reply", "silent", "officer-safety"})
"""Instructions that take effect only after a second person approved them (red line 9)."""
ADULT = 18


class MinorNeedsWelfare(LookoutRefused):
    """A child has a welfare route only: missing person or child welfare (red line 7)."""

    code = "lookout.child"
    title = Text("A child has a welfare route only", "Un enfant relève de la protection seulement")


class ReviewTooFar(LookoutRefused):
    """The review date lies beyond the country's retention rule: choose an earlier one."""

    code = "lookout.review-too-far"
    title = Text("Review date too far away", "Date de révision trop éloignée")


def admit(lookout: Lookout, today: date, longest_days: int) -> None:
    """Refuse a look-out that may not exist.

    Args:
        lookout: a valid look-out as far as its shape goes.
        today: the day it is decided on.
        longest_days: how far away its review date may lie.

    Raises:
        MinorNeedsWelfare: a listed birth date may be that of a child and the basis is another.
        ReviewTooFar: the review date lies too far away.

    """
    child = any(maybe_child(born, today) for born in lookout.birth_dates)
    if child and lookout.kind == "person" and lookout.basis not in WELFARE_BASES:
        raise MinorNeedsWelfare("under 18: only missing-person or child-welfare are lawful bases")
    if lookout.review_by > today + timedelta(days=longest_days):
        raise ReviewTooFar(f"review within {longest_days} days")


def maybe_child(born: ListedDate, today: date) -> bool:
    """Whether the latest day that ``born`` may mean is less than 18 years ago.

    A date known in part is read to the child's advantage: its last possible day counts.
    """
    latest = born.until or born.date
    month = latest.month or 12
    return (
        age_on(date(latest.year, month, latest.day or _last_day(latest.year, month)), today) < ADULT
    )


def needs_second(lookout: Lookout) -> bool:
    """Whether the look-out takes effect only once a second person approved it."""
    return lookout.instruction in SECOND_PERSON


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day

"""Legal day arithmetic, kept apart from clock arithmetic so that no rule mixes them."""

from datetime import date, timedelta


def day_after(start: date, days: int) -> date:
    """The ``days``-th day after ``start``: the day of the event itself is not counted.

    Interpretation Act (Canada) s. 27(5): a time 'within N days after' a day excludes that day.
    """
    return start + timedelta(days=days)


def full_days_between(start: date, end: date) -> int:
    """Whole days from ``start`` to ``end``; 0 on the same day, negative if ``end`` is earlier."""
    return (end - start).days


def age_on(birth: date, on: date) -> int:
    """Age in completed years; somebody born on 29 February completes a year on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))

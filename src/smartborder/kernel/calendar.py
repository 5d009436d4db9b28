"""Legal day arithmetic, kept apart from clock arithmetic so that no rule mixes them."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta


def day_after(start: date, days: int) -> date:
    """The ``days``-th day after ``start``: the day of the event itself is not counted.

    Interpretation Act (Canada) s. 27(5): a time 'within N days after' a day excludes that day.
    """
    return start + timedelta(days=days)


def full_days_between(start: date, end: date) -> int:
    """Whole days from ``start`` to ``end``; 0 on the same day, negative if ``end`` is earlier."""
    return (end - start).days


def clear_days_before(event: date, days: int) -> date:
    """The last day on which ``days`` clear days are left before ``event``.

    Interpretation Act (Canada) s. 27(1): neither the first nor the last day is counted.
    """
    return event - timedelta(days=days + 1)


def age_on(birth: date, on: date) -> int:
    """Age in completed years; somebody born on 29 February completes a year on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def years_after(start: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February where there is none.

    Interpretation Act (Canada) s. 28: a period of months or years ends on the day of the same
    number, or on the last day of the month.
    """
    return months_after(start, 12 * years)


def months_after(start: date, months: int) -> date:
    """The same day of the month ``months`` later, or the last day of that month (s. 28)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Not a Saturday, a Sunday or a holiday."""
    return day.weekday() < 5 and day not in holidays


def business_day_after(start: date, days: int, holidays: Collection[date]) -> date:
    """The ``days``-th business day after ``start``, the day of the event not counted."""
    current = start
    while days > 0:
        current += timedelta(days=1)
        if is_business_day(current, holidays):
            days -= 1
    return current


def next_open_day(day: date, holidays: Collection[date]) -> date:
    """``day``, or the first day after it that is neither a Sunday nor a holiday.

    Interpretation Act (Canada) s. 26: a time limit that ends on a holiday, which a Sunday is,
    runs to the next day that is not one.
    """
    while day.weekday() == 6 or day in holidays:
        day += timedelta(days=1)
    return day


def days_stopped(intervals: Iterable[tuple[date, date]], *, first: date, last: date) -> set[date]:
    """Days in ``first``..``last`` (both in) on which a clock stood still.

    Each interval stops the clock from its first day up to, not including, the day it ends:
    somebody detained on the 10th and released on the 20th was held for ten days.
    """
    stopped: set[date] = set()
    for begin, end in intervals:
        day = max(begin, first)
        while day < end and day <= last:
            stopped.add(day)
            day += timedelta(days=1)
    return stopped


def easter(year: int) -> date:
    """Easter Sunday (Gregorian, Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The ``n``-th Monday (0) .. Sunday (6) of a month; ``n`` = -1 is the last."""
    if n < 0:
        last = months_after(date(year, month, 1), 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

"""Dates and times as EDIFACT writes them (code list 2379), most of them with two-digit years.

A two-digit year means the year nearest to the journey, except for a birth, which is never
later than the journey.
"""

from datetime import date, datetime
from functools import cache
from typing import Final

_LENGTHS = {
    "2": "DDMMYY", "3": "MMDDYY", "4": "DDMMCCYY", "101": "YYMMDD", "102": "CCYYMMDD",
    "201": "YYMMDDHHMM", "202": "YYMMDDHHMMSS", "203": "CCYYMMDDHHMM", "204": "CCYYMMDDHHMMSS",
    "205": "CCYYMMDDHHMMZHHMM", "303": "CCYYMMDDHHMMZZZ", "602": "CCYY", "609": "YYMM",
    "610": "CCYYMM",
}  # fmt: skip
_BY_LENGTH = {
    4: "CCYY", 6: "YYMMDD", 8: "CCYYMMDD", 10: "YYMMDDHHMM", 12: "CCYYMMDDHHMM",
    14: "CCYYMMDDHHMMSS", 15: "CCYYMMDDHHMMZZZ", 17: "CCYYMMDDHHMMZHHMM",
}  # fmt: skip
EARLIEST: Final = "1850"
_LIFETIMES = range(1850, 2151)
"""Years in which people of our lists are born and fly; documents may expire in 9999."""
_UNKNOWN = {"00", "XX", "xx", "  ", "<<", "--"}
_NOTHING_SAID = "0Xx <-"
"""A date of nothing but these (``000000``, ``XXXXXX``) says that not even the year is known."""


ReadDate = tuple[str | None, str | None]
"""A date as ISO 8601 to the precision given, and the code of what was odd about it."""


DAYS: Final = {
    f"{month:02}{day:02}": f"-{month:02}-{day:02}"
    for month, days in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)
    for day in range(1, days + 1)
}
"""Month and day as four digits, for every day that each year has: the plain case needs no more."""


@cache
def years_near(year: int) -> dict[str, str]:
    """For each two digits, the year nearest to ``year`` (50 years ahead at most)."""
    return {f"{n % 100:02}": f"{n:04}" for n in range(max(year - 49, 1), year + 51)}


@cache
def years_until(year: int) -> dict[str, str]:
    """For each two digits, the last such year that is not after ``year``."""
    return {f"{n % 100:02}": f"{n:04}" for n in range(max(year - 99, 1), year + 1)}


def read_date(text: str, form: str | None, year: int, not_after: date | None = None) -> ReadDate:
    """A date as ISO 8601, or to the year or month if the rest is given as unknown.

    ``form`` is the code of list 2379, ``year`` that of the journey; ``not_after`` makes it a
    birth: two-digit years then lie on or before that day.
    """
    if not text.strip(_NOTHING_SAID) and len(text) >= len("YYMM"):
        return None, "edifact.unknown-date"
    odd = None
    layout = _LENGTHS.get(form) if form else _BY_LENGTH.get(len(text))
    if layout is None or len(layout) != len(text):
        layout, odd = _BY_LENGTH.get(len(text)), "edifact.date-format"
        if layout is None:
            return None, "edifact.bad-date"
    try:
        if layout == "YYMMDD" and text.isdecimal():
            century, number, month, day = False, int(text[:2]), int(text[2:4]), int(text[4:])
        else:
            century, number, month, day = _fields(text, layout)
        if century and not_after is not None and number not in _LIFETIMES:
            return None, "edifact.bad-date"
        if not century and not_after is None:
            number = year - 49 + (number - year + 49) % 100
        if not month or not day:
            if not century and not_after is not None:
                number = _past(number, not_after)
            date(number, month or 1, 1)
            partial = f"{number:04}-{month:02}" if month else f"{number:04}"
            return partial, odd or "edifact.partial-date"
        if century or not_after is None:
            found = date(number, month, day)
        else:
            found = _birth(number, month, day, not_after)
    except _NotDigits:
        return None, "edifact.bad-date"
    except ValueError:
        return None, "edifact.impossible-date"
    if not_after is not None and found > not_after:
        odd = "edifact.future-birth-date"
    return found.isoformat(), odd


def read_time(text: str, form: str | None, year: int) -> tuple[datetime | None, str | None]:
    """A local date and time, midnight if only the day is given; the code of what was odd."""
    day, odd = read_date(text, form, year)
    if day is None or len(day) != 10 or int(day[:4]) not in _LIFETIMES:
        return None, odd or "edifact.bad-date"
    layout = _LENGTHS.get(form or "")
    if layout is None or len(layout) != len(text):
        layout = _BY_LENGTH[len(text)]
    at = layout.find("HH")
    clock = text[at : at + 4] if at >= 0 else "0000"
    try:
        hour, minute = int(clock[:2]), int(clock[2:])
        return datetime.fromisoformat(day).replace(hour=hour, minute=minute), odd
    except ValueError:
        return None, "edifact.impossible-date"


class _NotDigits(ValueError):
    """Characters where a date has digits."""


def _fields(text: str, layout: str) -> tuple[bool, int, int, int]:
    """Whether the century is given, then year, month and day; 0 for what is unknown."""
    century = "CC" in layout
    at = layout.find("CCYY" if century else "YY")
    year = text[at : at + (4 if century else 2)]
    if not year.isdecimal():
        raise _NotDigits
    return century, int(year), _part(text, layout.find("MM")), _part(text, layout.find("DD"))


def _part(text: str, at: int) -> int:
    """Two digits as a number; 0 where the message says that they are unknown."""
    part = text[at : at + 2]
    if at < 0 or part in _UNKNOWN:
        return 0
    if not part.isdecimal():
        raise _NotDigits
    return int(part)


def _past(two_digits: int, not_after: date) -> int:
    return not_after.year - (not_after.year - two_digits) % 100


def _birth(two_digits: int, month: int, day: int, not_after: date) -> date:
    """The latest such day that is not after the journey.

    29 February is looked for in the century where it exists.
    """
    year = _past(two_digits, not_after)
    try:
        found = date(year, month, day)
    except ValueError:
        return date(year - 100, month, day)
    return found if found <= not_after else date(year - 100, month, day)

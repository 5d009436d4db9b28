"""Dates and times as EDIFACT writes them (code list 2379), most of them with two-digit years.

A two-digit year means the year nearest to the journey, except for a birth, which is never
later than the journey.
"""

from datetime import date, datetime
from typing import NamedTuple

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
_UNKNOWN = {"00", "XX", "xx", "  ", "<<", "--"}


class ReadDate(NamedTuple):
    """A date or time read: ISO 8601 to the precision given, and the code of what was odd."""

    value: str | None
    finding: str | None = None


def near(two_digits: int, year: int) -> int:
    """The year with these last two digits nearest to ``year`` (50 years ahead at most)."""
    return year - 49 + (two_digits - (year - 49)) % 100


def read_date(text: str, form: str | None, year: int, *, not_after: date | None = None) -> ReadDate:
    """A date as ISO 8601, or to the year or month if the rest is given as unknown.

    ``form`` is the code of list 2379, ``year`` that of the journey; ``not_after`` makes it a
    birth: two-digit years then lie on or before that day.
    """
    odd = None
    layout = _LENGTHS.get(form) if form else _BY_LENGTH.get(len(text))
    if layout is None or len(layout) != len(text):
        layout, odd = _BY_LENGTH.get(len(text)), "edifact.date-format"
        if layout is None:
            return ReadDate(None, "edifact.bad-date")
    century = "CC" in layout
    y, m, d = layout.find("CCYY" if century else "YY"), layout.find("MM"), layout.find("DD")
    try:
        number = int(text[y : y + (4 if century else 2)])
        month = _part(text, m)
        day = _part(text, d)
    except ValueError:
        return ReadDate(None, "edifact.bad-date")
    if not century and not_after is None:
        number = near(number, year)
    if not month or not day:
        if not century and not_after is not None:
            number = _past(number, not_after)
        if number < 1 or (month and month > 12):
            return ReadDate(None, "edifact.impossible-date")
        partial = f"{number:04}-{month:02}" if month else f"{number:04}"
        return ReadDate(partial, odd or "edifact.partial-date")
    try:
        if century or not_after is None:
            found = date(number, month, day)
        else:
            found = _birth(number, month, day, not_after)
    except ValueError:
        return ReadDate(None, "edifact.impossible-date")
    if not_after is not None and found > not_after:
        odd = "edifact.future-birth-date"
    return ReadDate(found.isoformat(), odd)


def read_time(text: str, form: str | None, year: int) -> tuple[datetime | None, str | None]:
    """A local date and time, midnight if only the day is given; the code of what was odd."""
    day = read_date(text, form, year)
    if day.value is None or len(day.value) != 10:
        return None, day.finding or "edifact.bad-date"
    layout = _LENGTHS.get(form or "")
    if layout is None or len(layout) != len(text):
        layout = _BY_LENGTH[len(text)]
    at = layout.find("HH")
    clock = text[at : at + 4] if at >= 0 else "0000"
    try:
        hour, minute = int(clock[:2]), int(clock[2:])
        return datetime.fromisoformat(day.value).replace(hour=hour, minute=minute), day.finding
    except ValueError:
        return None, "edifact.impossible-date"


def _part(text: str, at: int) -> int:
    """Two digits as a number; 0 where the message says that they are unknown."""
    part = text[at : at + 2]
    if at < 0 or part in _UNKNOWN:
        return 0
    if not part.isdecimal():
        raise ValueError
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

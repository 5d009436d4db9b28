"""Dates as lists write them, with the precision they claim."""

import re
from datetime import date, timedelta

from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier janv",
            "feb february fevrier fev",
            "mar march mars",
            "apr april avril avr",
            "may mai",
            "jun june juin",
            "jul july juillet juil",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ABOUT = re.compile(r"\b(?:circa|approx(?:imately)?\.?|c(?:a)?\.|about|around|vers)\s*|^~", re.I)
_RANGE = re.compile(
    r"^(?:between\s+|entre\s+|from\s+)?(.*?\d{4})\s*(?:\bto\b|\band\b|\bet\b|[–—]|-(?=\s*\d{4}$))\s*(.*?\d{4})$",
    re.I,
)
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?$")
_SLASH = re.compile(r"^(\d{1,2}|dd)[/.-](\d{1,2}|mm)[/.-](\d{4})$", re.I)
_WORDS = re.compile(r"^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+)?([A-Za-zéû]+)\.?,?[\s-]+(\d{4})$")
_US_WORDS = re.compile(r"^([A-Za-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})$")
_EXCEL_FIRST, _EXCEL_LAST = 5000, 60000
_EXCEL_EPOCH = date(1899, 12, 30)


def listed_date(text: str, *, month_first: bool = False) -> ListedDate | None:
    """A birth date as written, or None if nothing in it is a date.

    Understands ISO, ``30 Jul 1957``, ``Jul 1957``, ``30/07/1957`` (or 07/30 with
    ``month_first``), ``dd/mm/1957``, ``circa 1957``, ``1955 to 1958`` and spreadsheet serial
    numbers (some lists carry them for dates after 1913).
    """
    text = " ".join(text.split()).strip(" .;,")
    plain = _ABOUT.sub("", text)
    precision = "approximate" if plain != text else "exact"
    span = _RANGE.match(plain)
    if span:
        first = partial(span[1], month_first=month_first)
        last = partial(span[2], month_first=month_first)
        if first and last and first.year <= last.year:
            return ListedDate(date=first, precision="between", until=last)
    found = partial(plain, month_first=month_first)
    if found is None:
        return None
    return ListedDate(
        date=found, precision="approximate" if precision == "approximate" else "exact"
    )


def partial(text: str, *, month_first: bool = False) -> PartialDate | None:
    """One date of any precision, or None."""
    text = text.strip(" .;,()")
    if text.isascii() and text.isdigit() and len(text) == 5:
        serial = int(text)
        if _EXCEL_FIRST <= serial <= _EXCEL_LAST:
            at = _EXCEL_EPOCH + timedelta(days=serial)
            return PartialDate(at.year, at.month, at.day)
        return None
    if match := _ISO.match(text):
        return make(match[1], match[2], match[3])
    if match := _SLASH.match(text):
        day, month = (match[2], match[1]) if month_first else (match[1], match[2])
        return make(match[3], month if month.isdigit() else None, day if day.isdigit() else None)
    if match := _WORDS.match(text):
        number = _MONTHS.get(_plain_month(match[2]))
        return make(match[3], str(number), match[1]) if number else None
    if match := _US_WORDS.match(text):
        number = _MONTHS.get(_plain_month(match[1]))
        return make(match[3], str(number), match[2]) if number else None
    return None


def make(year: str, month: str | None, day: str | None) -> PartialDate | None:
    """A partial date from digits; a day that does not exist is dropped, then a month."""
    try:
        y, m, d = int(year), int(month or 0), int(day or 0)
    except ValueError:
        return None
    if not 1000 <= y <= 2999:
        return None
    if not 1 <= m <= 12:
        return PartialDate(y)
    try:
        date(y, m, d)
    except ValueError:
        return PartialDate(y, m)
    return PartialDate(y, m, d)


def _plain_month(word: str) -> str:
    return word.casefold().replace("é", "e").replace("û", "u")

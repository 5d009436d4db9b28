"""Holidays of a country, worked out from the list in its law."""

import re
from datetime import date, timedelta

from smartborder.kernel.calendar import easter, nth_weekday
from smartborder.law.provisions import View

WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4}
_NTH = re.compile(r"(mon|tue|wed|thu|fri)(\d|-last)-(\d\d)")


def holidays(law: View, citation: str, first: int, last: int) -> frozenset[date]:
    """Every holiday of the years ``first`` to ``last`` by the list that ``citation`` sets."""
    words: list[str] = law.value(citation) or []
    days = {_day(word, year) for year in range(first, last + 1) for word in words if word[0] != "o"}
    return frozenset(_observed(d) for d in days) if "observed" in words else frozenset(days)


def _day(word: str, year: int) -> date:
    if word.startswith("easter"):
        return easter(year) + timedelta(days=int(word[6:]))
    if word.startswith("monday-before-"):
        day = date.fromisoformat(f"{year}-{word[-5:]}") - timedelta(days=1)
        return day - timedelta(days=day.weekday())
    nth = _NTH.fullmatch(word)
    if nth is not None:
        n = -1 if nth[2] == "-last" else int(nth[2])
        return nth_weekday(year, int(nth[3]), WEEKDAYS[nth[1]], n)
    return date.fromisoformat(f"{year}-{word}")


def _observed(day: date) -> date:
    """Saturday's holiday on Friday, Sunday's on Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))

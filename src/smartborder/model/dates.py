"""Dates known only in part: a year, a year and month, or a day."""

from datetime import date
from typing import Self

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text


class ImpossibleDate(InputError):
    """A date that no calendar has, such as 30 February."""

    code = "date.impossible"
    title = Text("Impossible date", "Date impossible")


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """A date of which the month or the day may be unknown (Doc 9303-3 allows both in an MRZ)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """``1957``, ``1957-03`` or ``1957-03-10``.

        Raises:
            ImpossibleDate: for anything else, including days that do not exist.

        """
        parts = text.split("-")
        try:
            numbers = [int(p) for p in parts]
            if [len(p) for p in parts] != [4, 2, 2][: len(parts)]:
                raise ValueError
            result = cls(*numbers)
            date(result.year, result.month or 1, result.day or 1)
        except (ValueError, TypeError) as error:
            raise ImpossibleDate("not a date: use YYYY, YYYY-MM or YYYY-MM-DD") from error
        return result

    @property
    def exact(self) -> date | None:
        """The day, if it is known to the day."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    def __str__(self) -> str:
        tail = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{tail}" + (f"-{self.day:02}" if self.month and self.day else "")

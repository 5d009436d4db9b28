"""Marking reported values in the raw text of a message.

A value is looked for in every form in which EDIFACT may carry it: a date as YYMMDD, CCYYMMDD or
DDMMYY, a number with its blanks and hyphens, a name word by word in any case.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from smartborder.model.passenger_list import Traveller

_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_SHORTEST = 2


class Piece(NamedTuple):
    """A piece of raw text; ``mark`` is True for a value that something rests on."""

    text: str
    mark: bool


def marked(text: str, person: Traveller, values: Iterable[str]) -> list[Piece]:
    """``text`` in pieces; every form of every value is marked where it stands as a whole word."""
    forms = {f for v in values for f in _forms(v, person) if len(f) >= _SHORTEST}
    if not forms:
        return [Piece(text, False)] if text else []
    longest_first = sorted(forms, key=lambda f: (-len(f), f))
    pattern = re.compile(
        r"(?<![^\W_])(?:" + "|".join(re.escape(f) for f in longest_first) + r")(?![^\W_])",
        re.IGNORECASE,
    )
    pieces, at = [], 0
    for found in pattern.finditer(text):
        if found.start() > at:
            pieces.append(Piece(text[at : found.start()], False))
        pieces.append(Piece(found[0], True))
        at = found.end()
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return pieces


def _forms(value: str, person: Traveller) -> Iterator[str]:
    """How a value may stand in the message."""
    if date := _DATE.match(value):
        year, month, day = date.groups()
        yield from (f"{year[2:]}{month}{day}", f"{year}{month}{day}", f"{day}{month}{year[2:]}")
        return
    plain = _plain(value)
    for document in person.documents:
        if document.number and _plain(document.number) == plain:
            yield document.number
    yield value
    if any(c.isalpha() for c in value) and not any(c.isdigit() for c in value):
        yield from re.split(r"[\s,]+", value)


def _plain(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())

"""What birth date, nationality, sex and place add to or take from a name: log-likelihood terms.

None of them is a cliff. A birth year one off costs little against a full name; a birth date
twenty years off costs more than a common name can give. Sizes are set from how often true
pairs and chance pairs show each relation.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
from rapidfuzz.distance import OSA

from smartborder.engines.screening.documents import clean
from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate, ListEntry, Query

Relation = Literal[
    "birth-date-same",
    "birth-year-same",
    "birth-date-swapped",
    "birth-date-one-part-off",
    "birth-year-one-off",
    "birth-date-same-year",
    "birth-year-near",
    "birth-date-other",
    "nationality-same",
    "nationality-other",
    "sex-other",
    "place-same",
    "document-other",
]

TERMS: dict[Relation, float] = {
    "birth-date-same": 5.0,
    "birth-year-same": 2.2,
    "birth-date-swapped": 3.5,
    "birth-date-one-part-off": 1.5,
    "birth-year-one-off": 0.3,
    "birth-date-same-year": -0.3,
    "birth-year-near": -1.0,
    "birth-date-other": -4.0,
    "nationality-same": 1.0,
    "nationality-other": -0.7,
    "sex-other": -2.0,
    "place-same": 1.0,
    "document-other": -1.5,
}
"""Natural-log likelihood ratios."""


class Term(msgspec.Struct, frozen=True):
    """One relation found, its size, and the two values."""

    relation: Relation
    size: float
    ours: str
    theirs: str


def terms(query: Query, entry: ListEntry) -> list[Term]:
    """Every relation that both records allow to be seen."""
    found: list[Term] = []
    if query.birth_date is not None and entry.birth_dates and query.kind == "person":
        found.append(_birth(query.birth_date, entry.birth_dates))
    if query.nationality and entry.nationalities:
        same = query.nationality.upper() in {n.upper() for n in entry.nationalities}
        found.append(
            _term(
                "nationality-same" if same else "nationality-other",
                ", ".join(entry.nationalities),
                query.nationality,
            )
        )
    if query.sex in ("M", "F") and entry.sex in ("M", "F") and query.sex != entry.sex:
        found.append(_term("sex-other", str(entry.sex), str(query.sex)))
    if query.birth_place and entry.places:
        wanted = query.birth_place.casefold()
        for place in entry.places:
            if place and (place.casefold() in wanted or wanted in place.casefold()):
                found.append(_term("place-same", place, query.birth_place))
                break
    if query.document_number and query.document_issuer:
        numbers = [d.number for d in entry.documents if d.issuer == query.document_issuer]
        asked = clean(query.document_number)
        if numbers and all(OSA.distance(asked, clean(n)) > 1 for n in numbers):
            found.append(_term("document-other", ", ".join(numbers), query.document_number))
    return found


def _term(relation: Relation, ours: str, theirs: str) -> Term:
    return Term(relation, TERMS[relation], ours, theirs)


def _birth(asked: PartialDate, listed: Sequence[ListedDate]) -> Term:
    relations = [(date_relation(asked, d), d) for d in listed]
    relation, date = max(relations, key=lambda r: TERMS[r[0]])
    return _term(relation, written(date), str(asked))


def written(date: ListedDate) -> str:
    """A listed date with its precision: ``c. 1957``, ``1955..1958``."""
    text = str(date.date) + (f"..{date.until}" if date.until else "")
    return f"c. {text}" if date.precision == "approximate" else text


def date_relation(asked: PartialDate, listed: ListedDate) -> Relation:
    """How a birth date relates to one that is listed, with the list's own precision."""
    ours = listed.date
    first, last = ours.year, (listed.until or ours).year
    if listed.precision == "between" or first != last:
        if first <= asked.year <= last:
            return "birth-year-same"
        gap = min(abs(asked.year - first), abs(asked.year - last))
        return "birth-year-near" if gap <= 2 else "birth-date-other"
    gap = abs(asked.year - first)
    if listed.precision == "approximate":
        if gap <= 1:
            return "birth-year-same"
        return "birth-year-one-off" if gap <= 3 else _far(gap, 6)
    if not (asked.day and ours.day):  # days may be impossible: a list can hold 30 February
        if gap:
            return "birth-year-one-off" if gap == 1 else _far(gap, 2)
        if asked.month and ours.month and asked.month != ours.month:
            return "birth-date-one-part-off"
        return "birth-year-same"
    return _exact(asked, ours, gap)


def _exact(asked: PartialDate, ours: PartialDate, gap: int) -> Relation:
    if asked == ours:
        return "birth-date-same"
    if gap == 0 and (asked.month, asked.day) == (ours.day, ours.month):
        return "birth-date-swapped"
    parts = (gap == 0) + (asked.month == ours.month) + (asked.day == ours.day)
    if parts == 2:
        return "birth-date-one-part-off" if gap <= 10 else "birth-year-one-off"
    if gap == 0:
        return "birth-date-same-year"
    return "birth-year-near" if gap == 1 else _far(gap, 2)


def _far(gap: int, near: int) -> Relation:
    return "birth-year-near" if gap <= near else "birth-date-other"

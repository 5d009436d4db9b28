"""Dates, nationality, sex and place: additive, never a cliff."""

import pytest

from smartborder.engines.screening.evidence import TERMS, date_relation, terms
from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate, ListedName, ListEntry, Query

DAY = ListedDate(date=PartialDate(1957, 3, 10))


@pytest.mark.parametrize(
    "asked, relation",
    [
        ("1957-03-10", "birth-date-same"),
        ("1957-10-03", "birth-date-swapped"),
        ("1957-03-11", "birth-date-one-part-off"),
        ("1957-04-10", "birth-date-one-part-off"),
        ("1958-03-10", "birth-date-one-part-off"),
        ("1957-11-25", "birth-date-same-year"),
        ("1958-11-25", "birth-year-near"),
        ("1959-11-25", "birth-year-near"),
        ("1960-11-25", "birth-date-other"),
        ("1957", "birth-year-same"),
        ("1958", "birth-year-one-off"),
        ("1959", "birth-year-near"),
        ("1960", "birth-date-other"),
        ("1957-03", "birth-year-same"),
    ],
)
def test_against_an_exact_day(asked: str, relation: str) -> None:
    assert date_relation(PartialDate.parse(asked), DAY) == relation


@pytest.mark.parametrize(
    "year, relation",
    [
        (1954, "birth-year-near"),
        (1955, "birth-year-same"),
        (1958, "birth-year-same"),
        (1960, "birth-year-near"),
        (1961, "birth-date-other"),
    ],
)
def test_against_a_range_of_years(year: int, relation: str) -> None:
    listed = ListedDate(date=PartialDate(1955), precision="between", until=PartialDate(1958))
    assert date_relation(PartialDate(year), listed) == relation


@pytest.mark.parametrize(
    "year, relation",
    [
        (1957, "birth-year-same"),
        (1958, "birth-year-same"),
        (1960, "birth-year-one-off"),
        (1963, "birth-year-near"),
        (1964, "birth-date-other"),
    ],
)
def test_circa_is_wider(year: int, relation: str) -> None:
    listed = ListedDate(date=PartialDate(1957), precision="approximate")
    assert date_relation(PartialDate(year), listed) == relation


def test_a_listed_day_that_no_calendar_has_is_no_error() -> None:
    listed = ListedDate(date=PartialDate(1960, 2, 30))
    assert date_relation(PartialDate(1960, 2, 28), listed) == "birth-date-one-part-off"


def test_the_best_of_several_listed_dates_counts() -> None:
    entry = ListEntry(
        id="l:1",
        list="l",
        names=(ListedName(text="A B"),),
        birth_dates=(ListedDate(date=PartialDate(1940)), DAY),
    )
    found = terms(Query(id="1", birth_date=PartialDate(1957, 3, 10)), entry)
    assert [t.relation for t in found] == ["birth-date-same"]


def test_all_kinds_of_evidence_are_seen() -> None:
    entry = ListEntry(
        id="l:1",
        list="l",
        names=(ListedName(text="A B"),),
        nationalities=("DZA", "FRA"),
        places=("Oran, Algeria",),
        sex="F",
    )
    query = Query(id="1", nationality="FRA", birth_place="Oran", sex="M")
    assert [t.relation for t in terms(query, entry)] == [
        "nationality-same",
        "sex-other",
        "place-same",
    ]


def test_sizes_are_in_the_order_an_officer_would_expect() -> None:
    order = (
        "birth-date-same",
        "birth-date-swapped",
        "birth-year-same",
        "birth-date-one-part-off",
        "birth-year-one-off",
        "birth-date-same-year",
        "birth-year-near",
        "birth-date-other",
    )
    sizes = [TERMS[relation] for relation in order]
    assert sizes == sorted(sizes, reverse=True)

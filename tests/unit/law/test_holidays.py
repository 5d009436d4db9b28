"""Holidays of both countries, by their law of the year."""

from datetime import date

from smartborder.law.holidays import holidays
from smartborder.law.provisions import view

KNOWN = date(2026, 11, 24)


def of(pack, citation, year):
    return sorted(
        holidays(view(pack, pack.upper(), date(year, 12, 31), KNOWN), citation, year, year)
    )


def test_canada_2026():
    assert of("ca", "Interpretation Act 35(1)", 2026) == [
        date(2026, m, d)
        for m, d in (
            (1, 1),
            (4, 3),
            (4, 6),
            (5, 18),
            (7, 1),
            (9, 7),
            (9, 30),
            (10, 12),
            (11, 11),
            (12, 25),
            (12, 26),
        )
    ]


def test_canada_before_the_day_for_truth_and_reconciliation():
    assert date(2020, 9, 30) not in of("ca", "Interpretation Act 35(1)", 2020)


def test_victoria_day_when_the_25th_is_a_monday():
    assert date(2026, 5, 18) in of("ca", "Interpretation Act 35(1)", 2026)
    assert date(2020, 5, 18) in of("ca", "Interpretation Act 35(1)", 2020)


def test_united_states_2026_with_independence_day_on_a_saturday():
    found = of("us", "5 USC 6103", 2026)
    assert date(2026, 7, 3) in found
    assert date(2026, 7, 4) not in found
    assert date(2026, 11, 26) in found
    assert len(found) == 11

"""The thirty days, day by day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from smartborder.law.ca.departure_clock import day_table, period_ends


def test_s11_the_day_table():
    table = day_table(date(2026, 3, 1), 30, [(date(2026, 3, 10), date(2026, 3, 20))])
    assert table[0].day == date(2026, 3, 2)
    assert [d.day.day for d in table if d.count is None] == list(range(10, 20))
    assert period_ends(table, 30) == date(2026, 4, 10)


def test_the_other_reading_is_a_day_longer():
    span = [(date(2026, 3, 10), date(2026, 3, 20))]
    other = day_table(date(2026, 3, 1), 30, span, release_counts=False)
    assert period_ends(other, 30) == date(2026, 4, 11)


def test_an_open_detention_stops_the_clock_for_good():
    table = day_table(date(2026, 3, 1), 30, [(date(2026, 3, 10), None)])
    assert period_ends(table, 30) is None
    assert table[-1].day == date(2026, 3, 9)


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 30)).map(
        lambda p: (
            date.fromordinal(date(2026, 3, 1).toordinal() + p[0]),
            date.fromordinal(date(2026, 3, 1).toordinal() + p[0] + p[1]),
        )
    ),
    max_size=4,
)


@given(SPANS, SPANS)
def test_more_days_stopped_never_shorten_the_period(some, more):
    start = date(2026, 3, 1)
    short = period_ends(day_table(start, 30, some), 30)
    long = period_ends(day_table(start, 30, [*some, *more]), 30)
    assert short is not None
    assert long is not None
    assert long >= short >= date(2026, 3, 31)

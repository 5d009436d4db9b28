"""Legal days: exact values from the Interpretation Act's rules and from known calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartborder.kernel.calendar import (
    age_on,
    business_day_after,
    clear_days_before,
    day_after,
    days_stopped,
    easter,
    full_days_between,
    is_business_day,
    months_after,
    next_open_day,
    nth_weekday,
    years_after,
)


def test_the_day_of_the_event_is_not_counted():
    assert day_after(date(2026, 3, 1), 30) == date(2026, 3, 31)
    assert full_days_between(date(2026, 4, 20), date(2026, 5, 4)) == 14


def test_clear_days_leave_out_both_ends():
    assert clear_days_before(date(2026, 5, 10), 7) == date(2026, 5, 2)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 42, date(2030, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start, months, end):
    assert months_after(start, months) == end


def test_a_leap_day_ends_a_year_on_the_28th_and_a_birthday_on_1_march():
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year, day):
    assert easter(year) == day


def test_nth_weekday_of_a_month():
    assert nth_weekday(2026, 9, 0, 1) == date(2026, 9, 7)
    assert nth_weekday(2026, 11, 3, 4) == date(2026, 11, 26)
    assert nth_weekday(2026, 5, 0, -1) == date(2026, 5, 25)


def test_business_days_skip_weekends_and_holidays():
    holiday = frozenset({date(2026, 7, 1)})
    assert business_day_after(date(2026, 6, 30), 1, holiday) == date(2026, 7, 2)
    assert business_day_after(date(2026, 7, 3), 1, holiday) == date(2026, 7, 6)
    assert not is_business_day(date(2026, 7, 1), holiday)
    assert next_open_day(date(2026, 7, 5), frozenset({date(2026, 7, 6)})) == date(2026, 7, 7)


def test_a_clock_stopped_from_the_10th_to_the_20th_stood_still_for_ten_days():
    span = (date(2026, 3, 10), date(2026, 3, 20))
    stopped = days_stopped([span], first=date(2026, 3, 2), last=date(2026, 12, 31))
    assert len(stopped) == 10
    assert date(2026, 3, 20) not in stopped


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 60))
def test_business_days_agree_with_counting_one_by_one(start, days):
    end = business_day_after(start, days, ())
    between = (start + timedelta(days=i + 1) for i in range((end - start).days))
    assert sum(d.weekday() < 5 for d in between) == days
    assert end.weekday() < 5


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(-600, 600))
def test_months_after_never_leaves_its_month(start, months):
    end = months_after(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day

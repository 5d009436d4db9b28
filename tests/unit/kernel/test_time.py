"""Instants, days and identifiers."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from smartborder.kernel.calendar import age_on, day_after
from smartborder.kernel.ids import after, make_id
from smartborder.kernel.time import iso, to_utc


def test_local_time_becomes_utc_by_the_zone_of_the_place():
    assert iso(to_utc(datetime(2026, 5, 4, 22, 30), "America/Toronto")) == "2026-05-05T02:30:00Z"


def test_the_hour_that_happens_twice_is_read_as_the_first():
    assert iso(to_utc(datetime(2026, 11, 1, 1, 30), "America/Toronto")) == "2026-11-01T05:30:00Z"


def test_the_day_of_the_event_is_not_counted():
    assert day_after(date(2026, 3, 1), 30) == date(2026, 3, 31)


def test_a_leapling_completes_a_year_on_the_first_of_march():
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_ids_sort_by_time_and_say_what_they_are():
    early = make_id("case", datetime(2026, 1, 1, tzinfo=UTC), b"\xff" * 10)
    late = make_id("case", datetime(2026, 1, 1, 0, 0, 0, 1000, tzinfo=UTC), b"\x00" * 10)
    assert early < late
    assert early.startswith("case-") and len(early) == 31


@given(
    st.binary(min_size=10, max_size=10), st.lists(st.binary(min_size=4, max_size=4), max_size=50)
)
def test_ids_of_one_millisecond_sort_as_they_were_made(first, steps):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    random = first[:2] + bytes([first[2] & 0xF7]) + first[3:]
    made = [make_id("case", at, random)]
    for step in steps:
        random = after(random, step)
        made.append(make_id("case", at, random))
    assert made == sorted(set(made))

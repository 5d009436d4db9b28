"""Instants, days and identifiers."""

from datetime import UTC, date, datetime

from smartborder.kernel.calendar import age_on, day_after
from smartborder.kernel.ids import make_id
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

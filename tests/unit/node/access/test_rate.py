from datetime import UTC, datetime, timedelta

import pytest

from smartborder.node.access.rate import Limiter, TooFast

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_a_minutes_worth_then_refused_with_the_seconds_to_wait() -> None:
    limiter = Limiter()
    for _ in range(60):
        limiter.take("a", 60, NOW)
    with pytest.raises(TooFast) as refused:
        limiter.take("a", 60, NOW)
    assert refused.value.where == {"client": "a", "retry_after": 2}


def test_the_bucket_fills_evenly_and_never_above_its_size() -> None:
    limiter = Limiter()
    for _ in range(60):
        limiter.take("a", 60, NOW)
    limiter.take("a", 60, NOW + timedelta(seconds=1))
    with pytest.raises(TooFast):
        limiter.take("a", 60, NOW + timedelta(seconds=1))
    for _ in range(60):
        limiter.take("a", 60, NOW + timedelta(hours=5))
    with pytest.raises(TooFast):
        limiter.take("a", 60, NOW + timedelta(hours=5))


def test_clients_do_not_share_and_workers_do() -> None:
    limiter = Limiter(workers=2)
    limiter.take("a", 2, NOW)
    with pytest.raises(TooFast):
        limiter.take("a", 2, NOW)
    limiter.take("b", 2, NOW)


def test_a_clock_that_goes_back_gives_nothing() -> None:
    limiter = Limiter()
    limiter.take("a", 1, NOW)
    with pytest.raises(TooFast):
        limiter.take("a", 1, NOW - timedelta(hours=1))

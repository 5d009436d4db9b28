"""Instants and where 'now' comes from. Real clocks live on floor 4 and above."""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class TimeSource(Protocol):
    """The source of now. Code never asks the operating system; it asks one of these."""

    def now(self) -> datetime:
        """The present instant, timezone-aware, in UTC."""


class FixedTime:
    """A clock that stands still until it is moved; for tests, replays and the demo."""

    def __init__(self, at: datetime) -> None:
        """``at`` must be timezone-aware."""
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant the clock stands at."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Move the clock; backwards is allowed, a node must survive it."""
        self._at += by


def to_utc(local: datetime, zone: str) -> datetime:
    """A naive local time at a place as an instant in UTC.

    A time that happens twice (autumn change) is read as the first of the two; one that
    does not exist (spring change) is moved forward by the gap, as airline schedules do.

    Args:
        local: naive date and time as clocks at the place show it.
        zone: IANA zone name of the place, e.g. ``America/Toronto``.

    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def iso(at: datetime) -> str:
    """An instant as ``2026-11-24T03:02:53Z`` (whole seconds, UTC)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_now(at: datetime, zone: str) -> datetime:
    """An instant as the naive local time that clocks at a place show."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

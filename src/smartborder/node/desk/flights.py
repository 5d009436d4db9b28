"""Flights: what is on its way, who is on it, and how every seat came out after close-out."""

from collections import Counter
from datetime import timedelta
from typing import Literal

import msgspec

from smartborder.node.desk import flight_row, people, visible
from smartborder.node.desk.flight_row import FlightView
from smartborder.node.desk.people import TravellerView
from smartborder.node.store.session import Session

Window = Literal["now", "day", "week"]
_WINDOWS: dict[Window, tuple[timedelta, timedelta]] = {
    "now": (timedelta(hours=12), timedelta(hours=12)),
    "day": (timedelta(hours=36), timedelta(hours=36)),
    "week": (timedelta(days=7), timedelta(days=7)),
}
PRESENCES = (
    "reported", "boarded", "no-show", "off-loaded", "boarded-without-ok", "arrived-unreported",
    "cancelled",
)  # fmt: skip


class FlightLine(msgspec.Struct, frozen=True, kw_only=True):
    """One flight in the list, with its counts; no person is named."""

    flight: FlightView
    travellers: int
    crew: int
    not_ok: int
    waiting: int
    open_cases: int
    boarded: int
    boarded_without_ok: int


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller in the seat table; ``cases`` are open cases at the desk."""

    traveller: TravellerView
    cases: int

    @property
    def row(self) -> tuple[int, str]:
        """Sorts ``9A`` before ``12C``; people without a seat come last."""
        seat = self.traveller.person.seat or ""
        digits = "".join(c for c in seat if c.isdigit())
        return (int(digits) if digits else 9999, seat)


def around_now(
    s: Session, window: Window = "now", direction: str | None = None
) -> list[FlightLine]:
    """Live flights around now, by departure; those without a schedule first."""
    back, ahead = _WINDOWS[window]
    rows = s.rows(
        f"SELECT {flight_row.COLUMNS},"
        " count(t.id) FILTER (WHERE t.role NOT LIKE '%crew%' AND t.presence <> 'cancelled')"
        " AS travellers,"
        " count(t.id) FILTER (WHERE t.role LIKE '%crew%' AND t.presence <> 'cancelled') AS crew,"
        " count(t.id) FILTER (WHERE t.reply = 'not-ok' AND t.presence <> 'cancelled') AS not_ok,"
        " count(t.id) FILTER (WHERE t.reply IN ('contact-government', 'insufficient')"
        "  AND t.presence <> 'cancelled') AS waiting,"
        " count(t.id) FILTER (WHERE t.presence = 'boarded') AS boarded,"
        " count(t.id) FILTER (WHERE t.presence = 'boarded-without-ok') AS boarded_without_ok,"
        " (SELECT count(*) FROM act.case_file c WHERE c.flight = f.id AND c.state = 'open'"
        f"  AND {visible.CASE}) AS open_cases"
        " FROM act.flight f LEFT JOIN act.traveller t ON t.flight = f.id"
        f" WHERE {visible.LIVE} AND (CAST(:direction AS text) IS NULL OR f.direction = :direction)"
        " AND (coalesce(f.estimated_arrival, f.scheduled_arrival, f.scheduled_departure,"
        "  f.created_at) BETWEEN :after AND :before"
        "  OR coalesce(f.estimated_departure, f.scheduled_departure, f.created_at)"
        "  BETWEEN :after AND :before)"
        " GROUP BY f.id ORDER BY coalesce(f.estimated_departure, f.scheduled_departure)"
        " NULLS FIRST, f.carrier, f.number LIMIT 500",
        direction=direction, after=s.now - back, before=s.now + ahead,
    )  # fmt: skip
    counted = [n for n in FlightLine.__struct_fields__ if n != "flight"]
    return [FlightLine(flight=flight_row.read(r), **{n: r[n] for n in counted}) for r in rows]


def seats(s: Session, flight: str, what: str = "flight") -> list[Seat]:
    """Everybody of a flight by seat; each is noted as seen."""
    rows = s.rows(f"{people.SELECT} WHERE t.flight = :f AND t.mode = 'live' ORDER BY t.id",
                  f=flight)  # fmt: skip
    cases = {
        r["traveller"]: r["n"]
        for r in s.rows(
            "SELECT c.traveller, count(*) AS n FROM act.case_file c WHERE c.flight = :f"
            f" AND c.state = 'open' AND {visible.CASE} GROUP BY c.traveller",
            f=flight,
        )
    }
    found = [Seat(traveller=t, cases=cases.get(t.id, 0)) for t in people.read(s, rows, what)]
    return sorted(found, key=lambda x: (x.row, x.traveller.name, x.traveller.id))


def tally(found: list[Seat]) -> dict[str, int]:
    """How many of a flight came out how; after close-out nobody is left unexplained."""
    counts = dict.fromkeys(PRESENCES, 0)
    for seat in found:
        counts[seat.traveller.presence] += 1
    return counts


def told(found: list[Seat]) -> dict[str, int]:
    """How many carry which reply, people taken off the list left out."""
    counts = Counter(x.traveller.reply for x in found if x.traveller.presence != "cancelled")
    return dict(sorted(counts.items()))


def cabin(found: list[Seat]) -> tuple[tuple[str, ...], list[tuple[int, dict[str, Seat]]]]:
    """The seat map: letters of the columns, then each row with who sits where.

    Only rows that somebody sits in; people without a seat are in the table alone.
    """
    rows: dict[int, dict[str, Seat]] = {}
    for seat in found:
        number, text = seat.row
        letter = text.lstrip("0123456789")
        if number < 9999 and len(letter) == 1 and seat.traveller.presence != "cancelled":
            rows.setdefault(number, {})[letter] = seat
    letters = tuple(sorted({letter for row in rows.values() for letter in row}))
    return letters, sorted(rows.items())

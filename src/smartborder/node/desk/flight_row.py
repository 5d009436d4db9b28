"""A flight as every screen of the desk names it."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from smartborder.node.store.session import Row, Session


class FlightView(msgspec.Struct, frozen=True, kw_only=True):
    """One flight; instants in UTC beside the zones of its two ports.

    Attributes:
        times: name of a time -> where it comes from, ``message:message-...``.
    """

    id: str
    carrier: str
    number: str
    suffix: str
    departs_on: date
    origin: str
    destination: str
    direction: str
    origin_zone: str | None
    destination_zone: str | None
    scheduled_departure: datetime | None
    scheduled_arrival: datetime | None
    estimated_departure: datetime | None
    estimated_arrival: datetime | None
    actual_departure: datetime | None
    actual_arrival: datetime | None
    diverted_to: str | None
    status: str
    closed_at: datetime | None
    times: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """``AF 344``."""
        return f"{self.carrier} {self.number}{self.suffix}"

    @property
    def departs(self) -> datetime | None:
        """The best known departure: actual, else estimated, else scheduled."""
        return self.actual_departure or self.estimated_departure or self.scheduled_departure

    @property
    def arrives(self) -> datetime | None:
        """The best known arrival."""
        return self.actual_arrival or self.estimated_arrival or self.scheduled_arrival

    @property
    def from_zone(self) -> str:
        """Zone of the port of departure; UTC where it is not known."""
        return self.origin_zone or "UTC"

    @property
    def to_zone(self) -> str:
        """Zone of the port of arrival; UTC where it is not known."""
        return self.destination_zone or "UTC"


COLUMNS = ", ".join(f"f.{name}" for name in FlightView.__struct_fields__)


def read(row: Row) -> FlightView:
    """A row that has ``COLUMNS``."""
    return msgspec.convert({n: row[n] for n in FlightView.__struct_fields__}, FlightView)


def one(s: Session, flight: str) -> FlightView:
    """The live flight of that id; a flight of test traffic looks as if it did not exist."""
    return read(s.one(f"SELECT {COLUMNS} FROM act.flight f WHERE f.id = :id"
                      " AND f.mode = 'live'", id=flight))  # fmt: skip


def code_shares(s: Session, flight: str) -> tuple[str, ...]:
    """Other carriers' numbers for the same flight: ``KL 2064``."""
    rows = s.rows("SELECT carrier, number FROM act.code_share WHERE flight = :f"
                  " ORDER BY carrier, number", f=flight)  # fmt: skip
    return tuple(f"{r['carrier']} {r['number']}" for r in rows)

"""Arrivals as they were recorded: who came, when, sent where, with what outcome."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from smartborder.model.reason import Reason
from smartborder.node.access.users import names
from smartborder.node.store.session import Row, Session


class ArrivalView(msgspec.Struct, frozen=True, kw_only=True):
    """One arrival at a lane.

    Attributes:
        document: what was scanned or typed, number and issuer.
        referred: sent to secondary; ``outcome`` is then what secondary found.
    """

    id: str
    traveller: str | None
    flight: str | None
    document: str | None
    at: datetime
    lane: str | None
    officer: str
    referred: bool
    reasons: tuple[Reason, ...]
    outcome: str | None
    outcome_by: str | None
    outcome_at: datetime | None
    outcome_note: str | None


def of_traveller(s: Session, traveller: str) -> list[ArrivalView]:
    """Arrivals of a traveller, newest first."""
    return read(s, s.rows("SELECT * FROM act.arrival WHERE traveller = :t ORDER BY at DESC",
                          t=traveller))  # fmt: skip


def one(s: Session, arrival: str, *, lock: bool = False) -> ArrivalView:
    """One arrival, locked if something is about to be written."""
    lock_it = " FOR UPDATE" if lock else ""
    return read(s, [s.one(f"SELECT * FROM act.arrival WHERE id = :id{lock_it}", id=arrival)])[0]


def read(s: Session, rows: Sequence[Row]) -> list[ArrivalView]:
    """Rows of ``act.arrival``; each is noted as seen."""
    people = names(s, {x for r in rows for x in (r["officer"], r["outcome_by"]) if x})
    s.saw("arrival", [r["id"] for r in rows])
    return [
        ArrivalView(
            id=r["id"], traveller=r["traveller"], flight=r["flight"], document=r["document"],
            at=r["at"], lane=r["lane"], officer=people.get(r["officer"]) or str(r["officer"]),
            referred=r["referred"],
            reasons=msgspec.convert(r["referral_reasons"], tuple[Reason, ...]),
            outcome=r["outcome"], outcome_by=people.get(r["outcome_by"] or ""),
            outcome_at=r["outcome_at"], outcome_note=r["outcome_note"],
        )
        for r in rows
    ]  # fmt: skip

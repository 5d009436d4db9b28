"""Consultations on screen: those of the partner about our records, and ours in a request."""

from datetime import datetime

import msgspec

from smartborder.node.store.session import Session


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """One consultation; who asked for access or redress is never part of it."""

    id: str
    way: str
    partner: str
    record: str
    kind: str
    at: datetime
    request: str | None = None
    advice: str | None = None
    answered_at: datetime | None = None


def waiting(s: Session) -> list[Consultation]:
    """The partner's questions that nobody here has answered, oldest first."""
    rows = s.rows("SELECT * FROM redress.consultation WHERE way = 'in' AND answered_at IS NULL"
                  " ORDER BY at")  # fmt: skip
    s.saw("consultation", [r["id"] for r in rows])
    return [msgspec.convert(r, Consultation) for r in rows]


def of_request(s: Session, request: str) -> dict[str, Consultation]:
    """What was asked of originators in a request, by record."""
    rows = s.rows("SELECT * FROM redress.consultation WHERE way = 'out' AND request = :r"
                  " ORDER BY at", r=request)  # fmt: skip
    s.saw("consultation", [r["id"] for r in rows])
    return {r["record"]: msgspec.convert(r, Consultation) for r in rows}

"""A traveller as a page shows him: the latest reported values and what is in force."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from smartborder.model.passenger_list import Traveller
from smartborder.node.store.session import Row, Session


class TravellerView(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller on one flight.

    Attributes:
        reply: what the carrier was told and still holds.
        presence: reported, boarded, no-show, off-loaded, boarded-without-ok,
            arrived-unreported or cancelled.
        double_of: another record that may be the same person; never merged in silence.
    """

    id: str
    flight: str
    client: str
    role: str
    version: int
    reply: str
    presence: str
    double_of: str | None
    created_at: datetime
    delete_by: datetime | None
    person: Traveller

    @property
    def name(self) -> str:
        """``ROY, Agnès``."""
        parts = [(self.person.surname or "").upper(), self.person.given_names or ""]
        return ", ".join(p for p in parts if p) or "?"

    @property
    def document(self) -> str:
        """The first travel document, type, number, issuer."""
        d = self.person.documents[0] if self.person.documents else None
        return " ".join(x for x in (d.type, d.number, d.issuer) if x) if d else ""


SELECT = (
    "SELECT t.id, t.flight, t.client, t.role, t.version, t.reply, t.presence, t.double_of,"
    " t.created_at, t.delete_by, v.person FROM act.traveller t"
    " JOIN act.traveller_version v ON v.traveller = t.id AND v.version = t.version"
)


def one(s: Session, traveller: str, what: str = "") -> TravellerView:
    """One live traveller; the read is audited."""
    row = s.one(f"{SELECT} WHERE t.id = :t AND t.mode = 'live'", t=traveller)
    return read(s, [row], what)[0]


def read(s: Session, rows: Sequence[Row], what: str = "") -> list[TravellerView]:
    """Rows of ``SELECT`` as travellers; the read of each is audited."""
    s.saw("traveller", [r["id"] for r in rows], what)
    return [msgspec.convert(r, TravellerView) for r in rows]

"""One case, whole: whom it is about, what was found, what was decided, who holds it."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from smartborder.model.reason import Reason
from smartborder.node.access.users import names
from smartborder.node.desk import claims, decided, flight_row, hits, people, second, visible
from smartborder.node.desk.decided import Decided
from smartborder.node.desk.flight_row import FlightView
from smartborder.node.desk.hits import HitView
from smartborder.node.desk.people import TravellerView
from smartborder.node.desk.second import Proposal
from smartborder.node.store.session import Row, Session

QUEUE_PURPOSE = "passenger-information"
"""Under which the queue and flights are read; a case is read under its own purpose."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the case."""

    at: datetime
    actor: str
    what: str
    to: str | None
    note: str | None


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case.

    Attributes:
        hits: its own hits; ``quiet`` are other hits of the traveller, cleared before or elsewhere.
        reasons: why the case was opened, beside the hits.
        holder: user id of whoever holds it now.
    """

    id: str
    kind: str
    purpose: str
    instruction: str | None
    state: str
    opened_at: datetime
    due_at: datetime | None
    default_outcome: str | None
    closed_at: datetime | None
    closed_as: str | None
    reasons: tuple[Reason, ...]
    holder: str | None
    holder_name: str | None
    lease_until: datetime | None
    handed_from: str | None
    traveller: TravellerView | None
    flight: FlightView | None
    hits: tuple[HitView, ...]
    quiet: tuple[HitView, ...]
    decisions: tuple[Decided, ...]
    proposals: tuple[Proposal, ...]
    events: tuple[Event, ...]

    @property
    def waiting(self) -> Proposal | None:
        """The proposal that waits for a second person."""
        return next((p for p in self.proposals if p.state == "waiting"), None)

    @property
    def open_hits(self) -> int:
        """How many hits are still to decide."""
        return sum(h.state == "open" for h in self.hits)

    @property
    def reply_waits(self) -> bool:
        """Whether the carrier waits for a person's word."""
        return self.traveller is not None and self.traveller.reply in (
            "contact-government", "not-ok",
        )  # fmt: skip


def head(s: Session, case_id: str) -> Row:
    """Purpose and holder of a case, by which it is decided whether it may be opened.

    A silent case looks as if it did not exist; so does one of test traffic, for there is none.
    """
    return s.one(f"SELECT c.* FROM act.case_file c WHERE c.id = :id AND {visible.CASE}",
                 id=case_id)  # fmt: skip


def whole(s: Session, case_id: str) -> CaseView:
    """The case with everything about it; every person and hit shown is audited."""
    case = head(s, case_id)
    traveller = people.one(s, case["traveller"], "case") if case["traveller"] else None
    found = hits.of_traveller(s, traveller.id) if traveller else []
    events = _events(s, case_id)
    known = names(s, [x for x in (case["claimed_by"], case["handed_from"]) if x])
    holder = claims.holder(case, s)
    s.saw("case", [case_id])
    return CaseView(
        id=case["id"], kind=case["kind"], purpose=case["purpose"],
        instruction=case["instruction"], state=case["state"], opened_at=case["opened_at"],
        due_at=case["due_at"], default_outcome=case["default_outcome"],
        closed_at=case["closed_at"], closed_as=case["closed_as"],
        reasons=msgspec.convert(case["reasons"], tuple[Reason, ...]),
        holder=holder, holder_name=known.get(holder or ""), lease_until=case["lease_until"],
        handed_from=known.get(case["handed_from"] or ""), traveller=traveller,
        flight=flight_row.one(s, case["flight"]) if case["flight"] else None,
        hits=tuple(h for h in found if h.case == case_id and h.state != "withdrawn"),
        quiet=tuple(h for h in found if h.case != case_id and h.state != "withdrawn"),
        decisions=tuple(decided.of_subject(s, traveller.id)) if traveller else (),
        proposals=tuple(second.of_case(s, case_id)), events=events,
    )  # fmt: skip


def of_traveller(s: Session, traveller: str) -> list[Row]:
    """Cases about a traveller, newest first, for links."""
    found = s.rows(
        "SELECT c.id, c.kind, c.state, c.opened_at, c.closed_as FROM act.case_file c"
        f" WHERE c.traveller = :t AND {visible.CASE} ORDER BY c.opened_at DESC",
        t=traveller,
    )
    if found:
        s.saw("traveller", [traveller], "cases")
    return found


def _events(s: Session, case_id: str) -> tuple[Event, ...]:
    rows = s.rows("SELECT * FROM act.case_event WHERE case_id = :c ORDER BY n", c=case_id)
    people_named: Mapping[str, str] = names(
        s, {x for r in rows for x in (r["actor"], r["to_user"]) if x}
    )
    return tuple(
        Event(at=r["at"], actor=people_named.get(r["actor"], r["actor"]), what=r["what"],
              to=people_named.get(r["to_user"] or ""), note=r["note"])
        for r in rows
    )  # fmt: skip

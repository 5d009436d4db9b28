"""The help desk overrides a 'not ok' at once, after calling the carrier back.

An override holds for this traveller on this flight and expires when the flight departs: the next
flight is checked anew. Calling back a number that we know, not one that the caller gives, is
what makes sure that it is the carrier who asks.
"""

from datetime import datetime

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.access.users import names
from smartborder.node.act.unsolicited import doors_closed
from smartborder.node.desk import claims, replies, visible
from smartborder.node.desk.closing import close_case
from smartborder.node.desk.errors import CallNotVerified, Departed, ReasonNeeded
from smartborder.node.desk.order import hold_flight_of_traveller
from smartborder.node.desk.reasons import LEAST
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session

_DIGITS = 6


class HelpCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call: who was called back where, by whom, and until when the override holds."""

    id: str
    called_by: str
    number_called: str
    officer: str
    expires_at: datetime | None
    at: datetime


def override(s: Session, node: Node, traveller: str, *, called_by: str, number_called: str,
             words: str) -> None:  # fmt: skip
    """Override the reply in force with OK.

    ``called_by`` is the person at the carrier who answered, ``number_called`` the number that
    was dialled from our own directory, ``words`` what was verified.

    Raises:
        CallNotVerified: number or name is missing.
        ReasonNeeded: fewer than ten characters about what was verified.
        Departed: the flight has left.
    """
    said = " ".join(words.split())
    if sum(c.isdigit() for c in number_called) < _DIGITS or len(called_by.strip()) < 2:
        raise CallNotVerified("the number that was called back and who answered")
    if len(said) < LEAST:
        raise ReasonNeeded(f"write at least {LEAST} characters")
    hold_flight_of_traveller(s, traveller)
    flight = s.one("SELECT f.* FROM act.flight f JOIN act.traveller t ON t.flight = f.id"
                   " WHERE t.id = :t AND t.mode = 'live'", t=traveller)  # fmt: skip
    if doors_closed(flight, s):
        raise Departed("the doors are closed", flight=flight["id"])
    case = _case(s, traveller)
    reason = Reason(code="desk.call-back", detail=Text(f"Call-back: {said}", f"Rappel : {said}"))
    decision = replies.give(s, node, traveller, "ok", (reason,), recorded_as="overridden",
                            case=case["id"] if case else None)  # fmt: skip
    s.run(
        "INSERT INTO act.help_call (id, traveller, called_by, number_called, officer, decision,"
        " expires_at, at) VALUES (:id, :t, :by, :number, :me, :decision, :expires, :now)",
        id=s.new_id("call"), t=traveller, by=called_by.strip(), number=number_called.strip(),
        me=s.actor.id, decision=decision, now=s.now,
        expires=flight["estimated_departure"] or flight["scheduled_departure"],
    )  # fmt: skip
    if case:
        claims.note(s, case["id"], "override", said=said)
        close_case(s, case, "overridden")


def calls(s: Session, traveller: str) -> list[HelpCall]:
    """Calls about a traveller, newest first."""
    rows = s.rows("SELECT * FROM act.help_call WHERE traveller = :t ORDER BY at DESC", t=traveller)
    people = names(s, [r["officer"] for r in rows])
    return [
        HelpCall(id=r["id"], called_by=r["called_by"], number_called=r["number_called"],
                 officer=people.get(r["officer"]) or str(r["officer"]),
                 expires_at=r["expires_at"], at=r["at"])
        for r in rows
    ]  # fmt: skip


def _case(s: Session, traveller: str) -> Row | None:
    """The open reply case of the traveller; a hit case stays, for its hits are not settled."""
    return s.first(
        "SELECT * FROM act.case_file c WHERE c.traveller = :t AND c.state = 'open'"
        f" AND c.kind = 'reply' AND {visible.CASE} FOR UPDATE",
        t=traveller,
    )

"""Two people for what hurts: one officer proposes 'not ok', another agrees or declines.

Until the second has spoken, the reply in force stays as it was.
"""

from datetime import datetime

import msgspec

from smartborder.model.reason import Reason
from smartborder.node.access.users import names
from smartborder.node.desk import claims, replies
from smartborder.node.desk.closing import close_case
from smartborder.node.desk.errors import AlreadyDecided, SecondPersonNeeded
from smartborder.node.desk.order import hold_flight_of_case
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that waits for a second person, or what became of it."""

    id: str
    case: str
    subject: str
    outcome: str
    by: str
    by_name: str
    reasons: tuple[Reason, ...]
    at: datetime
    state: str
    second: str | None
    second_at: datetime | None
    second_note: str | None


def decide_reply(s: Session, node: Node, case_id: str, outcome: str,
                 reasons: tuple[Reason, ...]) -> bool:  # fmt: skip
    """Decide the reply of a case; False if it now waits for a second person.

    Raises:
        AlreadyDecided: a proposal is waiting already.
        OutcomeUnknown: not a reply an officer gives.
    """
    reply = replies.given(outcome)
    hold_flight_of_case(s, case_id)
    case = claims.claim(s, case_id)
    in_force = s.value("SELECT reply FROM act.traveller WHERE id = :t", t=case["traveller"])
    if replies.needs_second(outcome, in_force):
        if s.value("SELECT 1 FROM act.pending_decision WHERE case_id = :c AND state = 'waiting'",
                   c=case_id):  # fmt: skip
            raise AlreadyDecided("a decision already waits for a second person", case=case_id)
        _propose(s, case, outcome, reasons)
        return False
    s.run("UPDATE act.pending_decision SET state = 'lapsed' WHERE case_id = :c"
          " AND state = 'waiting'", c=case_id)  # fmt: skip
    replies.give(s, node, case["traveller"], reply, reasons, case=case_id)
    claims.note(s, case_id, f"reply-{outcome}")
    _finish(s, case, outcome)
    return True


def agree(s: Session, node: Node, proposal_id: str) -> None:
    """The second person agrees: the decision takes effect, in the name of both.

    Raises:
        SecondPersonNeeded: the same person tried both.
        AlreadyDecided: it no longer waits.
    """
    case_id = s.value("SELECT case_id FROM act.pending_decision WHERE id = :id", id=proposal_id)
    hold_flight_of_case(s, str(case_id))
    row = _waiting(s, proposal_id)
    case = claims.locked(s, row["case_id"])
    _close(s, proposal_id, "agreed", None)
    replies.give(
        s, node, row["subject"], replies.given(row["outcome"]),
        msgspec.convert(row["reasons"], tuple[Reason, ...]), case=case["id"],
        second=s.actor.id, author=row["proposed_by"],
    )  # fmt: skip
    claims.note(s, case["id"], f"reply-{row['outcome']}-agreed")
    _finish(s, case, row["outcome"])


def decline(s: Session, proposal_id: str, why: str) -> None:
    """The second person does not agree: nothing changes, the case goes on."""
    row = _waiting(s, proposal_id)
    _close(s, proposal_id, "declined", why)
    claims.note(s, row["case_id"], "second-declined", said=why)
    s.leaf("proposal-declined", proposal_id, {"by": s.actor.id})
    s.notify("queue")


def proposed_by(s: Session, proposal_id: str) -> str:
    """User id of whoever proposed it."""
    row = s.one("SELECT proposed_by FROM act.pending_decision WHERE id = :id", id=proposal_id)
    return str(row["proposed_by"])


def of_case(s: Session, case_id: str) -> list[Proposal]:
    """All proposals of a case, newest first."""
    rows = s.rows("SELECT * FROM act.pending_decision WHERE case_id = :c ORDER BY at DESC",
                  c=case_id)  # fmt: skip
    people = names(s, {x for r in rows for x in (r["proposed_by"], r["second_person"]) if x})
    return [
        Proposal(
            id=r["id"], case=r["case_id"], subject=r["subject"], outcome=r["outcome"],
            by=r["proposed_by"], by_name=people.get(r["proposed_by"]) or str(r["proposed_by"]),
            reasons=msgspec.convert(r["reasons"], tuple[Reason, ...]), at=r["at"],
            state=r["state"], second=people.get(r["second_person"]), second_at=r["second_at"],
            second_note=r["second_note"],
        )
        for r in rows
    ]  # fmt: skip


def _propose(s: Session, case: Row, outcome: str, reasons: tuple[Reason, ...]) -> None:
    record = s.new_id("proposal")
    s.run(
        "INSERT INTO act.pending_decision (id, case_id, outcome, proposed_by, reasons, at,"
        " subject, kind) VALUES (:id, :case, :outcome, :me, :reasons, :now, :subject, 'reply')",
        id=record, case=case["id"], outcome=outcome, me=s.actor.id, now=s.now,
        reasons=msgspec.json.encode(reasons).decode(), subject=case["traveller"],
    )  # fmt: skip
    claims.note(s, case["id"], f"reply-{outcome}-proposed")
    s.leaf("proposal", record, {"outcome": outcome, "by": s.actor.id})
    s.notify("queue")


def _waiting(s: Session, proposal_id: str) -> Row:
    row = s.one("SELECT * FROM act.pending_decision WHERE id = :id FOR UPDATE", id=proposal_id)
    if row["state"] != "waiting":
        raise AlreadyDecided("this proposal no longer waits")
    if row["proposed_by"] == s.actor.id:
        raise SecondPersonNeeded("a colleague must give the second decision")
    return row


def _close(s: Session, proposal_id: str, state: str, note: str | None) -> None:
    s.run(
        "UPDATE act.pending_decision SET state = :state, second_person = :me,"
        " second_at = :now, second_note = :note WHERE id = :id",
        state=state, me=s.actor.id, now=s.now, note=note, id=proposal_id,
    )  # fmt: skip


def _finish(s: Session, case: Row, outcome: str) -> None:
    """A decided reply closes the case, unless hits in it are open or the carrier is to call."""
    open_hits = s.value("SELECT count(*) FROM act.hit h WHERE case_id = :c AND state = 'open'",
                        c=case["id"])  # fmt: skip
    if outcome != "contact-government" and not open_hits:
        close_case(s, case, outcome)

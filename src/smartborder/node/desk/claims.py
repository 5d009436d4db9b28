"""Who holds a case: a lease of a quarter of an hour, renewed by working on it.

A lease that runs out frees the case by itself, so nothing is stuck when somebody leaves. At the
end of a shift a case is handed over to a colleague by name, with a note.
"""

from collections.abc import Sequence
from datetime import timedelta

from smartborder.node.desk.errors import CaseClosed, CaseTaken, ColleagueUnknown
from smartborder.node.store.session import Row, Session

LEASE = timedelta(minutes=15)
HAND_OVER_LEASE = timedelta(minutes=60)
"""A case handed over is kept for the colleague this long, until the first look at it."""
MAY_HOLD = ("officer", "supervisor")


def holder(case: Row, s: Session) -> str | None:
    """User id of whoever holds ``case`` at this moment."""
    if case["claimed_by"] is None or case["lease_until"] is None or case["lease_until"] <= s.now:
        return None
    return str(case["claimed_by"])


def claim(s: Session, case_id: str) -> Row:
    """Take a free case, or renew one's own lease.

    Raises:
        CaseTaken: another officer holds it.
        CaseClosed: see there.
    """
    case = locked(s, case_id)
    held_by = holder(case, s)
    if held_by is not None and held_by != s.actor.id:
        raise CaseTaken("ask for the case to be handed over, or wait until it is free",
                        case=case_id)  # fmt: skip
    s.run(
        "UPDATE act.case_file SET claimed_by = :me, lease_until = :until WHERE id = :id",
        me=s.actor.id, until=s.now + LEASE, id=case_id,
    )  # fmt: skip
    if held_by is None:
        note(s, case_id, "claimed")
        s.notify("queue")
    return {**case, "claimed_by": s.actor.id, "lease_until": s.now + LEASE}


def renew(s: Session, case_id: str) -> None:
    """Working on one's own case keeps it; anything else is left alone."""
    s.run(
        "UPDATE act.case_file SET lease_until = :until WHERE id = :id AND state = 'open'"
        " AND claimed_by = :me AND lease_until > :now",
        until=s.now + LEASE, id=case_id, me=s.actor.id, now=s.now,
    )  # fmt: skip


def release(s: Session, case_id: str) -> None:
    """Give a case back to the queue."""
    case = locked(s, case_id)
    if holder(case, s) not in (None, s.actor.id):
        raise CaseTaken("only its holder can give it back", case=case_id)
    s.run(
        "UPDATE act.case_file SET claimed_by = NULL, lease_until = NULL WHERE id = :id",
        id=case_id,
    )
    note(s, case_id, "released")
    s.notify("queue")


def hand_over(s: Session, case_id: str, to: str, why: str) -> None:
    """Hand a case over to a colleague by name; the note says what matters.

    Raises:
        ColleagueUnknown: ``to`` (user id) may not hold cases.
    """
    case = locked(s, case_id)
    colleague = s.first(
        "SELECT id FROM access.user WHERE id = :to AND closed_at IS NULL AND roles && :roles",
        to=to, roles=list(MAY_HOLD),
    )  # fmt: skip
    if colleague is None or to == s.actor.id:
        raise ColleagueUnknown("choose another officer or a supervisor")
    s.run(
        "UPDATE act.case_file SET claimed_by = :to, lease_until = :until, handed_from = :me"
        " WHERE id = :id",
        to=to, until=s.now + HAND_OVER_LEASE, me=case["claimed_by"] or s.actor.id, id=case_id,
    )  # fmt: skip
    note(s, case_id, "handed-over", to=to, said=why)
    s.leaf("case-handed-over", case_id, {"from": s.actor.id, "to": to})
    s.notify("queue")


def colleagues(s: Session) -> Sequence[Row]:
    """Everybody a case can be handed over to: id and name."""
    return s.rows(
        "SELECT id, name FROM access.user WHERE closed_at IS NULL AND roles && :roles"
        " AND id <> :me ORDER BY name, id",
        roles=list(MAY_HOLD), me=s.actor.id,
    )  # fmt: skip


def locked(s: Session, case_id: str) -> Row:
    """The case, locked until the transaction ends.

    Raises:
        CaseClosed: see there.
    """
    case = s.one("SELECT * FROM act.case_file WHERE id = :id FOR UPDATE", id=case_id)
    if case["state"] != "open":
        raise CaseClosed("this case is closed", case=case_id)
    return case


def note(s: Session, case_id: str, what: str, *, to: str | None = None,
         said: str | None = None) -> None:  # fmt: skip
    """Write down what happened to a case: who, when, what."""
    s.run(
        "INSERT INTO act.case_event (id, case_id, at, actor, what, to_user, note)"
        " VALUES (:id, :case, :now, :actor, :what, :to, :note)",
        id=s.new_id("event"), case=case_id, now=s.now, actor=s.actor.id, what=what, to=to,
        note=said or None,
    )  # fmt: skip

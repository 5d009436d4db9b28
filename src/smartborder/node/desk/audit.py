"""Who saw what, when, under which purpose, for which case; and what left on paper or as a file."""

from datetime import datetime, timedelta

import msgspec

from smartborder.node.access.users import names
from smartborder.node.store.session import Row, Session

PURPOSE = "audit"
_PAGE = 200


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One read of one record."""

    n: int
    at: datetime
    actor_kind: str
    actor: str
    name: str
    purpose: str
    case: str | None
    kind: str
    record: str
    what: str


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """One disclosure: a print, an export, an answer to a partner."""

    id: str
    at: datetime
    actor: str
    name: str
    recipient: str
    kind: str
    record: str
    case: str | None
    purpose: str
    agreement: str | None
    fields: tuple[str, ...]
    means: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty fields do not narrow it. ``before``: number to page on from."""

    record: str = ""
    actor: str = ""
    case: str = ""
    days: int = 7
    before: int | None = None


def seen(s: Session, asked: Asked) -> list[Seen]:
    """Reads, newest first, at most 200; that the auditor looked is in the audit as well."""
    rows = s.rows(
        "SELECT a.* FROM audit.seen a LEFT JOIN access.user u ON u.id = a.actor"
        " WHERE a.at > :since AND (:record = '' OR a.record = :record)"
        " AND (:case = '' OR a.case_id = :case)"
        " AND (:actor = '' OR a.actor = :actor OR u.login = :actor OR u.name = :actor)"
        " AND (CAST(:before AS bigint) IS NULL OR a.n < :before)"
        " ORDER BY a.n DESC LIMIT :most",
        since=s.now - timedelta(days=asked.days), record=asked.record, case=asked.case,
        actor=asked.actor, before=asked.before, most=_PAGE,
    )  # fmt: skip
    people = names(s, {r["actor"] for r in rows})
    s.saw("audit", [asked.record or asked.case or asked.actor or "all"], "reads")
    return [
        Seen(n=r["n"], at=r["at"], actor_kind=r["actor_kind"], actor=r["actor"],
             name=people.get(r["actor"]) or str(r["actor"]), purpose=r["purpose"],
             case=r["case_id"], kind=r["kind"], record=r["record"], what=r["what"])
        for r in rows
    ]  # fmt: skip


def left(s: Session, asked: Asked) -> list[Left]:
    """Disclosures, newest first, at most 200."""
    rows = s.rows(
        "SELECT d.* FROM custody.disclosure d LEFT JOIN access.user u"
        " ON u.id = split_part(d.actor, ':', 2)"
        " WHERE d.at > :since AND (:record = '' OR d.record = :record OR d.id = :record)"
        " AND (:case = '' OR d.case_id = :case)"
        " AND (:actor = '' OR d.actor = :actor OR :actor IN (u.id, u.login, u.name))"
        " ORDER BY d.at DESC, d.id DESC LIMIT :most",
        since=s.now - timedelta(days=asked.days), record=asked.record, case=asked.case,
        actor=asked.actor, most=_PAGE,
    )  # fmt: skip
    people = names(s, {_person(r) for r in rows})
    s.saw("audit", [asked.record or asked.case or asked.actor or "all"], "disclosures")
    return [
        Left(id=r["id"], at=r["at"], actor=r["actor"],
             name=people.get(_person(r)) or str(r["actor"]), recipient=r["recipient"],
             kind=r["kind"], record=r["record"], case=r["case_id"], purpose=r["purpose"],
             agreement=r["agreement"], fields=tuple(r["fields"]), means=r["means"])
        for r in rows
    ]  # fmt: skip


def _person(row: Row) -> str:
    """The id in ``officer:user-...``."""
    return str(row["actor"]).partition(":")[2]

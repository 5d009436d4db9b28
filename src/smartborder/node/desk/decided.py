"""Decisions as they are shown: who, when, why, whose second, what came before."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.access.users import names
from smartborder.node.store.session import Row, Session


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """One decision.

    Attributes:
        by: name of the officer, or the rule's id.
        rule: True when a rule answered alone; ``delegated_by`` then names the office.
        stands: False once a later decision superseded it.
    """

    id: str
    subject: str
    outcome: str
    by: str
    rule: bool
    delegated_by: str | None
    second: str | None
    reasons: tuple[Reason, ...]
    redress: Text
    at: datetime
    stands: bool


def of_subject(s: Session, subject: str) -> list[Decided]:
    """Every decision about a subject, oldest first."""
    return _read(s, s.rows("SELECT * FROM act.decision WHERE subject = :x ORDER BY at, id",
                           x=subject))  # fmt: skip


def by_subject(s: Session, subjects: Sequence[str]) -> dict[str, Decided]:
    """The decision that stands for each subject."""
    rows = s.rows("SELECT * FROM act.decision WHERE subject = ANY(:x) ORDER BY at, id",
                  x=list(subjects))  # fmt: skip
    return {d.subject: d for d in _read(s, rows)}


def _read(s: Session, rows: Sequence[Row]) -> list[Decided]:
    people = names(s, {x for r in rows for x in (r["author"], r["second_person"]) if x})
    superseded = {r["supersedes"] for r in rows if r["supersedes"]}
    return [
        Decided(
            id=r["id"], subject=r["subject"], outcome=r["outcome"],
            by=people.get(r["author"]) or str(r["author"]), rule=r["author_kind"] == "rule",
            delegated_by=r["delegated_by"],
            second=people.get(r["second_person"], r["second_person"]),
            reasons=msgspec.convert(r["reasons"], tuple[Reason, ...]),
            redress=msgspec.convert(r["redress"], Text), at=r["at"],
            stands=r["id"] not in superseded,
        )
        for r in rows
    ]  # fmt: skip

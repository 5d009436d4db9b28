"""What a partner gave us, by kind: whether it was used for a decision, and how it is destroyed.

The id of a record says its kind. Whatever kind is not named here may not be received: a test
asks that of every handler.
"""

from collections.abc import Callable, Sequence

import msgspec

from smartborder.node.custody import lineage
from smartborder.node.store.session import Session


class Holding(msgspec.Struct, frozen=True):
    """One kind of received record.

    Attributes:
        word: what the register of destructions calls it.
        used: whether a decision about a person rests on it.
        destroy: remove it and what derives from it.
        idle: those that must go if unused and whose case is over, at most so many.
        about: the originator's number of what it is about, for the receipt.

    """

    word: str
    used: Callable[[Session, str], bool]
    destroy: Callable[[Session, Sequence[str]], None]
    idle: Callable[[Session, int], list[str]]
    about: Callable[[Session, str], str | None]


def kind_of(record: str) -> str:
    """``lookout`` of ``lookout-01m8...``."""
    return record.partition("-")[0]


def _never(s: Session, record: str) -> bool:
    return False


def _answer_used(s: Session, record: str) -> bool:
    """Somebody decided in the case after the answer came."""
    return bool(s.value(
        "SELECT EXISTS (SELECT FROM exchange.request r JOIN act.decision d"
        " ON d.case_id = r.case_id AND d.at >= r.answered_at WHERE r.id = :id AND r.way = 'out')",
        id=record,
    ))  # fmt: skip


def _lookouts(s: Session, records: Sequence[str]) -> None:
    lineage.destroy(s, list(records))
    s.run("DELETE FROM lookouts.proposal WHERE lookout_id = ANY(:ids)", ids=list(records))
    s.run("DELETE FROM lookouts.lookout WHERE id = ANY(:ids)", ids=list(records))


def _questions(s: Session, records: Sequence[str]) -> None:
    """The partner's question goes whole; of ours the answer goes and that we asked stays."""
    s.run("DELETE FROM exchange.request WHERE way = 'in' AND id = ANY(:ids)", ids=list(records))
    s.run("UPDATE exchange.request SET answer = NULL WHERE way = 'out' AND id = ANY(:ids)",
          ids=list(records))  # fmt: skip


def _encounters(s: Session, records: Sequence[str]) -> None:
    s.run("DELETE FROM exchange.encounter WHERE way = 'in' AND id = ANY(:ids)", ids=list(records))


def _none(s: Session, most: int) -> list[str]:
    return []


_UNUSED = "SELECT r.record FROM custody.received r JOIN"


def _idle_questions(s: Session, most: int) -> list[str]:
    """Answers whose case was closed, and questions of the partner that were answered."""
    return [str(r["record"]) for r in s.rows(
        f"{_UNUSED} exchange.request q ON q.id = r.record LEFT JOIN act.case_file c"
        " ON c.id = q.case_id WHERE r.destroy_unused AND r.kept_at IS NULL"
        " AND (q.way = 'out' AND c.state = 'closed' OR q.way = 'in' AND q.state <> 'held')"
        " ORDER BY r.record LIMIT :most", most=most,
    )]  # fmt: skip


def _itself(s: Session, record: str) -> str | None:
    return record


def _of_lookout(s: Session, record: str) -> str | None:
    """The look-out that a question was about."""
    found: str | None = s.value("SELECT lookout FROM exchange.request WHERE id = :id", id=record)
    return found


HOLDINGS: dict[str, Holding] = {
    "lookout": Holding("received-lookout", lineage.used, _lookouts, _none, _itself),
    "question": Holding(
        "received-question", _answer_used, _questions, _idle_questions, _of_lookout
    ),
    "encounter": Holding("received-encounter", _never, _encounters, _none, _itself),
}

"""What a partner gave us, by kind: whether it was used for a decision, and how it is destroyed.

The id of a record says its kind. Whatever kind is not named here may not be received: a test
asks that of every record that came in.
"""

from collections.abc import Callable, Sequence

import msgspec

from smartborder.node.custody import lineage, record_keys
from smartborder.node.exchange import query, questions
from smartborder.node.exchange.sealed_question import SealedQuestion
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


def _lookouts(s: Session, records: Sequence[str]) -> None:
    lineage.destroy(s, list(records))
    s.run("DELETE FROM lookouts.proposal WHERE lookout_id = ANY(:ids)", ids=list(records))
    s.run("DELETE FROM lookouts.lookout WHERE id = ANY(:ids)", ids=list(records))
    record_keys.destroy(s, records)


def _encounters(s: Session, records: Sequence[str]) -> None:
    rows = s.rows("DELETE FROM exchange.encounter WHERE way = 'in' AND id = ANY(:ids) RETURNING id",
                  ids=list(records))  # fmt: skip
    record_keys.destroy(s, [str(r["id"]) for r in rows])


def _crossings(s: Session, records: Sequence[str]) -> None:
    rows = s.rows("DELETE FROM exchange.crossing WHERE way = 'received' AND id = ANY(:ids)"
                  " RETURNING id", ids=list(records))  # fmt: skip
    record_keys.destroy(s, [str(r["id"]) for r in rows])


def _never(s: Session, record: str) -> bool:
    return False


def _none(s: Session, most: int) -> list[str]:
    return []


def _itself(s: Session, record: str) -> str | None:
    return record


def _of_question(s: Session, record: str) -> str | None:
    """The look-out that a question was about."""
    found: str | None = s.value("SELECT lookout FROM exchange.request WHERE id = :id", id=record)
    return found


_DONE = {
    "exchange.request": "q.state <> 'held'",
    "exchange.query": "(q.reviewed_at IS NOT NULL OR NOT q.sampled)",
}
"""When a question of the partner needs nobody here any more."""


def _asked(word: str, sealed: SealedQuestion,
           about: Callable[[Session, str], str | None]) -> Holding:  # fmt: skip
    """A question and its answer: the partner's goes whole, of ours the answer goes."""

    def used(s: Session, record: str) -> bool:
        """Somebody decided in the case after the answer came."""
        return bool(s.value(
            f"SELECT EXISTS (SELECT FROM {sealed.table} q"
            " JOIN act.decision d ON d.case_id = q.case_id"
            " AND d.at >= q.answered_at WHERE q.id = :id AND q.way = 'out')", id=record,
        ))  # fmt: skip

    def destroy(s: Session, records: Sequence[str]) -> None:
        theirs = s.rows(f"SELECT id FROM {sealed.table} WHERE way = 'in' AND id = ANY(:ids)",
                        ids=list(records))  # fmt: skip
        sealed.destroy(s, [str(r["id"]) for r in theirs])
        sealed.empty(s, records)

    def idle(s: Session, most: int) -> list[str]:
        """Answers whose case was closed; questions of the partner that are past their day."""
        return [str(r["record"]) for r in s.rows(
            f"SELECT r.record FROM custody.received r JOIN {sealed.table} q ON q.id = r.record"
            " LEFT JOIN act.case_file c ON c.id = q.case_id WHERE r.destroy_unused"
            " AND r.kept_at IS NULL AND (q.way = 'out' AND c.state = 'closed' OR q.way = 'in'"
            f" AND q.expires_at <= :now AND {_DONE[sealed.table]}) ORDER BY r.record LIMIT :most",
            now=s.now, most=most,
        )]  # fmt: skip

    return Holding(word, used, destroy, idle, about)


HOLDINGS: dict[str, Holding] = {
    "lookout": Holding("received-lookout", lineage.used, _lookouts, _none, _itself),
    "crossing": Holding("received-crossing", _never, _crossings, _none, _itself),
    "encounter": Holding("received-encounter", _never, _encounters, _none, _itself),
    "question": _asked("received-question", questions.SEALED, _of_question),
    "query": _asked("received-query", query.SEALED, _itself),
}

"""A question and its answer, sealed; whom it is about is found by traces alone.

A trace is a keyed hash of a document number, or of a name with its birth date, under a key that
is not in the database: who holds the same number can look for it, nobody can read it back.
"""

import hmac
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartborder.node.custody import record_keys
from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.store.session import Row, Session


class SealedQuestion:
    """The two sealed columns of one table of questions: ``body`` and ``answer``.

    The answer has a key of its own, for it may have to go while the question stays.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        self.rows = (
            f"SELECT q.*, k.wrapped, a.wrapped AS answer_wrapped FROM {table} q"
            " JOIN custody.record_key k ON k.id = q.id"
            " LEFT JOIN custody.record_key a ON a.id = q.answer_key"
        )
        """Rows with what opens them; a condition on ``q`` follows."""
        self._body = SealedField(f"{table}.body")
        self._answer = SealedField(f"{table}.answer")

    def body(self, s: Session, record: str, values: Mapping[str, Any]) -> bytes:
        """What a new question says, as it is kept."""
        (key,) = record_keys.make(s, [record])
        return self._body.seal(key, record, dict(values))

    def given(self, s: Session, row: Row, values: Mapping[str, Any]) -> bytes:
        """What the answer to the question of ``row`` says, as it is kept."""
        name, wrapped = answer_key(row["id"]), row["answer_wrapped"]
        key = (record_keys.make(s, [name])[0] if wrapped is None
               else record_keys.unwrap(s.data_key, name, wrapped))  # fmt: skip
        return self._answer.seal(key, name, dict(values))

    def answer(self, s: Session, row: Row) -> dict[str, Any]:
        """What came back; nothing while nothing came, or once it is destroyed."""
        return self._answered(s, row) or {}

    def asked(self, s: Session, row: Row) -> dict[str, Any]:
        """What a question says."""
        found: dict[str, Any] = self._body.said(s, row)
        return found

    def opened(self, s: Session, row: Row) -> dict[str, Any]:
        """A whole row with its question and its answer opened."""
        return {**row, "body": self.asked(s, row), "answer": self._answered(s, row)}

    def _answered(self, s: Session, row: Row) -> dict[str, Any] | None:
        if row["answer_wrapped"] is None:
            return None
        found: dict[str, Any] | None = self._answer.said(s, {
            "id": answer_key(row["id"]), "wrapped": row["answer_wrapped"], "answer": row["answer"],
        })  # fmt: skip
        return found

    def empty(self, s: Session, records: Sequence[str]) -> None:
        """Destroy the answers to questions of ours; what we asked stays."""
        rows = s.rows(
            f"UPDATE {self.table} SET answer = NULL WHERE way = 'out' AND answer IS NOT NULL"
            " AND id = ANY(:ids) RETURNING answer_key",
            ids=list(records),
        )
        record_keys.destroy(s, [str(r["answer_key"]) for r in rows])

    def destroy(self, s: Session, records: Sequence[str]) -> None:
        """Destroy questions with their answers."""
        s.run(f"DELETE FROM {self.table} WHERE id = ANY(:ids)", ids=list(records))
        record_keys.destroy(s, [*records, *map(answer_key, records)])


def answer_key(question: str) -> str:
    """The name of the key of a question's answer; the column ``answer_key`` makes the same."""
    return f"answer:{question}"


def who(data_key: bytes, person: Mapping[str, Any]) -> list[bytes]:
    """The traces of a person: of the document, and of the name with the birth date."""
    key = _trace_key(data_key)
    number, born = person.get("document_number"), person.get("birth_date")
    surname, given_names = person.get("surname"), person.get("given_names")
    marks = []
    if number:
        marks.append(f"document\n{number}")
    if born and surname is not None and given_names is not None:
        marks.append(f"name\n{born}\n{str(surname).upper()}\n{str(given_names).upper()}")
    return [hmac.digest(key, mark.encode(), "sha256") for mark in marks]


@lru_cache(8)
def _trace_key(data_key: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"smartborder traces of people asked about").derive(data_key)

"""A question about a person and its answer, sealed; whom it is about is found by traces alone.

A trace is a keyed hash of a document number, or of a name with its birth date, under a key that
is not in the database: who holds the same number can look for it, nobody can read it back.
"""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Row


def body(home: NodeHome, record: str, values: Mapping[str, Any]) -> bytes:
    """What a question says, as it is kept."""
    return _field(home, "body").seal(record, dict(values))


def given(home: NodeHome, record: str, values: Mapping[str, Any]) -> bytes:
    """What an answer says, as it is kept."""
    return _field(home, "answer").seal(record, dict(values))


def answer(home: NodeHome, row: Row) -> dict[str, Any]:
    """What came back; nothing while nothing came."""
    if row["answer"] is None:
        return {}
    found: dict[str, Any] = _field(home, "answer").open(row["id"], row["answer"])
    return found


def opened(home: NodeHome, row: Row) -> dict[str, Any]:
    """A whole row with its question and its answer opened."""
    return {
        **row,
        "body": _field(home, "body").open(row["id"], row["body"]),
        "answer": None if row["answer"] is None else answer(home, row),
    }


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


def _field(home: NodeHome, column: str) -> SealedField:
    return SealedField(home.data_key(), f"exchange.query.{column}")


@lru_cache(8)
def _trace_key(data_key: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"smartborder traces of people asked about").derive(data_key)

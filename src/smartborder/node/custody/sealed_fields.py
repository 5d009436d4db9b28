"""Personal values of a column, sealed: an administrator of the database sees bytes.

Each record has a key of its own (:mod:`smartborder.node.custody.record_keys`). Sealed bytes are
bound to their column and record: moved elsewhere they do not open.

Whoever reads a sealed column joins the keys, ``JOIN custody.record_key k ON k.id = x.id``, and
takes ``k.wrapped`` with it: a record whose key is gone is not there.
"""

from typing import Any

import msgspec

from smartborder.node.custody import record_keys
from smartborder.node.custody.seals import seal, unseal
from smartborder.node.store.session import Row, Session


class SealedField:
    """One column of sealed JSON, named in full: ``exchange.crossing.content``."""

    def __init__(self, column: str) -> None:
        self._column = column
        self._name = column.rpartition(".")[2]

    def seal(self, key: bytes, record: str, value: Any) -> bytes:
        """What the column keeps for ``record``, under the record's key."""
        return seal(key, msgspec.json.encode(value), self._bound_to(record))

    def said(self, s: Session, row: Row) -> Any:
        """What the column says in a row that has ``id`` and ``wrapped``; None where it is empty."""
        if row[self._name] is None:
            return None
        key = record_keys.unwrap(s.data_key, row["id"], row["wrapped"])
        return msgspec.json.decode(unseal(key, bytes(row[self._name]), self._bound_to(row["id"])))

    def _bound_to(self, record: str) -> str:
        return f"{self._column}:{record}"

"""Steps of migrations: a column of plain JSON becomes a sealed one, with the rows it has.

Nothing is lost. Old versions of the rows go with the table's next vacuum, and are in backups
written before.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from alembic import context, op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import text

from smartborder.node.custody import record_keys
from smartborder.node.custody.sealed_fields import SealedField
from smartborder.node.custody.seals import seal, unseal

Opened = Callable[[str, Any], Any]
"""What a record said before: of its id and what the column held."""


def seal_column(table: str, column: str, *, optional: bool = False) -> None:
    """Seal ``column`` of a guarded table under a key of the column's own, as first versions did."""
    key, bound = _column_key(f"{table}.{column}"), f"{table}.{column}"
    _rewrite(
        table, column,
        lambda record, plain: seal(key, msgspec.json.encode(plain), f"{bound}:{record}"),
        optional=optional,
    )  # fmt: skip


def seal_by_record(table: str, column: str, opened: Opened, *,
                   name: Callable[[str], str] = str, optional: bool = False) -> None:  # fmt: skip
    """Seal ``column`` of a guarded table, each record under a key of its own.

    Args:
        table: with its schema.
        column: its name.
        opened: what it said before.
        name: the name of a record's key, if that is not the record's id.
        optional: whether it may be empty.

    """
    field = SealedField(f"{table}.{column}")
    op.execute("ALTER TABLE custody.record_key NO FORCE ROW LEVEL SECURITY")
    _rewrite(
        table, column,
        lambda record, before: field.seal(
            _key_of(name(record)), name(record), opened(record, before)
        ),
        optional=optional,
    )  # fmt: skip
    op.execute("ALTER TABLE custody.record_key FORCE ROW LEVEL SECURITY")


def keep_as_is(_record: str, plain: Any) -> Any:
    """The column held plain JSON."""
    return plain


def open_by_column(table: str, column: str) -> Opened:
    """The column held what :func:`seal_column` made."""
    key, bound = _column_key(f"{table}.{column}"), f"{table}.{column}"
    return lambda record, sealed: msgspec.json.decode(unseal(key, sealed, f"{bound}:{record}"))


def _column_key(column: str) -> bytes:
    info = b"smartborder column " + column.encode()
    return HKDF(SHA256(), 32, None, info).derive(_data_key())


def _key_of(record: str) -> bytes:
    found = op.get_bind().execute(
        text("SELECT wrapped FROM custody.record_key WHERE id = :id"), {"id": record}
    ).scalar()  # fmt: skip
    if found is not None:
        return record_keys.unwrap(_data_key(), record, found)
    key = AESGCM.generate_key(256)
    op.get_bind().execute(
        text("INSERT INTO custody.record_key (id, wrapped) VALUES (:id, :wrapped)"),
        {"id": record, "wrapped": record_keys.wrap(_data_key(), record, key)},
    )
    return key


def _data_key() -> bytes:
    found: bytes = context.config.attributes["data_key"]
    return found


def _rewrite(table: str, column: str, sealed: Callable[[str, Any], bytes], *,
             optional: bool) -> None:  # fmt: skip
    op.execute(_begun(table, column))
    # One row has one place until it is rewritten, once; a record may have several rows.
    found = op.get_bind().execute(text(_before(table))).all()
    if found:
        op.get_bind().execute(
            text(_filled(table, column)),
            [{"place": row.place, "sealed": sealed(row.id, row.before)} for row in found],
        )
    op.execute(_ended(table, column, optional=optional))


def _begun(table: str, column: str) -> str:
    # Without FORCE the owner, who serves nobody, sees the rows; both are in one transaction.
    return (
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} RENAME {column} TO before;"
        f" ALTER TABLE {table} ADD {column} bytea"
    )


def _before(table: str) -> str:
    return f"SELECT CAST(ctid AS text) AS place, id, before FROM {table} WHERE before IS NOT NULL"


def _filled(table: str, column: str) -> str:
    return f"UPDATE {table} SET {column} = :sealed WHERE ctid = CAST(:place AS tid)"


def _ended(table: str, column: str, *, optional: bool) -> str:
    required = "" if optional else f" ALTER {column} SET NOT NULL,"
    return (
        f"ALTER TABLE {table} DROP before;"
        f" ALTER TABLE {table}{required} ALTER {column} SET STORAGE EXTERNAL;"
        f" ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    )

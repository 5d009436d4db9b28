"""A step of a migration: a column of plain JSON becomes a sealed one, with the rows it has.

Nothing is lost. Old versions of the rows go with the table's next vacuum, and are in backups
written before.
"""

from alembic import context, op
from sqlalchemy import text

from smartborder.node.custody.sealed_fields import SealedField


def seal_column(table: str, column: str, *, optional: bool = False) -> None:
    """Seal ``column`` of a guarded table with the node's data key."""
    field = SealedField(context.config.attributes["data_key"], f"{table}.{column}")
    op.execute(_begun(table, column))
    found = op.get_bind().execute(text(_plain(table))).all()
    if found:
        op.get_bind().execute(
            text(_filled(table, column)),
            [{"id": row.id, "sealed": field.seal(row.id, row.plain)} for row in found],
        )
    op.execute(_ended(table, column, optional=optional))


def _begun(table: str, column: str) -> str:
    # Without FORCE the owner, who serves nobody, sees the rows; both are in one transaction.
    return (
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} RENAME {column} TO plain;"
        f" ALTER TABLE {table} ADD {column} bytea"
    )


def _plain(table: str) -> str:
    return f"SELECT id, plain FROM {table} WHERE plain IS NOT NULL"


def _filled(table: str, column: str) -> str:
    return f"UPDATE {table} SET {column} = :sealed WHERE id = :id"


def _ended(table: str, column: str, *, optional: bool) -> str:
    required = "" if optional else f" ALTER {column} SET NOT NULL,"
    return (
        f"ALTER TABLE {table} DROP plain;"
        f" ALTER TABLE {table}{required} ALTER {column} SET STORAGE EXTERNAL;"
        f" ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    )

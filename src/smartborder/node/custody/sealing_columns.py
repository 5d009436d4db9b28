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
    # Without FORCE the owner, who serves nobody, sees the rows; both are in one transaction.
    op.execute(
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} RENAME {column} TO plain;"
        f" ALTER TABLE {table} ADD {column} bytea"
    )
    found = op.get_bind().execute(
        text(f"SELECT id, plain FROM {table} WHERE plain IS NOT NULL")
    ).all()  # fmt: skip
    if found:
        op.get_bind().execute(
            text(f"UPDATE {table} SET {column} = :sealed WHERE id = :id"),
            [{"id": row.id, "sealed": field.seal(row.id, row.plain)} for row in found],
        )
    required = "" if optional else f" ALTER {column} SET NOT NULL,"
    op.execute(
        f"ALTER TABLE {table} DROP plain;"
        f" ALTER TABLE {table}{required} ALTER {column} SET STORAGE EXTERNAL;"
        f" ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    )

"""What a land crossing says lies sealed: its own record of the partner and ours alike.

Rows that are there are sealed with the node's data key, so nothing is lost; old versions of them
go with the table's next vacuum, and are in backups written before.
"""

from alembic import context, op
from sqlalchemy import text

from smartborder.node.custody.sealed_fields import SealedField

revision = "exchange0009"
down_revision = "exchange0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    field = SealedField(context.config.attributes["data_key"], "exchange.crossing.content")
    # Without FORCE the owner, who serves nobody, sees the rows; both are in one transaction.
    op.execute("ALTER TABLE exchange.crossing NO FORCE ROW LEVEL SECURITY;"
               " ALTER TABLE exchange.crossing RENAME content TO plain;"
               " ALTER TABLE exchange.crossing ADD content bytea")  # fmt: skip
    found = op.get_bind().execute(text("SELECT id, plain FROM exchange.crossing")).all()
    if found:
        op.get_bind().execute(
            text("UPDATE exchange.crossing SET content = :content WHERE id = :id"),
            [{"id": row.id, "content": field.seal(row.id, row.plain)} for row in found],
        )
    op.execute("ALTER TABLE exchange.crossing DROP plain;"
               " ALTER TABLE exchange.crossing ALTER content SET NOT NULL,"
               " ALTER content SET STORAGE EXTERNAL;"
               " ALTER TABLE exchange.crossing FORCE ROW LEVEL SECURITY")  # fmt: skip

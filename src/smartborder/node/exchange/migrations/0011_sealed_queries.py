"""Questions about a person and their answers lie sealed; whom they are about is found by traces.

Rows that are there get their traces and are sealed here.
"""

from alembic import context, op
from sqlalchemy import text

from smartborder.node.custody.sealing_columns import seal_column
from smartborder.node.exchange.sealed_question import who

revision = "exchange0011"
down_revision = "exchange0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE exchange.query ADD who bytea[] NOT NULL DEFAULT '{}';"
               " ALTER TABLE exchange.query NO FORCE ROW LEVEL SECURITY")  # fmt: skip
    key = context.config.attributes["data_key"]
    for row in op.get_bind().execute(text("SELECT id, body FROM exchange.query")).all():
        op.get_bind().execute(text("UPDATE exchange.query SET who = :who WHERE id = :id"),
                              {"id": row.id, "who": who(key, row.body)})  # fmt: skip
    seal_column("exchange.query", "body")
    seal_column("exchange.query", "answer", optional=True)

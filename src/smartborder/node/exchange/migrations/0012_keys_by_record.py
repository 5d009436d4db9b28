"""Each sealed record gets a key of its own; questions about a hit and their answers are sealed.

Rows that were sealed under the key of their column are opened and sealed anew.
"""

from alembic import context, op
from sqlalchemy import text

from smartborder.node.custody.sealing_columns import keep_as_is, open_by_column, seal_by_record
from smartborder.node.exchange.sealed_question import answer_key, who

revision = "exchange0012"
down_revision = "exchange0011"
branch_labels = None
depends_on = ("custody0007",)

_BY_COLUMN = (
    ("exchange.crossing", "content"), ("exchange.encounter", "body"), ("exchange.query", "body"),
)  # fmt: skip


def upgrade() -> None:
    for table, column in _BY_COLUMN:
        seal_by_record(table, column, open_by_column(table, column))
    for table in ("exchange.query", "exchange.request"):
        # A column for the name: under row security an expression would find no index.
        op.execute(f"ALTER TABLE {table} ADD answer_key text NOT NULL"
                   " GENERATED ALWAYS AS ('answer:' || id) STORED")  # fmt: skip
    seal_by_record("exchange.query", "answer", open_by_column("exchange.query", "answer"),
                   name=answer_key, optional=True)  # fmt: skip
    op.execute("ALTER TABLE exchange.request ADD who bytea[] NOT NULL DEFAULT '{}';"
               " ALTER TABLE exchange.request NO FORCE ROW LEVEL SECURITY")  # fmt: skip
    key = context.config.attributes["data_key"]
    for row in op.get_bind().execute(text("SELECT id, body FROM exchange.request")).all():
        op.get_bind().execute(text("UPDATE exchange.request SET who = :who WHERE id = :id"),
                              {"id": row.id, "who": who(key, row.body)})  # fmt: skip
    seal_by_record("exchange.request", "body", keep_as_is)
    seal_by_record("exchange.request", "answer", keep_as_is, name=answer_key, optional=True)

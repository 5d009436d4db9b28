"""Crossings by land, our own and the partner's."""

from alembic import op

from smartborder.node.store import grants

revision = "exchange0004"
down_revision = "exchange0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE exchange.crossing (
            id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('own', 'received')),
            partner text, content jsonb NOT NULL, crossed_at timestamptz NOT NULL, envelope text,
            made_at timestamptz NOT NULL);
    """)
    op.execute(grants.table("exchange.crossing", app="SELECT, INSERT, DELETE"))
    op.execute(grants.guard("exchange.crossing"))

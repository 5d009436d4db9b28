"""Fingerprint questions: transaction number, digest of the sealed bytes and outcome, no more."""

from alembic import op

from smartborder.node.store import grants

revision = "exchange0005"
down_revision = "exchange0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE exchange.prints (
            transaction text NOT NULL, way text NOT NULL CHECK (way IN ('in', 'out')),
            partner text NOT NULL, digest text NOT NULL,
            outcome text NOT NULL CHECK (outcome IN ('match', 'nothing')), case_id text,
            at timestamptz NOT NULL, PRIMARY KEY (way, partner, transaction));
    """)
    op.execute(grants.table("exchange.prints", app="SELECT, INSERT"))
    op.execute(grants.guard("exchange.prints"))

"""The state of each agreement at this node, as named officials set it."""

from alembic import op

from smartborder.node.store import grants

revision = "agreements0001"
down_revision = None
branch_labels = ("agreements",)
depends_on = None


def upgrade() -> None:
    op.execute(grants.schema("agreements"))
    op.execute("""
        CREATE TABLE agreements.standing (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, agreement text NOT NULL,
            state text NOT NULL CHECK (state IN ('in-force', 'suspended', 'terminated')),
            by text NOT NULL, why text NOT NULL, at timestamptz NOT NULL);
        CREATE INDEX ON agreements.standing (agreement, n);
    """)
    op.execute(grants.table("agreements.standing", app="SELECT, INSERT", auditor="SELECT"))

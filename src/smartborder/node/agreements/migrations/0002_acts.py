"""Acts of named officials, ours and the partner's, each under its node's key."""

from alembic import op

from smartborder.node.store import grants

revision = "agreements0002"
down_revision = "agreements0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        DROP TABLE agreements.standing;
        CREATE TABLE agreements.act (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE,
            agreement text NOT NULL, party text NOT NULL, act jsonb NOT NULL,
            signature text NOT NULL UNIQUE, why text, recorded_at timestamptz NOT NULL);
        CREATE INDEX ON agreements.act (agreement, n);
    """)
    op.execute(grants.table("agreements.act", app="SELECT, INSERT", auditor="SELECT"))

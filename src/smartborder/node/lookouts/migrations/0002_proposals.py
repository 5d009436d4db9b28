"""Look-outs that wait for a second person, look-outs that lapsed, rechecks that have settled."""

from alembic import op

from smartborder.node.store import grants

revision = "lookouts0002"
down_revision = "lookouts0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE lookouts.lookout ADD COLUMN lapsed_at timestamptz;
        CREATE INDEX ON lookouts.lookout (review_by)
            WHERE current AND withdrawn_at IS NULL AND lapsed_at IS NULL;
        CREATE INDEX ON lookouts.list_version (list) WHERE active;
        ALTER TABLE lookouts.change ADD COLUMN settled_at timestamptz;
        CREATE INDEX ON lookouts.change (n) WHERE settled_at IS NULL;
        CREATE TABLE lookouts.proposal (
            id text PRIMARY KEY, lookout_id text NOT NULL, version int NOT NULL,
            what text NOT NULL CHECK (what IN ('created', 'corrected', 'reviewed')),
            lookout jsonb NOT NULL, proposed_by text NOT NULL, proposed_at timestamptz NOT NULL,
            decided_by text, decided_at timestamptz,
            decision text CHECK (decision IN ('approved', 'refused', 'overtaken')), why text,
            CHECK (decided_by IS DISTINCT FROM proposed_by OR decision = 'overtaken'));
        CREATE UNIQUE INDEX ON lookouts.proposal (lookout_id) WHERE decision IS NULL;
    """)
    op.execute(grants.table("lookouts.proposal", app="SELECT, INSERT, UPDATE, DELETE"))
    op.execute(grants.guard("lookouts.proposal"))

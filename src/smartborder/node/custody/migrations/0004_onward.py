"""Whether a partner's record may be passed on: asked of its originator, answered by it."""

from alembic import op

from smartborder.node.store import grants

revision = "custody0004"
down_revision = "custody0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE custody.received ADD COLUMN ask_onward boolean NOT NULL DEFAULT false;
        CREATE TABLE custody.onward (
            id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('out', 'in')),
            record text NOT NULL, partner text NOT NULL, onward_to text NOT NULL,
            envelope text NOT NULL, at timestamptz NOT NULL, by text NOT NULL,
            consent boolean, answered_at timestamptz, answered_by text);
        CREATE INDEX ON custody.onward (record);
    """)
    op.execute(grants.table("custody.onward", app="SELECT, INSERT, UPDATE", auditor="SELECT"))

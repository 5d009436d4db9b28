"""What the daily comparison of a sample with every listed name found that the index had lost."""

from alembic import op

from smartborder.node.store import grants

revision = "lookouts0004"
down_revision = "lookouts0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE lookouts.recall (
            id text PRIMARY KEY, at timestamptz NOT NULL, asked int, hits int, lost int,
            lost_matches int);
        CREATE INDEX ON lookouts.recall (at)
    """)
    op.execute(grants.table("lookouts.recall", app="SELECT, INSERT, UPDATE"))

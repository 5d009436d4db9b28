"""How far the screening of stored identities got, so that it goes on after whatever stops it."""

from alembic import op

from smartborder.node.store import grants

revision = "lookouts0003"
down_revision = "lookouts0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE lookouts.rescreen (
            id text PRIMARY KEY, since bigint NOT NULL, up_to bigint NOT NULL UNIQUE,
            entries int NOT NULL, stored bigint NOT NULL, screened bigint NOT NULL DEFAULT 0,
            after text NOT NULL DEFAULT '', hits int NOT NULL DEFAULT 0,
            began_at timestamptz NOT NULL, moved_at timestamptz NOT NULL, done_at timestamptz)
    """)
    op.execute(grants.table("lookouts.rescreen", app="SELECT, INSERT, UPDATE"))

"""Keys of sealed records, one each; never written into a backup of the records."""

from alembic import op

from smartborder.node.store import grants

revision = "custody0007"
down_revision = "custody0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE custody.record_key (id text PRIMARY KEY, wrapped bytea NOT NULL)")
    op.execute(grants.table("custody.record_key", app="SELECT, INSERT, DELETE"))
    op.execute(grants.guard("custody.record_key"))

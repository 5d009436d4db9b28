"""What happened to a case keeps its order, also within one transaction."""

from alembic import op

revision = "act0003desk"
down_revision = "act0002desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE act.case_event ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY")

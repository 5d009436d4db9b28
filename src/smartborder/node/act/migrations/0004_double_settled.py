"""A double that an officer settled stays settled while what it was settled on is unchanged."""

from alembic import op

revision = "act0004double"
down_revision = "act0003desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE act.traveller ADD COLUMN double_settled bytea")

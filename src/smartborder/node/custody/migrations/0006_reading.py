"""Registers that only grow are read by their times."""

from alembic import op

revision = "custody0006"
down_revision = "custody0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
CREATE INDEX ON custody.disclosure (at);
CREATE INDEX ON custody.receipt (destroyed_at);
""")

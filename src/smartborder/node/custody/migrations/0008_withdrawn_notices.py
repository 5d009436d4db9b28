"""Advance notices that were withdrawn: when, by whom, and the number of the sealed reason."""

from alembic import op

revision = "custody0008"
down_revision = "custody0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE custody.notice ADD COLUMN withdrawn_at timestamptz,
            ADD COLUMN withdrawn_by text, ADD COLUMN why text,
            ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL));
    """)

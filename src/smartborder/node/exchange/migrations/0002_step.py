"""Whether both nodes hold the same shared look-outs, and when they were last sent anew."""

from alembic import op

revision = "exchange0002"
down_revision = "exchange0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE exchange.partner ADD COLUMN out_of_step text,
            ADD COLUMN reshared_at timestamptz;
    """)

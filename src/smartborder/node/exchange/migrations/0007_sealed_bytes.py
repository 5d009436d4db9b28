"""A batch is kept as the bytes that were sealed and signed: nothing is read out of it by column.

Sealed bytes do not get smaller, so the server no longer tries to compress them; the headers do.
"""

from alembic import op

revision = "exchange0007"
down_revision = "exchange0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
ALTER TABLE exchange.batch_out ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE exchange.batch_out ALTER COLUMN batch TYPE bytea USING convert_to(batch::text, 'UTF8');
""")

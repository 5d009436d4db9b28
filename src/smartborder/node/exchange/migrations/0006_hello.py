"""When the last hello was said, whatever else crossed since."""

from alembic import op

revision = "exchange0006"
down_revision = "exchange0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE exchange.partner ADD COLUMN hello_at timestamptz")

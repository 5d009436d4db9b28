"""Every check asks for the last change of each kind: that costs the same after a million."""

from alembic import op

revision = "lookouts0006"
down_revision = "lookouts0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ON lookouts.change (scope, n)")
    op.execute("CREATE INDEX ON lookouts.change (entry)")

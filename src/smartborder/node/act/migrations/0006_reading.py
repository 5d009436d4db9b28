"""What officers read of one traveller, flight or afternoon is found, not searched for."""

from alembic import op

revision = "act0006reading"
down_revision = "act0005keys"
branch_labels = None
depends_on = None

_SQL = """
CREATE INDEX ON act.reply (flight);
CREATE INDEX ON act.reply (message);
CREATE INDEX ON act.arrival (flight);
CREATE INDEX ON act.arrival (outcome_at) WHERE referred;
CREATE INDEX ON act.help_call (traveller);
CREATE INDEX ON act.flight (split_from) WHERE split_from IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(_SQL)

"""What a correction, an answer or a refusal refers to is found, not searched for."""

from alembic import op

revision = "exchange0008"
down_revision = "exchange0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
CREATE INDEX ON exchange.crossing (envelope) WHERE way = 'received';
CREATE INDEX ON exchange.request (envelope);
CREATE INDEX ON exchange.request (hit);
CREATE INDEX ON exchange.request (lookout);
CREATE INDEX ON exchange.refusal (partner, code, at);
CREATE INDEX ON exchange.refusal (at);
""")

"""The Merkle tree over the entries, its heads, and the partner's heads that we counter-signed."""

from alembic import op

from smartborder.node.store import grants

revision = "ledger0002"
down_revision = "ledger0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE ledger.node (
            level smallint NOT NULL CHECK (level > 0), place bigint NOT NULL,
            hash bytea NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (level, place));
        CREATE TABLE ledger.head (
            size bigint NOT NULL, root bytea NOT NULL, partner text NOT NULL,
            ours jsonb NOT NULL, theirs jsonb NOT NULL, at timestamptz NOT NULL,
            PRIMARY KEY (partner, size));
        CREATE TABLE ledger.partner_head (
            partner text NOT NULL, size bigint NOT NULL, root text NOT NULL,
            said jsonb NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (partner, size));
    """)
    for name in ("node", "head", "partner_head"):
        op.execute(grants.table(f"ledger.{name}", app="SELECT, INSERT", auditor="SELECT"))

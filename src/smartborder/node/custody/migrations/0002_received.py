"""What we owe for received records, corrections on their way, and receipts of destruction."""

from alembic import op

from smartborder.node.store import grants

revision = "custody0002"
down_revision = "custody0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE custody.received (
            record text NOT NULL, partner text NOT NULL, agreement text NOT NULL,
            version int NOT NULL, purpose text NOT NULL, caveats text[] NOT NULL,
            envelope text NOT NULL, received_at timestamptz NOT NULL, delete_by date,
            stops_on_use boolean NOT NULL, destroy_unused boolean NOT NULL,
            kept_at timestamptz,
            PRIMARY KEY (record, partner));
        CREATE INDEX ON custody.received (delete_by);
        CREATE INDEX ON custody.received (record) WHERE destroy_unused AND kept_at IS NULL;
        CREATE TABLE custody.correction (
            id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('out', 'in')),
            record text NOT NULL, version int NOT NULL, party text NOT NULL, envelope text,
            at timestamptz NOT NULL, settled_at timestamptz, derived jsonb NOT NULL DEFAULT '{}',
            state text NOT NULL
                CHECK (state IN ('sent', 'by-hand', 'told', 'applied', 'confirmed')),
            done_at timestamptz, done_by text, UNIQUE (way, party, record, version));
        CREATE INDEX ON custody.correction (record);
        CREATE INDEX ON custody.correction (at) WHERE settled_at IS NULL;
        CREATE TABLE custody.receipt (
            id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('out', 'in')),
            record text NOT NULL, version int, partner text NOT NULL, envelope text NOT NULL,
            destroyed_at timestamptz NOT NULL, at timestamptz NOT NULL,
            UNIQUE (way, partner, record));
        CREATE INDEX ON custody.destruction (record);
    """)
    for name in ("received", "correction", "receipt"):
        op.execute(grants.table(f"custody.{name}", app="SELECT, INSERT, UPDATE, DELETE",
                                auditor="SELECT"))  # fmt: skip

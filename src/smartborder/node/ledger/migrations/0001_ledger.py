"""Leaves, their opening salts, the order they were given, and who saw what."""

from alembic import op

from smartborder.node.store import grants

revision = "ledger0001"
down_revision = None
branch_labels = ("ledger",)
depends_on = None


def upgrade() -> None:
    op.execute(grants.schema("ledger"))
    op.execute("""
        CREATE TABLE ledger.leaf (
            id text PRIMARY KEY, kind text NOT NULL, record text NOT NULL,
            commitment bytea NOT NULL CHECK (length(commitment) = 32),
            actor text NOT NULL, at timestamptz NOT NULL);
        CREATE INDEX ON ledger.leaf (record);
        CREATE TABLE ledger.pending (leaf text PRIMARY KEY REFERENCES ledger.leaf);
        CREATE TABLE ledger.opening (
            leaf text PRIMARY KEY REFERENCES ledger.leaf, record text NOT NULL,
            salt bytea NOT NULL);
        CREATE INDEX ON ledger.opening (record);
        CREATE TABLE ledger.entry (
            seq bigint PRIMARY KEY, leaf text NOT NULL UNIQUE REFERENCES ledger.leaf,
            hash bytea NOT NULL, chain bytea NOT NULL);
    """)
    op.execute(grants.table("ledger.leaf", app="SELECT, INSERT", auditor="SELECT"))
    op.execute(grants.table("ledger.entry", app="SELECT, INSERT", auditor="SELECT"))
    op.execute(grants.table("ledger.pending", app="SELECT, INSERT, DELETE"))
    op.execute(grants.table("ledger.opening", app="SELECT, INSERT, DELETE"))
    op.execute(grants.schema("audit"))
    op.execute("""
        CREATE TABLE audit.seen (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL,
            actor_kind text NOT NULL, actor text NOT NULL, purpose text NOT NULL,
            case_id text, kind text NOT NULL, record text NOT NULL, what text NOT NULL);
        CREATE INDEX ON audit.seen (record, at);
        CREATE INDEX ON audit.seen (actor, at);
    """)
    op.execute(grants.table("audit.seen", app="SELECT, INSERT", auditor="SELECT"))

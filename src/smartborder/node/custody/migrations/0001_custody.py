"""Raw messages sealed under keys of their own, and the register of disclosures."""

from alembic import op

from smartborder.node.store import grants

revision = "custody0001"
down_revision = None
branch_labels = ("custody",)
depends_on = None


def upgrade() -> None:
    op.execute(grants.schema("custody"))
    op.execute("""
        CREATE TABLE custody.raw (
            id text PRIMARY KEY, source text NOT NULL, purpose text NOT NULL,
            sealed bytea NOT NULL, received_at timestamptz NOT NULL,
            delete_by timestamptz NOT NULL);
        CREATE INDEX ON custody.raw (delete_by);
        CREATE TABLE custody.key (id text PRIMARY KEY, wrapped bytea NOT NULL);
        CREATE TABLE custody.disclosure (
            id text PRIMARY KEY, at timestamptz NOT NULL, actor text NOT NULL,
            recipient text NOT NULL, kind text NOT NULL, record text NOT NULL,
            case_id text, purpose text NOT NULL, agreement text, fields text[] NOT NULL,
            means text NOT NULL);
        CREATE INDEX ON custody.disclosure (record);
        CREATE TABLE custody.destruction (
            id text PRIMARY KEY, at timestamptz NOT NULL, kind text NOT NULL,
            record text NOT NULL, rule text NOT NULL);
    """)
    op.execute(grants.table("custody.raw", app="SELECT, INSERT, DELETE"))
    op.execute(grants.table("custody.key", app="SELECT, INSERT, DELETE"))
    op.execute(grants.table("custody.disclosure", app="SELECT, INSERT", auditor="SELECT"))
    op.execute(grants.table("custody.destruction", app="SELECT, INSERT", auditor="SELECT"))
    for name in ("raw", "key"):
        op.execute(grants.guard(f"custody.{name}"))

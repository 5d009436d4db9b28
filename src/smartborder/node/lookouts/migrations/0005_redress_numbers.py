"""Redress numbers, kept as hashes, and the reported people who showed one."""

from alembic import op

from smartborder.node.store import grants

revision = "lookouts0005"
down_revision = "lookouts0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE lookouts.redress_number (
            number bytea PRIMARY KEY, issued_at timestamptz NOT NULL, issued_by text NOT NULL,
            ended_at timestamptz);
        CREATE TABLE lookouts.redress_shown (
            fingerprint bytea NOT NULL, number bytea NOT NULL REFERENCES lookouts.redress_number,
            first_at timestamptz NOT NULL, PRIMARY KEY (fingerprint, number))
    """)
    for name in ("redress_number", "redress_shown"):
        op.execute(grants.table(f"lookouts.{name}", app="SELECT, INSERT, UPDATE, DELETE"))
        op.execute(grants.guard(f"lookouts.{name}"))

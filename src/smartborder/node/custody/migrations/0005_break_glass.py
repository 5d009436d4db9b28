"""Sealed records opened in an emergency: asked by one, agreed by another, told to a third."""

from alembic import op

from smartborder.node.store import grants

revision = "custody0005"
down_revision = "custody0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE custody.break_glass (
            id text PRIMARY KEY, record text NOT NULL, why text NOT NULL, asked_by text NOT NULL,
            asked_at timestamptz NOT NULL, agreed_by text, agreed_at timestamptz,
            opened_at timestamptz, reviewed_by text, reviewed_at timestamptz,
            CHECK (agreed_by IS DISTINCT FROM asked_by), CHECK (opened_at IS NULL OR agreed_at
            IS NOT NULL));
        CREATE INDEX ON custody.break_glass (asked_at);
    """)
    op.execute(grants.table("custody.break_glass", app="SELECT, INSERT, UPDATE",
                            auditor="SELECT"))  # fmt: skip

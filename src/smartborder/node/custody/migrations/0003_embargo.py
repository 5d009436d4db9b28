"""Advance notices of listings under embargo, and who opened them."""

from alembic import op

from smartborder.node.store import grants

revision = "custody0003"
down_revision = "custody0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE custody.notice (
            id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('own', 'received')),
            originator text NOT NULL, envelope text, named text[] NOT NULL,
            release_at timestamptz NOT NULL, made_at timestamptz NOT NULL, made_by text NOT NULL,
            released_at timestamptz);
        CREATE INDEX ON custody.notice (release_at) WHERE released_at IS NULL;
        CREATE TABLE custody.opening (
            id text PRIMARY KEY, notice text NOT NULL, officer text NOT NULL,
            at timestamptz NOT NULL, opened boolean NOT NULL);
        CREATE INDEX ON custody.opening (notice, at);
    """)
    op.execute(grants.table("custody.notice", app="SELECT, INSERT, UPDATE", auditor="SELECT"))
    op.execute(grants.table("custody.opening", app="SELECT, INSERT", auditor="SELECT"))

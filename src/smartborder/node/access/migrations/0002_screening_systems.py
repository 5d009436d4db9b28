"""Clients that ask instead of reporting: the lists each of them may ask about."""

from alembic import op

revision = "access0002"
down_revision = "access0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE access.client DROP CONSTRAINT client_kind_check;
        ALTER TABLE access.client ADD CONSTRAINT client_kind_check CHECK
            (kind IN ('airline-host', 'handling-agent', 'gateway', 'screening-system'));
        ALTER TABLE access.client ADD COLUMN lists text[] NOT NULL DEFAULT '{}';
        ALTER TABLE access.client ADD CHECK ((kind = 'screening-system') = (lists <> '{}'));
    """)

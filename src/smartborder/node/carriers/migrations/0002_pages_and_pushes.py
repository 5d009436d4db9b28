"""Carriers: what a visit may see; addresses that replies are pushed to, and each push."""

from alembic import op

from smartborder.node.store import grants

revision = "carriers0002"
down_revision = "carriers0001"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE carriers.visit ADD COLUMN modes text[] NOT NULL, ADD COLUMN carriers text[] NOT NULL;
CREATE INDEX ON carriers.visit (client);
CREATE TABLE carriers.hook (
    client text NOT NULL REFERENCES access.client,
    mode text NOT NULL CHECK (mode IN ('test', 'live')),
    url text NOT NULL, since timestamptz NOT NULL, looked_at timestamptz NOT NULL,
    made_by text NOT NULL,
    PRIMARY KEY (client, mode));
CREATE TABLE carriers.push (
    id text PRIMARY KEY, reply text NOT NULL REFERENCES act.reply ON DELETE CASCADE,
    escalation int NOT NULL, client text NOT NULL REFERENCES access.client, mode text NOT NULL,
    state text NOT NULL CHECK (state IN ('due', 'sent', 'dead', 'moot')),
    tries int NOT NULL DEFAULT 0, error text, made_at timestamptz NOT NULL,
    tried_at timestamptz, ended_at timestamptz, UNIQUE (reply, escalation));
CREATE INDEX ON carriers.push (client, mode, state);
"""
RIGHTS = {
    "carriers.hook": "SELECT, INSERT, UPDATE, DELETE",
    "carriers.push": "SELECT, INSERT, UPDATE, DELETE",
}


def upgrade() -> None:
    op.execute(TABLES)
    for name, rights in RIGHTS.items():
        op.execute(grants.table(name, app=rights))
        op.execute(grants.guard(name))

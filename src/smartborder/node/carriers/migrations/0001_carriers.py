"""Carriers: certification runs, visits to their page, calls, overrides that ended, outages."""

from alembic import op

from smartborder.node.store import grants

revision = "carriers0001"
down_revision = None
branch_labels = ("carriers",)
depends_on = ("access0001", "act0001")

TABLES = """
CREATE TABLE carriers.run (
    id text PRIMARY KEY, client text NOT NULL REFERENCES access.client, at timestamptz NOT NULL,
    since timestamptz NOT NULL, criteria jsonb NOT NULL, passed boolean NOT NULL);
CREATE INDEX ON carriers.run (client, at);
CREATE TABLE carriers.visit (
    token bytea PRIMARY KEY, client text NOT NULL REFERENCES access.client,
    made_by text NOT NULL, made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    used_at timestamptz, session bytea UNIQUE, session_ends timestamptz);
CREATE TABLE carriers.phone_call (
    id text PRIMARY KEY, reply text NOT NULL, called text NOT NULL, number_called text NOT NULL,
    officer text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX ON carriers.phone_call (reply);
CREATE TABLE carriers.override_end (
    call text PRIMARY KEY REFERENCES act.help_call ON DELETE CASCADE,
    ended_at timestamptz NOT NULL, restored_at timestamptz);
CREATE TABLE carriers.spell (
    id text PRIMARY KEY, cause text NOT NULL, began_at timestamptz NOT NULL,
    ended_at timestamptz);
CREATE UNIQUE INDEX ON carriers.spell (cause) WHERE ended_at IS NULL;
"""
RIGHTS = {
    "carriers.run": "SELECT, INSERT",
    "carriers.visit": "SELECT, INSERT, UPDATE, DELETE",
    "carriers.phone_call": "SELECT, INSERT, DELETE",
    "carriers.override_end": "SELECT, INSERT, UPDATE, DELETE",
    "carriers.spell": "SELECT, INSERT, UPDATE",
}


def upgrade() -> None:
    op.execute(grants.schema("carriers"))
    op.execute(TABLES)
    for name, rights in RIGHTS.items():
        op.execute(grants.table(name, app=rights))
        op.execute(grants.guard(name))

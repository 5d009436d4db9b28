"""Access: people, their sessions and one-time links; API clients and their keys."""

from alembic import op

from smartborder.node.store import grants

revision = "access0001"
down_revision = None
branch_labels = ("access",)
depends_on = None

TABLES = """
CREATE TABLE access.user (
    id text PRIMARY KEY, login text NOT NULL UNIQUE, name text NOT NULL,
    roles text[] NOT NULL CHECK (cardinality(roles) > 0),
    password text, shortcuts boolean NOT NULL DEFAULT true,
    made_at timestamptz NOT NULL, closed_at timestamptz);

CREATE TABLE access.link (
    token bytea PRIMARY KEY, user_id text NOT NULL REFERENCES access.user,
    made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz);
CREATE INDEX ON access.link (user_id);

CREATE TABLE access.session (
    token bytea PRIMARY KEY, user_id text NOT NULL REFERENCES access.user,
    began_at timestamptz NOT NULL, seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, ended_at timestamptz);
CREATE INDEX ON access.session (user_id);
CREATE INDEX ON access.session (expires_at);

CREATE TABLE access.failure (key bytea NOT NULL, at timestamptz NOT NULL);
CREATE INDEX ON access.failure (key, at);

CREATE TABLE access.client (
    id text PRIMARY KEY, name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('airline-host', 'handling-agent', 'gateway')),
    carriers text[] NOT NULL, address text NOT NULL, per_minute int NOT NULL CHECK (per_minute > 0),
    live_since timestamptz, made_at timestamptz NOT NULL, closed_at timestamptz);
CREATE UNIQUE INDEX ON access.client (name) WHERE closed_at IS NULL;

CREATE TABLE access.client_key (
    id text PRIMARY KEY, hash bytea NOT NULL UNIQUE,
    client text NOT NULL REFERENCES access.client,
    mode text NOT NULL CHECK (mode IN ('test', 'live')),
    made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, revoked_at timestamptz);
CREATE INDEX ON access.client_key (client);
"""

RIGHTS = {
    "access.user": "SELECT, INSERT, UPDATE",
    "access.link": "SELECT, INSERT, UPDATE, DELETE",
    "access.session": "SELECT, INSERT, UPDATE, DELETE",
    "access.failure": "SELECT, INSERT, DELETE",
    "access.client": "SELECT, INSERT, UPDATE",
    "access.client_key": "SELECT, INSERT, UPDATE",
}


def upgrade() -> None:
    op.execute(grants.schema("access"))
    op.execute(TABLES)
    for name, rights in RIGHTS.items():
        op.execute(grants.table(name, app=rights))
        op.execute(grants.guard(name))

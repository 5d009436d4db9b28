"""Determinations: files, versions of their facts, what was done in interviews, decisions."""

from alembic import op

from smartborder.node.store import grants

revision = "determinations0001"
down_revision = None
branch_labels = ("determinations",)
depends_on = None

TABLES = """
CREATE TABLE determinations.file (
    id text PRIMARY KEY, family text NOT NULL, rule text NOT NULL, country text NOT NULL,
    reference text NOT NULL, opened_at timestamptz NOT NULL, opened_by text NOT NULL,
    delete_by timestamptz NOT NULL);
CREATE INDEX ON determinations.file (family, opened_at);

CREATE TABLE determinations.version (
    id text PRIMARY KEY, file text NOT NULL REFERENCES determinations.file,
    number int NOT NULL, facts jsonb NOT NULL, on_day date NOT NULL, as_known date NOT NULL,
    verdict jsonb NOT NULL, rule_version text NOT NULL, made_at timestamptz NOT NULL,
    made_by text NOT NULL, UNIQUE (file, number));

CREATE TABLE determinations.event (
    id text PRIMARY KEY, file text NOT NULL REFERENCES determinations.file,
    kind text NOT NULL CHECK (kind IN ('interpreter', 'fear', 'evidence', 'read-back')),
    content jsonb NOT NULL, at timestamptz NOT NULL, actor text NOT NULL);
CREATE INDEX ON determinations.event (file, at);

CREATE TABLE determinations.decision (
    id text PRIMARY KEY, file text NOT NULL REFERENCES determinations.file,
    version int NOT NULL, outcome text NOT NULL,
    author_kind text NOT NULL CHECK (author_kind = 'officer'), author text NOT NULL,
    author_name text NOT NULL, reasons jsonb NOT NULL, redress jsonb NOT NULL,
    supersedes text REFERENCES determinations.decision, at timestamptz NOT NULL);
CREATE INDEX ON determinations.decision (file, at);
"""


def upgrade() -> None:
    op.execute(grants.schema("determinations"))
    op.execute(TABLES)
    for name in ("file", "version", "event", "decision"):
        op.execute(grants.table(f"determinations.{name}", app="SELECT, INSERT, DELETE"))
        op.execute(grants.guard(f"determinations.{name}"))

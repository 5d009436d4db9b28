"""Requests for access and redress, the copies found for them, consultations, letters."""

from alembic import op

from smartborder.node.store import grants

revision = "redress0001"
down_revision = None
branch_labels = ("redress",)
depends_on = None

TABLES = """
CREATE TABLE redress.request (
    id text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('access', 'correction', 'complaint')),
    person jsonb NOT NULL, said text NOT NULL, opened_at timestamptz NOT NULL,
    opened_by text NOT NULL, due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered')),
    answered_at timestamptz, delete_by date);
CREATE INDEX ON redress.request (due_at) WHERE state = 'open';
CREATE TABLE redress.copy (
    request text NOT NULL REFERENCES redress.request ON DELETE CASCADE, record text NOT NULL,
    kind text NOT NULL, originator text, found_by text NOT NULL, found_at timestamptz NOT NULL,
    gone_to text[] NOT NULL, advice text
        CHECK (advice IN ('may-tell', 'may-not-tell', 'neither')),
    decision text NOT NULL DEFAULT 'neither' CHECK (decision IN ('tell', 'withhold', 'neither')),
    decided_by text, decided_at timestamptz, PRIMARY KEY (request, record));
CREATE TABLE redress.consultation (
    id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('out', 'in')), request text,
    partner text NOT NULL, record text NOT NULL, kind text NOT NULL, envelope text NOT NULL,
    at timestamptz NOT NULL, advice text, answered_at timestamptz, answered_by text);
CREATE INDEX ON redress.consultation (request);
CREATE UNIQUE INDEX ON redress.consultation (request, record) WHERE way = 'out';
CREATE TABLE redress.letter (
    request text PRIMARY KEY REFERENCES redress.request ON DELETE CASCADE,
    id text NOT NULL UNIQUE, at timestamptz NOT NULL, signed_by text NOT NULL,
    signatory text NOT NULL, body jsonb NOT NULL, disclosure text NOT NULL);
"""


def upgrade() -> None:
    op.execute(grants.schema("redress"))
    op.execute(TABLES)
    for name in ("request", "copy", "consultation", "letter"):
        op.execute(grants.table(f"redress.{name}", app="SELECT, INSERT, UPDATE, DELETE"))
        op.execute(grants.guard(f"redress.{name}"))

"""Queries about people: files that may be asked about, questions, what each side may read."""

from alembic import op

from smartborder.node.store import grants

revision = "exchange0003"
down_revision = "exchange0002"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE exchange.file (
    id text PRIMARY KEY, document text NOT NULL, issuer text NOT NULL, birth_date text,
    name_key text NOT NULL, content jsonb NOT NULL, facts jsonb NOT NULL, source text NOT NULL,
    at timestamptz NOT NULL, UNIQUE (document, issuer));
CREATE INDEX ON exchange.file (name_key, birth_date);
CREATE TABLE exchange.query (
    id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('in', 'out')), partner text NOT NULL,
    agreement text NOT NULL, purpose text NOT NULL, asks text[] NOT NULL, case_id text,
    body jsonb NOT NULL, envelope text NOT NULL UNIQUE, parent text, file text, method text,
    nothing boolean NOT NULL DEFAULT false, asked_by text NOT NULL, asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'held', 'answered', 'expired')),
    answer jsonb, answered_at timestamptz, answered_by text,
    sampled boolean NOT NULL DEFAULT false, reviewed_by text, reviewed_at timestamptz);
CREATE INDEX ON exchange.query (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ON exchange.query (way, asked_at);
CREATE INDEX ON exchange.query (asked_by, asked_at);
ALTER TABLE exchange.outbox ADD COLUMN asks text[] NOT NULL DEFAULT '{}';
ALTER TABLE exchange.batch_in ADD COLUMN told boolean NOT NULL DEFAULT true;
CREATE INDEX batch_in_untold ON exchange.batch_in (partner, id) WHERE NOT told;
CREATE INDEX ON exchange.outbox (in_reply_to) WHERE in_reply_to IS NOT NULL;
ALTER TABLE exchange.partner ADD COLUMN reads int[] NOT NULL DEFAULT '{1}';
ALTER TABLE exchange.batch_out ADD COLUMN lane text NOT NULL DEFAULT 'main'
    CHECK (lane IN ('main', 'query'));
DROP INDEX exchange.batch_out_partner_idx;
CREATE UNIQUE INDEX batch_out_under_way ON exchange.batch_out (partner)
    WHERE receipted_at IS NULL AND lane = 'main';
CREATE INDEX batch_out_query ON exchange.batch_out (partner, made_at)
    WHERE receipted_at IS NULL AND lane = 'query';
"""
TABLE_NAMES = ("file", "query")


def upgrade() -> None:
    op.execute(TABLES)
    for name in TABLE_NAMES:
        op.execute(grants.table(f"exchange.{name}", app="SELECT, INSERT, UPDATE, DELETE"))
        op.execute(grants.guard(f"exchange.{name}"))

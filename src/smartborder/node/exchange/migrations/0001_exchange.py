"""Partners and their pinned keys, outbox and inbox, batches and receipts, encounters, requests."""

from alembic import op

from smartborder.node.store import grants

revision = "exchange0001"
down_revision = None
branch_labels = ("exchange",)
depends_on = None

TABLES = """
CREATE TABLE exchange.partner (
    node_id text PRIMARY KEY, encryption_key jsonb, heard_at timestamptz, reached_at timestamptz,
    failures int NOT NULL DEFAULT 0, trouble text, next_try timestamptz);
CREATE TABLE exchange.partner_key (
    kid text PRIMARY KEY, partner text NOT NULL REFERENCES exchange.partner, jwk jsonb NOT NULL,
    valid_from timestamptz NOT NULL, valid_to timestamptz, revoked_at timestamptz,
    pinned_by text NOT NULL);
CREATE TABLE exchange.series (
    way text NOT NULL CHECK (way IN ('in', 'out')), partner text NOT NULL, agreement text NOT NULL,
    subject text NOT NULL, last int NOT NULL, PRIMARY KEY (way, partner, agreement, subject));

CREATE TABLE exchange.batch_out (
    id text PRIMARY KEY, partner text NOT NULL, made_at timestamptz NOT NULL,
    body bytea, batch jsonb NOT NULL, attempts int NOT NULL DEFAULT 0,
    receipt jsonb, receipted_at timestamptz);
CREATE UNIQUE INDEX ON exchange.batch_out (partner) WHERE receipted_at IS NULL;
CREATE TABLE exchange.outbox (
    id text PRIMARY KEY, n bigint GENERATED ALWAYS AS IDENTITY UNIQUE, partner text NOT NULL,
    kind text NOT NULL, agreement text NOT NULL, agreement_version int NOT NULL,
    agreement_digest text NOT NULL, channel text NOT NULL, stage text NOT NULL,
    purpose text NOT NULL, caveats text[] NOT NULL, custody jsonb NOT NULL,
    subject text NOT NULL, sequence int, in_reply_to text, record text NOT NULL,
    answer jsonb NOT NULL, payload bytea, made_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'sent', 'applied', 'held', 'dead', 'withheld')),
    batch text REFERENCES exchange.batch_out, code text, settled_at timestamptz,
    UNIQUE (partner, agreement, subject, sequence));
CREATE INDEX ON exchange.outbox (partner, n) WHERE state = 'waiting';
CREATE INDEX ON exchange.outbox (batch);
CREATE INDEX ON exchange.outbox (record);
CREATE INDEX ON exchange.outbox (state) WHERE state IN ('dead', 'held', 'withheld');

CREATE TABLE exchange.batch_in (
    id text NOT NULL, partner text NOT NULL, root text NOT NULL, size int NOT NULL,
    received_at timestamptz NOT NULL, receipt jsonb NOT NULL, PRIMARY KEY (partner, id));
CREATE INDEX ON exchange.batch_in (received_at);
CREATE TABLE exchange.inbox (
    id text NOT NULL, partner text NOT NULL, batch text NOT NULL, agreement text NOT NULL,
    subject text NOT NULL, sequence int NOT NULL, header jsonb NOT NULL,
    received_at timestamptz NOT NULL, outcome text NOT NULL
        CHECK (outcome IN ('applied', 'held', 'refused')),
    code text, record text, PRIMARY KEY (partner, id));
CREATE INDEX ON exchange.inbox (received_at);
CREATE INDEX ON exchange.inbox (partner, agreement, subject, sequence);
CREATE TABLE exchange.refusal (
    id text PRIMARY KEY, at timestamptz NOT NULL, partner text, code text NOT NULL,
    detail text NOT NULL);

CREATE TABLE exchange.encounter (
    id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('in', 'out')), partner text NOT NULL,
    lookout text NOT NULL, hit text UNIQUE, case_id text, envelope text NOT NULL,
    body jsonb NOT NULL, at timestamptz NOT NULL, confirmed_at timestamptz, confirmed_by text,
    confirmed_as text);
CREATE INDEX ON exchange.encounter (lookout);
CREATE TABLE exchange.request (
    id text PRIMARY KEY, way text NOT NULL CHECK (way IN ('in', 'out')), partner text NOT NULL,
    lookout text NOT NULL, hit text, case_id text, envelope text NOT NULL, body jsonb NOT NULL,
    asked_by text NOT NULL, asked_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'held', 'answered', 'expired')),
    answer jsonb, answered_at timestamptz, answered_by text);
CREATE UNIQUE INDEX ON exchange.request (hit) WHERE way = 'out' AND state IN ('asked', 'held');
"""
TABLE_NAMES = (
    "partner", "partner_key", "series", "batch_out", "outbox", "batch_in", "inbox",
    "encounter", "request",
)  # fmt: skip
PERSONAL = ("batch_out", "outbox", "inbox", "encounter", "request")


def upgrade() -> None:
    op.execute(grants.schema("exchange"))
    op.execute(TABLES)
    for name in TABLE_NAMES:
        op.execute(grants.table(f"exchange.{name}", app="SELECT, INSERT, UPDATE, DELETE"))
    op.execute(grants.table("exchange.refusal", app="SELECT, INSERT", auditor="SELECT"))
    for name in PERSONAL:
        op.execute(grants.guard(f"exchange.{name}"))

"""The act: messages, flights, travellers, checks, hits, cases, decisions, replies."""

from alembic import op

from smartborder.node.store import grants

revision = "act0001"
down_revision = None
branch_labels = ("act",)
depends_on = None

TABLES = """
CREATE TABLE act.transmission (
    id text PRIMARY KEY, channel text NOT NULL, client text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('live', 'test')),
    received_at timestamptz NOT NULL, size int NOT NULL, sha256 bytea NOT NULL,
    kind text NOT NULL, delivery text NOT NULL CHECK (delivery IN ('interactive', 'batch')),
    state text NOT NULL, error text, findings jsonb NOT NULL DEFAULT '[]',
    answered_at timestamptz);
CREATE INDEX ON act.transmission (client, received_at);
CREATE INDEX ON act.transmission (state) WHERE state NOT IN ('answered', 'purged');

CREATE TABLE act.message (
    id text PRIMARY KEY, transmission text NOT NULL REFERENCES act.transmission,
    position int NOT NULL, client text NOT NULL, mode text NOT NULL, carrier text,
    sender text, interchange_reference text, reference text, common_reference text,
    transaction text, content bytea NOT NULL, part int, part_last boolean,
    format text NOT NULL, version text, purpose text NOT NULL,
    received_at timestamptz NOT NULL, state text NOT NULL,
    travellers int NOT NULL DEFAULT 0, findings jsonb NOT NULL DEFAULT '[]',
    body jsonb, delete_by timestamptz);
CREATE INDEX ON act.message (client, sender, interchange_reference, reference);
CREATE INDEX ON act.message (transmission);
CREATE INDEX ON act.message (received_at);
CREATE INDEX ON act.message (common_reference) WHERE state = 'waiting-parts';

CREATE TABLE act.flight (
    id text PRIMARY KEY, mode text NOT NULL, carrier text NOT NULL, number text NOT NULL,
    suffix text NOT NULL DEFAULT '', departs_on date NOT NULL,
    origin text NOT NULL, destination text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound', 'elsewhere')),
    origin_zone text, destination_zone text,
    scheduled_departure timestamptz, scheduled_arrival timestamptz,
    estimated_departure timestamptz, estimated_arrival timestamptz,
    actual_departure timestamptz, actual_arrival timestamptz,
    times jsonb NOT NULL DEFAULT '{}', diverted_to text, split_from text REFERENCES act.flight,
    status text NOT NULL DEFAULT 'open'
        CHECK (status IN ('open', 'closed', 'departed', 'returned', 'cancelled', 'arrived')),
    closed_at timestamptz, alarmed_at timestamptz, created_at timestamptz NOT NULL,
    UNIQUE (mode, carrier, number, suffix, departs_on, origin, destination));
CREATE INDEX ON act.flight (scheduled_departure);
CREATE TABLE act.code_share (
    flight text NOT NULL REFERENCES act.flight, carrier text NOT NULL, number text NOT NULL,
    PRIMARY KEY (flight, carrier, number));

CREATE TABLE act.traveller (
    id text PRIMARY KEY, flight text NOT NULL REFERENCES act.flight, mode text NOT NULL,
    client text NOT NULL, role text NOT NULL, version int NOT NULL,
    reference text, locator text, document text, name_key text, birth_date text,
    fingerprint bytea NOT NULL, reply text NOT NULL, reply_decision text,
    cleared_on bytea, presence text NOT NULL DEFAULT 'reported'
        CHECK (presence IN ('reported', 'boarded', 'no-show', 'off-loaded',
                            'boarded-without-ok', 'arrived-unreported', 'cancelled')),
    double_of text REFERENCES act.traveller, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL, delete_by timestamptz);
CREATE INDEX ON act.traveller (flight);
CREATE INDEX ON act.traveller (flight, reference);
CREATE INDEX ON act.traveller (document);
CREATE INDEX ON act.traveller (fingerprint);
CREATE INDEX ON act.traveller (delete_by);

CREATE TABLE act.traveller_version (
    traveller text NOT NULL REFERENCES act.traveller ON DELETE CASCADE, version int NOT NULL,
    message text NOT NULL, position int NOT NULL DEFAULT 0, person jsonb NOT NULL,
    changed text[] NOT NULL DEFAULT '{}',
    received_at timestamptz NOT NULL, PRIMARY KEY (traveller, version));
CREATE INDEX ON act.traveller_version (message);

CREATE TABLE act.check_result (
    id text PRIMARY KEY, traveller text NOT NULL REFERENCES act.traveller ON DELETE CASCADE,
    version int NOT NULL, result text NOT NULL, results jsonb NOT NULL,
    law_on date NOT NULL, as_known date NOT NULL, lists text NOT NULL, at timestamptz NOT NULL);
CREATE INDEX ON act.check_result (traveller, at);

CREATE TABLE act.case_file (
    id text PRIMARY KEY, kind text NOT NULL, purpose text NOT NULL,
    traveller text REFERENCES act.traveller ON DELETE SET NULL,
    flight text REFERENCES act.flight, instruction text, agreement text,
    opened_at timestamptz NOT NULL, due_at timestamptz, default_outcome text,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    claimed_by text, lease_until timestamptz, handed_from text,
    closed_at timestamptz, closed_as text, reasons jsonb NOT NULL DEFAULT '[]');
CREATE INDEX ON act.case_file (due_at) WHERE state = 'open';
CREATE INDEX ON act.case_file (traveller);
CREATE INDEX ON act.case_file (opened_at);

CREATE TABLE act.hit (
    id text PRIMARY KEY, traveller text NOT NULL REFERENCES act.traveller ON DELETE CASCADE,
    version int NOT NULL, case_id text REFERENCES act.case_file, entry text NOT NULL,
    entry_version text NOT NULL, list text NOT NULL, name text NOT NULL,
    score numeric(6, 5) NOT NULL, band text NOT NULL, instruction text NOT NULL,
    reasons jsonb NOT NULL, would_change jsonb NOT NULL DEFAULT '[]',
    state text NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'quiet', 'cleared', 'confirmed', 'undecided', 'withdrawn')),
    memory text, found_at timestamptz NOT NULL, decided_at timestamptz, outcome text);
CREATE INDEX ON act.hit (traveller);
CREATE INDEX ON act.hit (case_id);
CREATE INDEX ON act.hit (entry, state);
CREATE INDEX ON act.hit (list, found_at);

CREATE TABLE act.decision (
    id text PRIMARY KEY, subject text NOT NULL, case_id text REFERENCES act.case_file,
    outcome text NOT NULL, author_kind text NOT NULL, author text NOT NULL,
    delegated_by text, second_person text, reasons jsonb NOT NULL, note text,
    redress jsonb NOT NULL, supersedes text REFERENCES act.decision, at timestamptz NOT NULL);
CREATE INDEX ON act.decision (subject, at);
CREATE INDEX ON act.decision (case_id);

CREATE TABLE act.pending_decision (
    id text PRIMARY KEY, case_id text NOT NULL REFERENCES act.case_file, outcome text NOT NULL,
    proposed_by text NOT NULL, reasons jsonb NOT NULL, note text, at timestamptz NOT NULL);

CREATE TABLE act.reply (
    id text PRIMARY KEY, client text NOT NULL, mode text NOT NULL, kind text NOT NULL,
    transmission text REFERENCES act.transmission, message text, flight text,
    travellers text[] NOT NULL, codes text[] NOT NULL, control_reference text NOT NULL,
    body bytea NOT NULL, created_at timestamptz NOT NULL, state text NOT NULL
        CHECK (state IN ('ready', 'fetched', 'awaiting-ack', 'acknowledged', 'escalated',
                         'lapsed')),
    acknowledged_at timestamptz, escalations int NOT NULL DEFAULT 0, next_try timestamptz);
CREATE INDEX ON act.reply (client, created_at);
CREATE INDEX ON act.reply (transmission);
CREATE INDEX ON act.reply (next_try) WHERE state IN ('awaiting-ack', 'escalated');

CREATE TABLE act.entitlement (
    id text PRIMARY KEY, kind text NOT NULL, document text NOT NULL, issuer text NOT NULL,
    valid_from date, valid_to date, status text NOT NULL DEFAULT 'valid',
    attributes jsonb NOT NULL DEFAULT '{}', source text NOT NULL, at timestamptz NOT NULL,
    UNIQUE (kind, document, issuer));
CREATE INDEX ON act.entitlement ((document || '/' || issuer));
CREATE INDEX ON act.entitlement (left(document, 4));
CREATE INDEX ON act.entitlement (right(document, 4));
CREATE TABLE act.register_state (
    kind text PRIMARY KEY, complete_as_of timestamptz NOT NULL, source text NOT NULL);

CREATE TABLE act.arrival (
    id text PRIMARY KEY, traveller text REFERENCES act.traveller ON DELETE SET NULL,
    flight text, document text, at timestamptz NOT NULL, lane text, officer text NOT NULL,
    referred boolean NOT NULL DEFAULT false, referral_reasons jsonb NOT NULL DEFAULT '[]',
    outcome text, outcome_by text, outcome_at timestamptz, outcome_note text);
CREATE INDEX ON act.arrival (traveller);

CREATE TABLE act.help_call (
    id text PRIMARY KEY, traveller text NOT NULL REFERENCES act.traveller ON DELETE CASCADE,
    called_by text NOT NULL, number_called text NOT NULL, officer text NOT NULL,
    decision text REFERENCES act.decision, expires_at timestamptz, at timestamptz NOT NULL);
"""
PERSONAL = (
    "message", "traveller", "traveller_version", "check_result", "case_file", "hit",
    "decision", "pending_decision", "reply", "entitlement", "arrival", "help_call",
)  # fmt: skip
OPEN = ("transmission", "flight", "code_share", "register_state")


def upgrade() -> None:
    op.execute(grants.schema("act"))
    op.execute(TABLES)
    for name in (*OPEN, *PERSONAL):
        op.execute(grants.table(f"act.{name}", app="SELECT, INSERT, UPDATE, DELETE"))
    for name in PERSONAL:
        op.execute(grants.guard(f"act.{name}"))

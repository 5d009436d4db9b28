"""Look-outs, imported lists with immutable versions, and what officers decided about pairs."""

from alembic import op

from smartborder.node.store import grants

revision = "lookouts0001"
down_revision = None
branch_labels = ("lookouts",)
depends_on = None


def upgrade() -> None:
    op.execute(grants.schema("lookouts"))
    op.execute("""
        CREATE TABLE lookouts.list_version (
            id text PRIMARY KEY, list text NOT NULL, number int NOT NULL,
            sha256 bytea NOT NULL, imported_at timestamptz NOT NULL, imported_by text NOT NULL,
            entries int NOT NULL, names int NOT NULL, findings jsonb NOT NULL DEFAULT '[]',
            active boolean NOT NULL, UNIQUE (list, number));
        CREATE TABLE lookouts.entry (
            version text NOT NULL REFERENCES lookouts.list_version, id text NOT NULL,
            entry_version text NOT NULL, entry jsonb NOT NULL, PRIMARY KEY (version, id));
        CREATE TABLE lookouts.lookout (
            id text NOT NULL, version int NOT NULL, lookout jsonb NOT NULL,
            originator text NOT NULL, source text NOT NULL, agreement text,
            instruction text NOT NULL, review_by date NOT NULL, created_at timestamptz NOT NULL,
            created_by text NOT NULL, withdrawn_at timestamptz, current boolean NOT NULL,
            approved_by text, PRIMARY KEY (id, version));
        CREATE UNIQUE INDEX ON lookouts.lookout (id) WHERE current;
        CREATE TABLE lookouts.change (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, scope text NOT NULL,
            what text NOT NULL, entry text, at timestamptz NOT NULL, rechecked_at timestamptz);
        CREATE TABLE lookouts.memory (
            id text PRIMARY KEY, fingerprint bytea NOT NULL, entry text NOT NULL,
            entry_version text NOT NULL, judgement text NOT NULL
                CHECK (judgement IN ('same', 'different', 'cannot-tell')),
            by text NOT NULL, second_person text, why text NOT NULL, case_id text,
            at timestamptz NOT NULL, until timestamptz, ended_at timestamptz);
        CREATE INDEX ON lookouts.memory (fingerprint, entry);
    """)
    for name in ("list_version", "entry", "lookout", "change", "memory"):
        op.execute(grants.table(f"lookouts.{name}", app="SELECT, INSERT, UPDATE, DELETE"))
    for name in ("entry", "lookout", "memory"):
        op.execute(grants.guard(f"lookouts.{name}"))

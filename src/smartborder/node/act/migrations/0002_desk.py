"""The desk: what happened to a case, and decisions that wait for a second person."""

from alembic import op

from smartborder.node.store import grants

revision = "act0002desk"
down_revision = "act0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE act.pending_decision
            ADD COLUMN subject text NOT NULL, ADD COLUMN kind text NOT NULL,
            ADD COLUMN state text NOT NULL DEFAULT 'waiting'
                CHECK (state IN ('waiting', 'agreed', 'declined', 'lapsed')),
            ADD COLUMN second_person text, ADD COLUMN second_at timestamptz,
            ADD COLUMN second_note text;
        CREATE INDEX ON act.pending_decision (case_id);
        CREATE TABLE act.case_event (
            id text PRIMARY KEY, case_id text NOT NULL REFERENCES act.case_file,
            at timestamptz NOT NULL, actor text NOT NULL, what text NOT NULL, to_user text,
            note text);
        CREATE INDEX ON act.case_event (case_id, at);
        CREATE INDEX ON act.arrival (at);
        CREATE INDEX ON act.case_file (flight);
    """)
    op.execute(grants.table("act.case_event", app="SELECT, INSERT, DELETE"))
    op.execute(grants.guard("act.case_event"))

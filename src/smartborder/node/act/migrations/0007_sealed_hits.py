"""What a hit says of the entry that it met lies sealed; rows are sealed here."""

from alembic import op

from smartborder.node.custody.sealing_columns import keep_as_is, seal_by_record

revision = "act0007sealed"
down_revision = "act0006reading"
branch_labels = None
depends_on = ("custody0007",)


def upgrade() -> None:
    op.execute("""
        ALTER TABLE act.hit NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE act.hit ADD said jsonb;
        UPDATE act.hit SET said = jsonb_build_object(
            'name', name, 'reasons', reasons, 'would_change', would_change) WHERE name <> '';
        ALTER TABLE act.hit DROP name, DROP reasons, DROP would_change;
    """)
    seal_by_record("act.hit", "said", keep_as_is, optional=True)

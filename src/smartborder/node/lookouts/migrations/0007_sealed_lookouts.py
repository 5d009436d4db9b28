"""What a look-out says lies sealed, the partner's and ours; rows are sealed here."""

from smartborder.node.custody.sealing_columns import keep_as_is, seal_by_record

revision = "lookouts0007"
down_revision = "lookouts0006"
branch_labels = None
depends_on = ("custody0007",)


def upgrade() -> None:
    seal_by_record("lookouts.lookout", "lookout", keep_as_is)

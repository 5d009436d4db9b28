"""What a land crossing says lies sealed, the partner's record and ours; rows are sealed here."""

from smartborder.node.custody.sealing_columns import seal_column

revision = "exchange0009"
down_revision = "exchange0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    seal_column("exchange.crossing", "content")

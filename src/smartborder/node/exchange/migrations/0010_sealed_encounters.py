"""What a report of an encounter says lies sealed, on both sides; rows are sealed here."""

from smartborder.node.custody.sealing_columns import seal_column

revision = "exchange0010"
down_revision = "exchange0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    seal_column("exchange.encounter", "body")

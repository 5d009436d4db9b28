from pathlib import Path

from smartborder.node.access.roles_page import page

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_the_page_says_what_the_table_says() -> None:
    assert (DOCS / "reference" / "roles.md").read_text() == page(), (
        "run: python -m smartborder.node.access.roles_page > docs/reference/roles.md"
    )

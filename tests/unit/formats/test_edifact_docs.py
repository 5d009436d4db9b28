"""The reference pages have the tables that the code has."""

from pathlib import Path

import pytest

from smartborder.formats.edifact.findings import FINDINGS
from smartborder.formats.edifact.reference import TABLES, fill

DOCS = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize("name", ["paxlst.md", "cusres.md"])
def test_the_page_is_in_step_with_the_code(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == fill(page), "write fill(page) of smartborder.formats.edifact.reference back"


def test_every_table_is_on_a_page_and_every_code_in_a_table() -> None:
    pages = "".join(
        (DOCS / name).read_text(encoding="utf-8") for name in ("paxlst.md", "cusres.md")
    )
    assert all(f"<!-- table {name} -->" in pages for name in TABLES)
    assert all(f"| `{code}` |" in pages for code in FINDINGS)

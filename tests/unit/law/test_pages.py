"""The page of each rule set is made from the rule, the law files and the cases."""

from pathlib import Path

import pytest

from smartborder.law.pages import all_pages

ROOT = Path(__file__).parents[3]


def made():
    folders = [p for p in (ROOT / "tests" / "cases").iterdir() if p.is_dir()]
    return all_pages(
        {f.name: {p.name: p.read_text("utf-8") for p in f.glob("*.yaml")} for f in folders}
    )


PAGES = made()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_are_in_step(name):
    page = ROOT / "docs" / "reference" / "law" / name
    assert page.read_text("utf-8") == PAGES[name], (
        "run smartborder law pages tests/cases docs/reference/law"
    )


def test_a_page_shows_section_dates_and_cases():
    page = PAGES["stca.md"]
    assert "IRPR 159.4(1.1)" in page
    assert "2023-03-25 (enacted 2023-03-23, SOR/2023-58, s. 3)" in page
    assert "S1 Honduran adult at Fort Erie" in page

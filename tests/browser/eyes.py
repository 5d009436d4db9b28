"""What looks at a page: axe-core, reflow, pictures."""

import os
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: rule and element."""
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules})", RULES
    )["violations"]  # fmt: skip
    return [f"{v['id']}: {n['target']}" for v in found for n in v["nodes"]]


def look(page: Page, name: str) -> None:
    """Keep a picture of the whole page if SMARTBORDER_PICTURES names a folder."""
    folder = os.environ.get("SMARTBORDER_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window (WCAG 1.4.10): must be 0."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )

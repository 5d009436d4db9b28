"""What looks at a page: axe-core, reflow, pictures."""

import os
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A list of two hundred travellers says nothing that three of each look do not say: lines with the
# same elements, classes and gaps as three lines before them are taken out while axe reads.
_READ = """async rules => {
  const out = [];
  for (const list of document.querySelectorAll('tbody, ul, ol')) {
    const met = {};
    for (const line of [...list.children]) {
      const look = [line, ...line.querySelectorAll('*')]
        .map(x => `${x.tagName}.${x.className}${x.textContent.trim() ? '' : '!'}`).join();
      met[look] = (met[look] ?? 0) + 1;
      if (met[look] > 3) { out.push([list, line, line.nextSibling]); line.remove(); }
    }
  }
  const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
  for (const [list, line, next] of out.reverse()) list.insertBefore(line, next);
  return found.violations;
}"""


def equip(context: BrowserContext) -> None:
    """Every page of the context brings axe along, so that :func:`axe` need not load it."""
    context.add_init_script(path=AXE)


def axe(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands: rule and element."""
    return [f"{v['id']}: {n['target']}" for v in page.evaluate(_READ, RULES) for n in v["nodes"]]


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

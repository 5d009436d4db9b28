"""Every page of every role in a real browser: nothing breaks, nothing overflows, all can read it.

Canada's screens are walked in two looks that differ in everything: English, light, and French,
dark; each page is measured at 390 and 1366 pixels, and axe reads it once in either look. A page
that several roles have is shown once and asked for as the others. The screens of the United
States are the same code, so there every page is only asked for.
"""

import pytest
from playwright.sync_api import Page, expect

from smartborder.world.demo.stage import ROLES
from tests.browser.eyes import axe, overflow
from tests.browser.walk.crawl import kind, pages
from tests.browser.walk.day import Day
from tests.browser.walk.people import Theme, Watched

pytestmark = [
    pytest.mark.node,
    pytest.mark.browser,
    pytest.mark.demo,
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]

FIRST_STOP = "document.querySelector('a[href], button, input, select, textarea').className"
UNLABELLED = """() => [...document.querySelectorAll('input, select, textarea, button')]
  .filter(x => x.type !== 'hidden' && x.checkVisibility())
  .filter(x => !(x.labels?.length || x.ariaLabel || x.textContent.trim()
    || x.getAttribute('aria-labelledby')))
  .map(x => x.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", autouse=True)
def _played(day: Day) -> None:
    day.play()


@pytest.fixture(scope="module")
def read() -> dict[str, set[str]]:
    """Language to kinds of pages that were read already, whoever they were shown to."""
    return {"en": set(), "fr": set()}


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role(
    day: Day, read: dict[str, set[str]], role: str, language: str, theme: Theme
) -> None:
    window = day.people.page("CA", role, language=language, theme=theme)
    wrong: list[str] = []
    titles: dict[str, str] = {}
    for opened in pages(window, read[language]):
        what = kind(opened.path)
        if opened.page.get("lang") != language:
            wrong.append(f"{what}: wrong language")
        if not opened.title.partition(" – ")[0].strip():
            wrong.append(f"{what}: no title")
        other = titles.setdefault(opened.title, what)
        if other != what:
            wrong.append(f"{what}: has the title of {other}: {opened.title}")
        if opened.shown:
            wrong += [f"{what}: {x}" for x in found(window.page)]
    assert len(titles) > 1
    assert wrong == []
    window.close()


def found(page: Page) -> list[str]:
    """What is wrong with the page as it stands."""
    wrong = []
    ready = page.locator("[autofocus]").count()  # the field of a scanner takes the focus at once
    page.keyboard.press("Tab")
    first_stop = page.evaluate(FIRST_STOP if ready else "document.activeElement.className")
    if "skip-link" not in first_stop:
        wrong.append("the first Tab does not reach the skip link")
    wrong += [f"no label: {x}" for x in page.evaluate(UNLABELLED)]
    for pixels in (390, 1366):
        page.set_viewport_size({"width": pixels, "height": 768})
        if wider := overflow(page):
            wrong.append(f"{wider} pixels too wide at {pixels}")
    return wrong + axe(page)


def test_the_other_nodes_pages_open_too(day: Day) -> None:
    known: set[str] = set()
    for role in ROLES:
        window = day.people.page("US", role)
        for opened in pages(window, known, show=False):
            assert opened.page.get("lang") == "en", opened.path
        window.close()
    assert len(known) > 20


def test_single_keys_do_nothing_once_they_are_turned_off(day: Day) -> None:
    window = day.people.page("US", "supervisor")
    window.go("/settings")
    window.page.get_by_label("Off", exact=True).check()
    window.page.locator("form[action='/settings/shortcuts'] button").click()
    expect(window.page.get_by_role("status")).to_be_visible()
    for path in ("/queue", "/flights", "/figures/desk"):
        window.go(path)
        for key in ("?", "t", "g", "q", "g", "a"):
            window.page.keyboard.press(key)
        expect(window.page).to_have_url(f"{window.base}{path}")
        expect(window.page.locator("dialog[open]")).to_have_count(0)
    window.close()


def test_the_flight_sheet_prints_whole_and_on_white(day: Day) -> None:
    window = day.people.page("CA", "supervisor", language="en", theme="dark")
    page = sheet(window)
    page.emulate_media(media="print")
    expect(page.get_by_text("Logged disclosure")).to_be_visible()
    for chrome in (".sb-header__side", ".sb-nav", ".sb-noprint"):
        for part in page.locator(chrome).all():
            expect(part).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(
        "[...document.querySelectorAll('.sb-scroll')].every(x => x.scrollWidth <= x.clientWidth"
        " || getComputedStyle(x).overflowX === 'visible')"
    )
    expect(page.locator("tbody tr")).to_have_count(180)
    assert page.pdf(format="A4").startswith(b"%PDF-")
    window.close()


def sheet(window: Watched) -> Page:
    """The sheet of the morning flight, asked for as its form asks."""
    page = window.page
    window.go("/flights")
    page.get_by_role("link", name="AF 344").click()
    page.get_by_text("Print the flight sheet").click()
    page.get_by_label("For whom").fill("Demo gate desk")
    page.get_by_role("button", name="Log and show the sheet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Flight sheet")
    return page

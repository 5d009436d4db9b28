"""Advance notices in a real browser: opened by keyboard, readable in both looks at both widths."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from smartborder.model.screening import ListedDocument
from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE
from smartborder.node.custody import embargo
from smartborder.node.store.session import SYSTEM
from tests.browser.eyes import axe, look, overflow
from tests.browser.served import Site

pytestmark = [pytest.mark.node, pytest.mark.browser]

NAME = "Northern Lantern Relief Front"
ROLES = {"clerk": "officer", "watcher": "privacy-officer"}


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, users.User]:
    with site.store.act(SYSTEM, PURPOSE) as s:
        return {login: users.add(s, login=login, name=login.title(), roles=[role])
                for login, role in ROLES.items()}  # fmt: skip


@pytest.fixture(scope="module")
def notice(site: Site) -> str:
    """A notice that names the clerk and three officers of the partner."""
    return kept(site, "received", "USA")


def kept(site: Site, way: str, originator: str) -> str:
    """A notice under embargo, as if it had been sent or had come in."""
    with site.store.act(SYSTEM, embargo.PURPOSE) as s:
        record = s.new_id("lookout")
        said = embargo.Notice(
            names=(NAME,), documents=(ListedDocument(number="REG-77120", issuer="HND"),),
            authority="Department of State and Department of the Treasury",
            named=("clerk", "b.okafor-washington", "m.tremblay-laframboise", "j.delacroix"),
            release_at=s.now + timedelta(hours=1),
        )  # fmt: skip
        embargo.keep(s, site.home, record, said, way=way, originator=originator,
                     envelope=None)  # fmt: skip
    return record


def enter(site: Site, page: Page, user: users.User, language: str, theme: str) -> None:
    """Sign somebody in, whoever sat there before."""
    page.context.clear_cookies()
    with site.store.act(SYSTEM, PURPOSE) as s:
        link = sign_in.make_link(s, user)
    page.goto(f"{site.url}/enter/{link}")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/enter" not in url)
    for name, value in (("language", language), ("theme", theme)):
        page.context.add_cookies([{
            "name": f"sb-{site.home.country.lower()}-{site.home.port}-{name}", "value": value,
            "url": site.url,
        }])  # fmt: skip


def assert_fits(page: Page, name: str) -> None:
    for pixels in (390, 1366):
        page.set_viewport_size({"width": pixels, "height": 768})
        assert overflow(page) == 0
        assert axe(page) == []
        look(page, f"{name}-{pixels}")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_the_clerk_opens_it_by_keyboard_and_the_watcher_sees_that(
    site: Site, page: Page, people: dict[str, users.User], notice: str, language: str, theme: str
) -> None:
    enter(site, page, people["clerk"], language, theme)
    page.goto(f"{site.url}/advance-notices")
    assert_fits(page, f"notices-{language}")
    page.locator(f"main a[href$='{notice}']").press("Enter")
    expect(page).to_have_url(f"{site.url}/advance-notices/{notice}")
    assert_fits(page, f"notice-{language}")
    assert NAME not in page.content()
    page.locator("form[action$='/open'] button").press("Enter")
    expect(page.get_by_text(NAME)).to_be_visible()
    assert_fits(page, f"notice-opened-{language}")
    enter(site, page, people["watcher"], language, theme)
    page.goto(f"{site.url}/advance-notices/{notice}")
    expect(page.locator("tbody tr").last).to_contain_text("Clerk")
    assert_fits(page, f"notice-audit-{language}")
    assert NAME not in page.content()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fr", "dark")])
def test_the_clerk_withdraws_one_of_ours_by_keyboard(
    site: Site, page: Page, people: dict[str, users.User], language: str, theme: str
) -> None:
    ours = kept(site, "own", site.home.node_id)
    enter(site, page, people["clerk"], language, theme)
    page.goto(f"{site.url}/advance-notices/{ours}")
    assert_fits(page, f"notice-withdraw-{language}")
    page.locator("#why").press("Enter")
    expect(page.locator("#why-error")).to_be_visible()
    assert_fits(page, f"notice-why-{language}")
    page.locator("#why").fill("The ministers put it off to the spring.")
    page.locator("#why").press("Enter")
    expect(page.locator("#why")).to_have_count(0)
    expect(page.get_by_text("The ministers put it off")).to_be_visible()
    assert_fits(page, f"notice-withdrawn-{language}")
    page.goto(f"{site.url}/advance-notices")
    assert_fits(page, f"notices-withdrawn-{language}")

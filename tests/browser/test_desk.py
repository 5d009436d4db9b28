"""The desk in a real browser: every page in both languages, themes and widths; keys; live."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from smartborder.node.access import sign_in
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.store.session import SYSTEM, NodeTime
from tests.browser.eyes import axe, look, overflow
from tests.browser.served import Site
from tests.support.desk import Desk, busy_day, person

pytestmark = [pytest.mark.node, pytest.mark.browser]

WHO = {
    "secondary": "second", "secondary-one": "second", "secondary-done": "second",
    "traveller-not-ok": "carrier_desk", "figures": "chief", "figures-list": "chief",
    "audit": "auditor", "met": "owner", "case-held": "omar",
}  # fmt: skip
"""Who looks at a page; Agnès at all others."""
PEOPLE = ("case", "flight-", "traveller", "arrivals", "secondary", "met")
"""Pages that show people; what leaves on paper is a logged sheet alone."""
ALL = "SMARTBORDER_PICTURES" in os.environ
LOOKS = ((390, "fr", "dark"),)
"""One look: the pages of the demo, most of these, are read in English and by day as well."""
if ALL:  # when pictures are taken
    LOOKS += ((1366, "en", "light"), (390, "en", "light"), (1366, "fr", "dark"))


@pytest.fixture(scope="module")
def desk(site: Site) -> Iterator[Desk]:
    made = Desk(site.home, NodeTime())
    made.pages = busy_day(made)
    yield made
    made.node.close()


def enter(page: Page, site: Site, desk: Desk, user: User, language: str = "en") -> None:
    """Sign somebody in by a one-time link, in a language."""
    with desk.store.act(SYSTEM, PURPOSE) as s:
        token = sign_in.make_link(s, user)
    page.context.clear_cookies()
    page.goto(f"{site.url}/enter/{token}")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/enter" not in url)
    name = f"sb-ca-{site.home.port}-language"
    page.context.add_cookies([{"name": name, "value": language, "url": site.url}])


def width(page: Page, pixels: int) -> None:
    page.set_viewport_size({"width": pixels, "height": 900})


@pytest.mark.parametrize(("pixels", "language", "theme"), LOOKS)
def test_every_page_fits_and_passes_axe(
    page: Page, site: Site, desk: Desk, pixels: int, language: str, theme: str
) -> None:
    width(page, pixels)
    page.emulate_media(color_scheme=theme)
    order = sorted(desk.pages, key=lambda name: WHO.get(name, "agnes"))
    now = ""
    for name in order:
        user = WHO.get(name, "agnes")
        if user != now:
            enter(page, site, desk, getattr(desk, user), language)
            now = user
        answer = page.goto(site.url + desk.pages[name])
        assert answer is not None
        assert answer.status == 200, name
        for other in (1366, pixels):
            width(page, other)
            assert overflow(page) == 0, (name, other)
        assert axe(page) == [], name
        look(page, f"desk-{name}-{pixels}-{language}-{theme}")
        if pixels == 390 and name.startswith(PEOPLE):  # on paper nothing of it is left
            page.emulate_media(media="print")
            assert page.locator("main .desk-noprint ~ *:visible").count() == 0, name
            assert page.locator("main .desk-noprint:visible").count() == 1, name
            page.emulate_media(media="screen", color_scheme=theme)


def test_an_officer_decides_with_the_keyboard_alone(page: Page, site: Site, desk: Desk) -> None:
    desk.report([person("SALENKO", "VIKTOR", "1971-04-02", "12AB00001", seat="40A")],
                number="360", departs=timedelta(minutes=50))  # fmt: skip
    enter(page, site, desk, desk.agnes)
    page.goto(f"{site.url}/queue")
    page.keyboard.press("t")  # takes the case with the least time left
    page.wait_for_url("**/cases/*")
    page.goto(f"{site.url}/cases/{desk.case('12AB00001')}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SALENKO")
    page.keyboard.press("d")
    page.keyboard.press("F8")
    expect(page.get_by_role("status")).to_have_text("Decision recorded.")


def test_shortcuts_can_be_turned_off(page: Page, site: Site, desk: Desk) -> None:
    enter(page, site, desk, desk.omar)
    page.goto(f"{site.url}/settings")
    page.get_by_label("Off", exact=True).check()
    page.locator("form[action='/settings/shortcuts'] button").click()
    page.goto(f"{site.url}/queue")
    page.keyboard.press("t")
    expect(page).to_have_url(f"{site.url}/queue")


def test_a_new_case_appears_by_itself(page: Page, site: Site, desk: Desk) -> None:
    enter(page, site, desk, desk.agnes)
    with page.expect_request(lambda r: "/live/queue" in r.url):
        page.goto(f"{site.url}/queue")
    before = page.locator("tbody tr").count()
    desk.report([person("SALENKO", "VIKTOR", "1971-04-02", "12AB00002", seat="41A")],
                number="362", departs=timedelta(minutes=80))  # fmt: skip
    expect(page.locator("tbody tr")).to_have_count(before + 1)
    expect(page.get_by_role("link", name="AF 362")).to_be_visible()


def test_a_scanned_zone_is_found_in_less_than_two_seconds(
    page: Page, site: Site, desk: Desk
) -> None:
    enter(page, site, desk, desk.agnes)
    page.goto(f"{site.url}/arrivals")
    page.get_by_label("Scan the document").fill(
        "P<FRAMARCHAND<<LUC<<<<<<<<<<<<<<<<<<<<<<<<<<\n62KL345671FRA8503145M3101317<<<<<<<<<<<<<<00"
    )
    expect(page.get_by_role("heading", name="MARCHAND, LUCIEN")).to_be_visible(timeout=2000)


def test_the_desk_works_without_scripts(page: Page, site: Site, desk: Desk) -> None:
    desk.report([person("SALENKO", "VIKTOR", "1971-04-02", "12AB00003", seat="42A")],
                number="364", departs=timedelta(minutes=55))  # fmt: skip
    enter(page, site, desk, desk.agnes)
    bare = page.context.browser.new_context(java_script_enabled=False)
    bare.add_cookies(page.context.cookies())
    plain = bare.new_page()
    plain.goto(f"{site.url}/cases/{desk.case('12AB00003')}")
    plain.get_by_label("The birth date differs.").check()
    plain.get_by_role("button", name="Record decision").click()
    expect(plain.get_by_text("Decision recorded.")).to_be_visible()
    bare.close()


def test_nothing_scrolls_sideways_at_320_pixels(page: Page, site: Site, desk: Desk) -> None:
    width(page, 320)
    enter(page, site, desk, desk.agnes, "fr")
    for name in ("queue", "case-hit", "flight", "traveller", "arrivals"):
        page.goto(site.url + desk.pages[name])
        assert overflow(page) == 0, name

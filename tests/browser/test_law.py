"""The law in a real browser: every page in both languages, themes and widths, without scripts."""

import os
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from smartborder.node.access import sign_in, users
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.determinations import deciding, interviewing, keeping
from smartborder.node.determinations.families import FAMILIES
from smartborder.node.store.session import SYSTEM
from tests.browser.eyes import axe, look, overflow
from tests.browser.served import Site

pytestmark = [pytest.mark.node, pytest.mark.browser, pytest.mark.points(4, 5, 27, 28, 29)]
CLAIM = {
    "came_from_us": True, "place": "land-port", "nationalities": ["HND"],
    "birth_date": {"value": "1990-02-03", "source": "passport"}, "family": [], "document": "none",
    "us_permanent_resident": False, "refused_by_us_unadjudicated": False,
    "resident_removed_from_us": False, "death_penalty": False,
}  # fmt: skip
REMOVAL = {
    "order": "departure-order", "in_force": True, "has_departed": False,
    "enforceable_on": "2026-03-01", "detentions": [{"start": "2026-03-10", "end": "2026-03-20"}],
    "stays": [],
}  # fmt: skip
LISTING = {"scheme": "secure-air-travel", "applied": True, "decision": "none",
           "application_received_on": "2026-05-01", "extended_on_notice": False}  # fmt: skip
LOOKS = ((390, "fr", "dark"),)
if "SMARTBORDER_PICTURES" in os.environ:
    LOOKS += ((1366, "en", "light"), (390, "en", "light"), (1366, "fr", "dark"))


class Law:
    """Files of every kind, and who may see them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        with site.store.act(SYSTEM, PURPOSE) as s:
            self.paul = users.add(s, login="paul", name="Paul Tremblay", roles=["secondary"])
            self.owner = users.add(s, login="lists", name="Jean Morin", roles=["lookout-owner"])
        claim = self._file(self.paul, "stca", "C-100", CLAIM)
        for kind, content in (
            ("interpreter", {"needed": "yes", "name": "Marie Roy", "language": "español"}),
            ("fear", {"answer": "Nothing in particular."}),
            ("evidence", {"what": "A letter", "origin": "claimant"}),
            ("read-back", {"language": "español", "result": "agreed"}),
        ):
            with site.store.act(self.paul.actor, keeping.PURPOSE) as s:
                interviewing.record(s, site.home, keeping.one(s, claim, FAMILIES), kind, content)
        with site.store.act(self.paul.actor, keeping.PURPOSE) as s:
            file = keeping.one(s, claim, FAMILIES)
            deciding.decide(s, self.paul, file, "exception", "An exception was established.",
                            seen=file.now.number)  # fmt: skip
        removal = self._file(self.paul, "removal-order", "R-100", REMOVAL)
        self._file(self.owner, "listing", "L-100", LISTING)
        self.pages = {
            "index": ("/determinations", self.paul),
            "ask-stca": ("/determinations/new/stca", self.paul),
            "ask-removal": ("/determinations/new/removal-order", self.paul),
            "ask-boarding": ("/determinations/new/boarding", self.paul),
            "claim": (f"/determinations/{claim}", self.paul),
            "claim-facts": (f"/determinations/{claim}/facts", self.paul),
            "notice": (f"/determinations/{claim}/notice", self.paul),
            "removal": (f"/determinations/{removal}", self.paul),
            "draft": (f"/determinations/{removal}/notice", self.paul),
            "register": ("/determinations/register", self.owner),
        }

    def _file(self, user: User, rule: str, reference: str, facts: dict[str, object]) -> str:
        with self.site.store.act(user.actor, keeping.PURPOSE) as s:
            return keeping.open_file(s, self.site.home, rule, reference, facts)


@pytest.fixture(scope="module")
def law(site: Site) -> Law:
    return Law(site)


def enter(page: Page, law: Law, user: User, language: str = "en") -> None:
    with law.site.store.act(SYSTEM, PURPOSE) as s:
        token = sign_in.make_link(s, user)
    page.context.clear_cookies()
    page.goto(f"{law.site.url}/enter/{token}")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/enter" not in url)
    name = f"sb-ca-{law.site.home.port}-language"
    page.context.add_cookies([{"name": name, "value": language, "url": law.site.url}])


@pytest.mark.parametrize(("width", "language", "theme"), LOOKS)
def test_every_page_fits_and_passes_axe(
    page: Page, law: Law, width: int, language: str, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    signed: User | None = None
    for name, (path, user) in law.pages.items():
        if user is not signed:
            enter(page, law, user, language)
            signed = user
        answer = page.goto(law.site.url + path)
        assert answer is not None and answer.status == 200, name
        assert page.locator("html").get_attribute("lang") == language
        look(page, f"law-{name}-{width}-{language}-{theme}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
        for other in (1366, width):
            page.set_viewport_size({"width": other, "height": 900})
            assert overflow(page) == 0, (name, other)
        assert axe(page) == [], name


def test_a_claim_without_any_script(chromium: Browser, law: Law) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-CA")
    page = context.new_page()
    enter(page, law, law.paul)
    page.goto(f"{law.site.url}/determinations/new/stca")
    next_questions = page.locator(".law-next")
    expect(next_questions.get_by_role("group").first).to_contain_text("what they fear if returned")
    page.locator('input[name="fear_asked"][value="yes"]').check()
    page.locator('input[name="came_from_us"][value="yes"]').check()
    page.locator('input[name="nationalities"]').fill("hnd")
    page.get_by_role("button", name="Ask the law").click()
    place = page.locator('.law-next select[name="place"]')
    place.select_option("harbour-port")
    page.get_by_role("button", name="Ask the law").click()
    expect(page.locator(".law-verdict")).to_have_attribute("data-verdict", "not-applicable")
    expect(page.locator(".law-trace")).to_contain_text("IRPR 159.4(1)(b)")
    page.get_by_label("File number").fill("NOJS-1")
    page.get_by_role("button", name="Keep as a file").click()
    page.wait_for_url(re.compile(r"/determinations/determination-"))
    expect(page.locator("h1")).to_contain_text("NOJS-1")
    page.get_by_label("The bar does not reach this claim").check()
    page.get_by_label("Your reasons").fill("Arrived by ferry; the ticket was shown.")
    page.get_by_role("button", name="Decide under my name").click()
    page.get_by_role("link", name="Notice in both languages").first.click()
    expect(page.locator(".law-notice").first).to_contain_text("Paul Tremblay")
    expect(page.locator(".law-notice").last).to_contain_text("Décidé par")
    context.close()

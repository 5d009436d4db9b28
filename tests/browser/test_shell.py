"""The shell in a real browser: both languages, both themes, both widths, keyboard, policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from smartborder.node.store import roles
from smartborder.node.store.session import SYSTEM
from tests.browser.eyes import axe, look, overflow
from tests.browser.served import Site

pytestmark = [pytest.mark.node, pytest.mark.browser]
SignIn = Callable[..., object]


# Two looks that differ in everything.
@pytest.mark.parametrize(
    ("width", "language", "theme"),
    [(390, "fr", "dark"), (1366, "en", "light")],
)
def test_pages_fit_and_pass_axe(
    page: Page, site: Site, sign_in: SignIn, width: int, language: str, theme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site.url}/sign-in")
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.emulate_media(color_scheme=theme)
    for name, path in [("sign-in", "/sign-in"), ("settings", "/settings"), ("lost", "/nowhere")]:
        if name == "settings":
            sign_in(page)
        answer = page.goto(site.url + path)
        assert answer is not None
        assert answer.status == (404 if name == "lost" else 200)
        assert page.locator("html").get_attribute("lang") == language
        assert overflow(page) == 0
        assert axe(page) == []
        look(page, f"{name}-{width}-{language}-{theme}")


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1366, "light")])
def test_accounts(page: Page, site: Site, sign_in: SignIn, width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    sign_in(page, "administrator")
    page.goto(f"{site.url}/accounts")
    page.get_by_label("Identifiant").fill(f"new{width}")
    page.get_by_label("Nom que voient les collègues").fill("Léo Tremblay")
    page.get_by_label("Agent", exact=True).check()
    page.get_by_role("button", name="Ouvrir le compte").click()
    expect(page.get_by_role("status")).to_contain_text("/enter/")
    assert overflow(page) == 0
    assert axe(page) == []
    look(page, f"accounts-{width}-{theme}")


def test_it_reflows_at_320_pixels(page: Page, site: Site, sign_in: SignIn) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page)
    for path in ("/", "/settings", "/nowhere"):
        page.goto(site.url + path)
        assert overflow(page) == 0


def test_the_keyboard_comes_first_to_the_content_then_around(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in(page)
    page.goto(f"{site.url}/settings")
    page.keyboard.press("Tab")
    skip = page.locator(".govuk-skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Activés", exact=True)).to_be_focused()


def test_the_theme_of_the_person_wins_over_the_systems(page: Page, site: Site) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{site.url}/sign-in")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Thème : système").click()
    page.get_by_role("button", name="Thème : clair").click()
    expect(page.get_by_role("button", name="Thème : sombre")).to_be_visible()
    assert page.evaluate(ground) == "rgb(20, 25, 29)"


def test_the_language_changes_and_the_page_stays(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in?next=/settings")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(f"{site.url}/sign-in?next=/settings")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page).to_have_title("Sign in – smartborder CA")


def test_shortcuts_are_listed_and_can_be_turned_off(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in(page)
    page.goto(f"{site.url}/settings")
    listed = page.locator("#shortcut-list")
    page.keyboard.press("?")
    expect(listed).to_be_visible()
    expect(listed.get_by_text("Raccourcis clavier").first).to_be_visible()
    assert axe(page) == []
    look(page, "shortcuts")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    page.get_by_label("Nouveau mot de passe").press("?")  # typing is never a shortcut
    expect(listed).to_be_hidden()
    page.get_by_label("Désactivés").check()
    page.locator("form[action='/settings/shortcuts'] button").click()
    expect(page.get_by_role("status")).to_have_text("Enregistré.")
    page.keyboard.press("?")
    expect(listed).to_be_hidden()
    page.get_by_role("button", name="Raccourcis clavier").click()  # the list itself stays
    expect(listed).to_be_visible()


def test_everything_works_without_scripts(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    _, link = site.person("officer")
    page.goto(link)
    page.locator("main form button").click()
    expect(page).to_have_url(f"{site.url}/queue")
    page.goto(f"{site.url}/settings")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    context.close()


LISTEN = """() => new Promise((resolve, reject) => {
  let rung = 0;
  const source = new EventSource('/live/shell-test,other');
  source.addEventListener('shell-test', () => { document.body.dataset.rung = String(++rung); });
  source.onopen = resolve;
  source.onerror = () => reject(new Error('no stream'));
})"""


def test_what_commits_rings_in_an_open_page(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(page)
    page.evaluate(LISTEN)
    with site.store.act(SYSTEM, "test") as s:
        s.notify("shell-test")
    expect(page.locator("body")).to_have_attribute("data-rung", "1")


def test_a_lost_database_connection_is_made_up_for(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(page)
    page.evaluate(LISTEN)
    with roles.connect_admin(site.home) as admin:
        ended = admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND query LIKE 'LISTEN%%'",
            [site.home.database.name],
        ).fetchall()
    assert ended == [(True,)]
    expect(page.locator("body")).to_have_attribute("data-rung", "1")


def test_a_live_piece_keeps_the_focus(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(page)
    page.goto(f"{site.url}/queue")
    piece = page.locator("[data-live='queue']")
    focused = piece.locator("a, button, input, select, summary").first
    focused.focus()
    with page.expect_response(lambda answer: "/queue/rows" in answer.url) as asked:
        with site.store.act(SYSTEM, "test") as s:
            s.notify("queue")
    assert asked.value.request.headers["x-unattended"] == "1"
    page.locator("[data-live='queue']:not(.htmx-request)").wait_for()
    expect(focused).to_be_focused()


def test_live_topics_are_for_people_who_are_signed_in(page: Page, site: Site) -> None:
    answer = page.request.get(f"{site.url}/live/queue", max_redirects=0)
    assert answer.status == 303


def test_paper_has_no_chrome(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(page)
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{site.url}/settings")
    expect(page.locator(".sb-header__side")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

"""The shell in a real browser: both languages, both themes, both widths, keyboard, policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.eyes import axe, look, overflow
from tests.browser.served import Site

pytestmark = [pytest.mark.node, pytest.mark.browser]
SignIn = Callable[..., object]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [390, 1366])
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

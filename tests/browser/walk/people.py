"""People of the demo at a real browser: signed in once by one-time link, then anywhere."""

import re
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, Response, StorageState

from smartborder.world.demo.stage import OnStage, Stage
from tests.browser.eyes import equip

Theme = Literal["light", "dark"]
_PATIENCE_MS = 30_000
"""How long to wait for the page on a busy machine; nothing waits longer than it must."""


class People:
    """Every role's person at both nodes."""

    def __init__(self, stage: Stage, browser: Browser) -> None:
        self._stage = stage
        self._browser = browser
        self._states: dict[tuple[str, str], StorageState] = {}
        self._contexts: list[BrowserContext] = []

    def page(self, country: str, role: str, *, language: str | None = None,
             theme: Theme = "light", width: int = 1366) -> "Watched":  # fmt: skip
        """A fresh window of somebody with ``role`` at a node.

        ``language``: as chosen in the header; None is the node's first language.
        """
        node = self._stage.nodes[country]
        key = (country, role)
        if key not in self._states:
            self._states[key] = self._sign_in(node, role)
        context = self._context(self._states[key], theme, width)
        if language:
            name = f"sb-{country.lower()}-{node.home.port}-language"
            context.add_cookies([{"name": name, "value": language, "url": node.address}])
        return Watched(context.new_page(), node.address)

    def stranger(self, country: str, *, theme: Theme = "light", width: int = 1366) -> "Watched":
        """A window of somebody who is not signed in."""
        node = self._stage.nodes[country]
        return Watched(self._context(None, theme, width).new_page(), node.address)

    def leave(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def _sign_in(self, node: OnStage, role: str) -> StorageState:
        context = self._context(None, "light", 1366)
        page = context.new_page()
        page.goto(node.links[role])
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/enter" not in url)
        state = context.storage_state()
        context.close()
        self._contexts.remove(context)
        return state

    def _context(self, state: StorageState | None, theme: Theme, width: int) -> BrowserContext:
        context = self._browser.new_context(
            viewport={"width": width, "height": 768}, color_scheme=theme, locale="en-CA",
            storage_state=state, reduced_motion="reduce",
        )  # fmt: skip
        equip(context)
        context.set_default_timeout(_PATIENCE_MS)
        self._contexts.append(context)
        return context


class Watched:
    """A window and everything its page complained about: script errors, policy, lost files."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("response", self._answered)

    def go(self, path: str) -> str:
        """Open a page of the node; it must answer 200. What it answered."""
        answer = self.page.goto(self.base + path)
        assert answer is not None, path
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.text()

    def ask(self, path: str) -> str:
        """What the node answers this person there, 200, without showing it."""
        answer = self.page.request.get(self.base + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.text()

    def close(self) -> None:
        """Close the window; nothing may have been complained about in it."""
        self.page.context.close()
        assert self.complaints == []

    def _said(self, kind: str, text: str) -> None:
        policy = re.search("Content Security Policy|violates", text)
        if policy or (kind in ("error", "warning") and "Failed to load resource" not in text):
            self.complaints.append(f"{kind}: {text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            self.complaints.append(f"{answer.status}: {answer.url.removeprefix(self.base)}")

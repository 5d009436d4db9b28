"""A node's web process and a real browser.

``site`` is a Canadian node served by the very command the product uses; ``sign_in(page, roles)``
signs a new person in. What looks at a page (axe, reflow, pictures) is in ``tests.browser.eyes``.
"""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from smartborder.node.access.users import User
from smartborder.node.home import NodeHome
from smartborder.node.process import parts
from smartborder.node.process.part import Part
from smartborder.node.store.session import Store
from tests.browser.eyes import equip
from tests.browser.served import Site
from tests.browser.walk.fixtures import day  # noqa: F401  # one stage for every module here

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(home: NodeHome) -> Iterator[Site]:
    """The module's node, served until the module is done."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = home.changed(port=port)
    served.save()
    web = next(part for part in parts.parts(served) if part.name == "web")
    store = Store(served)
    web.start(time.monotonic())
    try:
        wait_for(web, "127.0.0.1", port)
        yield Site(served, store)
    finally:
        store.close()
        web.ask_to_stop()
        web.stop(10)


def wait_for(web: Part, host: str, port: int) -> None:
    """Until somebody listens there; half a minute at most."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends and web.process is not None:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        threading.Event().wait(0.05)
    raise RuntimeError(f"no web process on port {port}:\n{web.log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Debian's package chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page at 1366 x 768 that fails the test on any script error or policy violation."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="en-CA")
    equip(context)
    context.set_default_timeout(30_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "Failed to load resource" not in said.text
            else None
        ),
    )
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def sign_in(site: Site) -> Callable[..., User]:
    """``sign_in(page, "officer")``: a new person's one-time link, opened and used."""

    def do(page: Page, *roles: str) -> User:
        user, link = site.person(*(roles or ("officer",)))
        page.goto(link)
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/enter" not in url)
        return user

    return do

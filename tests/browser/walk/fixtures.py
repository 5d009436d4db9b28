"""``day``: the demo's day on a real stage, one for all browser tests of a process."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.walk.day import Day, played


@pytest.fixture(scope="session")
def day(chromium: Browser) -> Iterator[Day]:
    """Both nodes of the demo; ``day.play(n)`` plays its beats up to ``n``."""
    expect.set_options(timeout=15_000)
    with played(chromium) as made:
        yield made

"""Every page a person can reach: the navigation and, from there, one page of each kind of link."""

import re
from collections.abc import Iterator

from tests.browser.walk.people import Watched

_ID = re.compile(r"/[a-z]+(?:-[a-z]+)*-[0-9a-hjkmnp-tv-z]{26}")
_TEXT = re.compile(r"^/(figures/desk|agreements)/[^/]+")


def kind(path: str) -> str:
    """What a page is, whichever record it shows: ``/cases/case-01m8…`` is ``/cases/*``."""
    plain = path.partition("?")[0].partition("#")[0]
    return _ID.sub("/*", _TEXT.sub(r"/\1/*", plain))


def pages(window: Watched, known: set[str]) -> Iterator[str]:
    """Addresses as they are found: all of the navigation, and one of each kind not yet ``known``.

    The window shows the page when its address is given; links are read from it afterwards.
    """
    window.go("/settings")
    first = ["/settings", *_links(window, "nav[aria-label] .sb-nav__link")]
    known -= {kind(path) for path in first}
    waiting = first
    while waiting:
        path = waiting.pop(0)
        if kind(path) in known:
            continue
        known.add(kind(path))
        window.go(path)
        yield path
        waiting += _links(window, "main a[href^='/']")


def _links(window: Watched, which: str) -> list[str]:
    found: list[str] = window.page.locator(which).evaluate_all(
        "links => [...new Set(links.map(x => x.getAttribute('href')))]"
    )
    return [path.partition("#")[0] for path in found]

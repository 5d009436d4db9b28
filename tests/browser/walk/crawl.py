"""Every page a person can reach: the navigation and, from there, one page of each kind of link."""

import re
from collections.abc import Iterator

import msgspec
from lxml.html import HtmlElement, document_fromstring

from tests.browser.walk.people import Watched

_ID = re.compile(r"/[a-z]+(?:-[a-z]+)*-[0-9a-hjkmnp-tv-z]{26}")
_TEXT = re.compile(r"^/(figures/desk|agreements)/[^/]+")


class Opened(msgspec.Struct, frozen=True):
    """A page that was opened.

    Attributes:
        path: its address.
        page: what the node answered.
        shown: whether it stands in the window; otherwise it was only asked for.
    """

    path: str
    page: HtmlElement
    shown: bool

    @property
    def title(self) -> str:
        return " ".join((self.page.findtext(".//title") or "").split())

    def links(self, which: str) -> list[str]:
        found = [str(path).partition("#")[0] for path in self.page.xpath(f"{which}//a/@href")]
        return list(dict.fromkeys(path for path in found if path.startswith("/")))


def kind(path: str) -> str:
    """What a page is, whichever record it shows: ``/cases/case-01m8…`` is ``/cases/*``."""
    plain = path.partition("?")[0].partition("#")[0]
    return _ID.sub("/*", _TEXT.sub(r"/\1/*", plain))


def pages(window: Watched, known: set[str], *, show: bool = True) -> Iterator[Opened]:
    """The pages of somebody: all of the navigation, and one of each kind not yet ``known``.

    A kind that is not known is shown in the window, unless ``show`` is off; one that is known is
    only asked for, as this person.
    """
    start = Opened("/settings", document_fromstring(window.ask("/settings")), shown=False)
    own = ["/settings", *start.links("//nav")]
    mine, waiting = set[str](), [*own]
    while waiting:
        path = waiting.pop(0)
        what = kind(path)
        if what in mine or (what in known and path not in own):
            continue
        shown = show and what not in known
        opened = Opened(
            path, document_fromstring((window.go if shown else window.ask)(path)), shown
        )
        mine.add(what)
        known.add(what)
        yield opened
        waiting += opened.links("//main")

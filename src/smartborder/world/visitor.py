"""Somebody at a browser, without the browser: cookies, pages and forms over plain HTTP.

The synthetic world signs in with the same one-time link as a person, reads the same pages and
sends the same forms, token and all; there is no back door for it.
"""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from http.cookiejar import CookieJar

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text

_FORM = re.compile(r"<form\b(.*?)</form>", re.S)
_ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
_FIELD = re.compile(r"<(?:input|button)\b[^>]*>", re.S)
_TIMEOUT = 20


class PageWrong(StateError):
    """A page answered something else than the synthetic visitor expected."""

    code = "world.page-wrong"
    title = Text("Unexpected page", "Page inattendue")


class Visitor:
    """One person's session at one node."""

    def __init__(self, base: str) -> None:
        """``base``: the node's address, e.g. ``http://127.0.0.1:8101``."""
        self.base = base
        self.page = ""
        self.address = base
        handler = urllib.request.HTTPCookieProcessor(CookieJar())
        self._open = urllib.request.build_opener(handler)
        self._open.addheaders = [("User-Agent", "smartborder-world")]

    def see(self, path: str) -> str:
        """Open a page and return its HTML.

        Raises:
            PageWrong: for any answer but 2xx.
        """
        return self._send(urllib.request.Request(urllib.parse.urljoin(self.base, path)))  # noqa: S310

    def send(self, action: str, /, **values: str | Sequence[str]) -> str:
        """Send the form of the present page that posts to ``action`` (a part of its address).

        Fields of the form that are not given keep the value the page has in them; a sequence
        ticks several boxes of one name.

        Raises:
            PageWrong: if the page has no such form, or the answer is not 2xx.
        """
        for form in _FORM.findall(self.page):
            head, _, body = form.partition(">")
            target = html.unescape(dict(_ATTRIBUTE.findall(head)).get("action", ""))
            if target.endswith(action):
                fields: dict[str, str | Sequence[str]] = {**_fields(body), **values}
                data = urllib.parse.urlencode(fields, doseq=True).encode()
                address = urllib.parse.urljoin(self.address, target)
                return self._send(urllib.request.Request(address, data=data, method="POST"))  # noqa: S310
        raise PageWrong("the page has no such form", form=action, page=self.address)

    def _send(self, request: urllib.request.Request) -> str:
        if request.data:
            request.add_header("Origin", self.base)
            request.add_header("Sec-Fetch-Site", "same-origin")
        try:
            with self._open.open(request, timeout=_TIMEOUT) as answer:
                self.address = answer.geturl()
                self.page = answer.read().decode()
                return self.page
        except urllib.error.HTTPError as error:
            raise PageWrong("the node refused", page=request.full_url, status=error.code) from error


def _fields(body: str) -> dict[str, str]:
    found = {}
    for tag in _FIELD.findall(body):
        attributes = dict(_ATTRIBUTE.findall(tag))
        kind = attributes.get("type", "text")
        if "name" in attributes and kind not in ("radio", "checkbox", "submit"):
            found[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return found

"""Pages: what every handler calls to answer a browser.

::

    @get("/queue", sync_to_thread=True)
    def queue(request: WebRequest) -> Response[str]:
        with acting(request, Act.QUEUE_SEE, purpose="queue") as s:
            waiting = cases.waiting(s)
        return page(request, "desk/queue.html", section="queue", waiting=waiting)

A template extends ``layout/page.html`` and fills ``title`` and ``content``. It is given, beside
what the handler passes: ``lang``, ``other_lang``, ``theme``, ``node`` (its face), ``user`` (or
None), ``nav``, ``section``, ``here`` (this page's address), ``flash``, ``shortcuts``, ``now``,
``form()`` (the hidden field every POST form needs) and ``may(act)``.
"""

from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from litestar import Response
from litestar.enums import MediaType, RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from markupsafe import Markup

from smartborder.kernel.text import LANGUAGES, Language, Text
from smartborder.node.access.roles import Act
from smartborder.node.access.users import User
from smartborder.web import registry, views
from smartborder.web.cookies import cookie, cookie_name, no_cookie
from smartborder.web.flash import Flash, Tone
from smartborder.web.security import FORM_FIELD, form_key, form_token
from smartborder.web.session import (
    WebRequest,
    acting,
    allowed,
    home_of,
    known_visitor,
    node_of,
    require,
    signed_in,
    store_of,
    visitor,
)

__all__ = [
    "Act", "Fields", "Form", "WebRequest", "acting", "allowed", "home_of", "node_of", "page",
    "part", "require", "see", "several", "signed_in", "store_of", "visitor",
]  # fmt: skip

THEMES = ("auto", "light", "dark")
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""Type of a handler's ``data`` for a plain form: every field once, as text."""
Fields = Annotated[dict[str, str | list[str]], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""The same for a form with boxes to tick, where a field may come several times."""


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """What a page shows of the node it belongs to."""

    country: str
    name: Text
    zone: str
    mode: str
    partner: str | None


def page(request: WebRequest, template: str, *, status: int = 200, **context: Any) -> Response[str]:
    """A whole page, drawn in the visitor's language and theme."""
    return _answer(request, template, context, visitor(request), status)


def part(request: WebRequest, template: str, **context: Any) -> Response[str]:
    """A piece of a page, for htmx to put in place; the same values as a whole page."""
    return page(request, template, **context)


def plain_page(request: WebRequest, template: str, *, status: int, **context: Any) -> Response[str]:
    """A page drawn without asking the database: for errors, which may come from there."""
    return _answer(request, template, context, known_visitor(request), status)


def see(
    request: WebRequest, path: str, said: Text | None = None, tone: Tone = "success"
) -> Redirect:
    """After a POST: go and see ``path``, with a sentence on top of it."""
    answer = Redirect(path, status_code=303)
    if said is not None:
        answer.set_cookie(cookie(request, "flash", Flash(said, tone).packed()))
    return answer


def several(data: dict[str, str | list[str]], field: str) -> list[str]:
    """What came for a field: nothing, one value or several."""
    value = data.get(field, [])
    return value if isinstance(value, list) else [value]


def language_of(request: WebRequest) -> Language:
    """The visitor's choice, else the first language of the node."""
    chosen = request.cookies.get(cookie_name(request, "language"))
    for language in LANGUAGES:
        if language == chosen:
            return language
    return home_of(request).pack.languages[0]


def theme_of(request: WebRequest) -> str:
    """``auto`` (as the system wishes), ``light`` or ``dark``."""
    chosen = request.cookies.get(cookie_name(request, "theme"), "")
    return chosen if chosen in THEMES else "auto"


def local_path(address: str | None, otherwise: str = "/") -> str:
    """``address`` if it is a path of our own site, else ``otherwise``: no way to lead elsewhere."""
    parts = urlsplit(address or "")
    safe = (
        not parts.scheme and not parts.netloc and parts.path.startswith("/")
        and not parts.path.startswith("//") and "\\" not in parts.path
    )  # fmt: skip
    if not safe:
        return otherwise
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _answer(
    request: WebRequest, template: str, context: dict[str, Any], user: User | None, status: int
) -> Response[str]:
    language = language_of(request)
    key = form_key(request)
    flash = Flash.unpacked(request.cookies.get(cookie_name(request, "flash")))
    html = views.draw(language, template, {**_shell(request, user, flash), **context})
    answer = Response(html, media_type=MediaType.HTML, status_code=status)
    if request.cookies.get(cookie_name(request, "form")) != key:
        answer.set_cookie(cookie(request, "form", key))
    if flash is not None:
        answer.set_cookie(no_cookie(request, "flash"))
    return answer


def _shell(request: WebRequest, user: User | None, flash: Flash | None) -> dict[str, Any]:
    home, language = home_of(request), language_of(request)
    here = _here(request)
    return {
        "other_lang": "fr" if language == "en" else "en",
        "theme": theme_of(request),
        "node": Face(
            country=home.country,
            name=home.pack.name,
            zone=home.pack.time_zone,
            mode=home.mode,
            partner=home.partner.node_id if home.partner else None,
        ),
        "user": user,
        "nav": registry.sections(user.roles) if user else [],
        "section": None,
        "here": here,
        "flash": flash,
        "shortcuts": user.shortcuts if user else True,
        "now": store_of(request).time.now(),
        "form": lambda: Markup('<input type="hidden" name="{}" value="{}">').format(
            FORM_FIELD, form_token(request)
        ),
        "form_token": form_token(request),
        "may": lambda act, circumstances=None: allowed(request, Act(act), circumstances),
    }


def _here(request: WebRequest) -> str:
    """This page's address; for a page drawn after a POST, the page the form was on."""
    if request.method == "GET":
        query = request.url.query
        return request.url.path + (f"?{query}" if query else "")
    referer = urlsplit(request.headers.get("referer", ""))
    return local_path(referer.path + (f"?{referer.query}" if referer.query else ""))

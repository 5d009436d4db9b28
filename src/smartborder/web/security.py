"""What every response carries, and what every form must bring back.

Nothing but our own files may run, style or load; no frame may hold us; pages are never cached.
A form is accepted only from our own pages: the browser's own word about where a request comes
from is checked first, then a token that only our page could have known.
"""

import hashlib
import hmac
import secrets
from typing import Any

from litestar import Request
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import RequestEncodingType, ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from smartborder.kernel.errors import AccessError
from smartborder.kernel.text import Text
from smartborder.web.cookies import cookie_name

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_ALWAYS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_FIELD = "_form"
FORM_HEADER = "x-form-token"
MACHINE = "machine"
"""Route option (``opt={MACHINE: True}``) of interfaces that take no cookie: they need no token."""


class FormRefused(AccessError):
    """The form did not come from our own page, or the page was too old: reload it, send again."""

    code = "access.form-refused"
    title = Text("Form not accepted", "Formulaire refusé")
    status = 403


async def add_headers(message: Message, scope: Scope) -> None:
    """Add the security headers to a response that is about to start."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("cache-control", _keeping(scope))
    if scope.get("scheme") == "https":
        headers.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")


def _keeping(scope: Scope) -> str:
    """Pages are kept nowhere; our own files are, for good if their address changes with them."""
    if not scope["path"].startswith("/static/"):
        return "no-store"
    marked = scope["query_string"].startswith(b"v=")
    return "public, max-age=31536000, immutable" if marked else "no-cache"


def form_key(request: Request[Any, Any, Any]) -> str:
    """The secret of this browser that form tokens are made from; made on first use.

    A browser that has none yet is given one by the page that shows the first form.
    """
    known = request.cookies.get(cookie_name(request, "form"))
    if known:
        return known
    state = request.scope.setdefault("state", {})
    fresh: str = state.setdefault("fresh_form_key", secrets.token_urlsafe(32))
    return fresh


def form_token(request: Request[Any, Any, Any]) -> str:
    """The token that a form of this page must bring back; bound to browser and session."""
    session = request.cookies.get(cookie_name(request, "session"), "")
    return hmac.new(
        form_key(request).encode(), f"form:{session}".encode(), hashlib.sha256
    ).hexdigest()


class FormGuard(ASGIMiddleware):
    """Refuses every changing request of a browser that does not prove it came from our page."""

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = MACHINE
    exclude_path_pattern = r"^/v1/"

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Check, then hand on."""
        request: Request[Any, Any, Any] = Request(scope, receive, send)
        if request.method not in _SAFE:
            if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                raise FormRefused("the request came from another site")
            given = request.headers.get(FORM_HEADER)
            if given is None and request.content_type[0] in (
                RequestEncodingType.URL_ENCODED,
                RequestEncodingType.MULTI_PART,
            ):
                given = (await request.form()).get(FORM_FIELD)
            if not isinstance(given, str) or not hmac.compare_digest(
                given.encode(), form_token(request).encode()
            ):
                raise FormRefused("reload the page and send the form again")
        await next_app(scope, receive, send)

"""Who is at the browser, and what they may do here.

Handlers are synchronous and run in threads, so these functions may speak to the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Request

from smartborder.node.access import sign_in
from smartborder.node.access.roles import Act, Circumstances, NotAllowed, may, refusal
from smartborder.node.access.sign_in import NotSignedIn
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.home import NodeHome
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Session, Store
from smartborder.web.cookies import cookie_name

WebRequest = Request[Any, Any, Any]
UNATTENDED = "unattended"
"""Marks a request that a page made by itself; such requests do not keep a session alive."""


def node_of(request: WebRequest) -> Node:
    """The node: store, country, programmes, look-outs in memory."""
    node: Node = request.app.state.node
    return node


def store_of(request: WebRequest) -> Store:
    """The node's store."""
    store: Store = request.app.state.store
    return store


def home_of(request: WebRequest) -> NodeHome:
    """The node's home."""
    home: NodeHome = request.app.state.home
    return home


def visitor(request: WebRequest) -> User | None:
    """Who is signed in at this browser, or None; looked up once per request."""
    state = request.scope.setdefault("state", {})
    if "visitor" not in state:
        state["visitor"] = _look_up(request)
    user: User | None = state["visitor"]
    return user


def known_visitor(request: WebRequest) -> User | None:
    """Like :func:`visitor`, but only if already looked up: never touches the database."""
    user: User | None = request.scope.get("state", {}).get("visitor")
    return user


def signed_in(request: WebRequest) -> User:
    """The signed-in person.

    Raises:
        NotSignedIn: nobody is; a browser is led to the sign-in page and back.

    """
    user = visitor(request)
    if user is None:
        raise NotSignedIn("sign in to continue")
    return user


def require(request: WebRequest, act: Act, circumstances: Circumstances | None = None) -> User:
    """The signed-in person, if they may do ``act``.

    Raises:
        NotSignedIn: nobody is signed in.
        NotAllowed: the table of roles says no; the detail says why.

    """
    user = signed_in(request)
    reason = refusal(user.roles, act, circumstances)
    if reason is not None:
        raise NotAllowed(reason, act)
    return user


def allowed(request: WebRequest, act: Act, circumstances: Circumstances | None = None) -> bool:
    """Whether to draw a button for ``act``; the handler behind it still calls :func:`require`."""
    user = visitor(request)
    return user is not None and may(user.roles, act, circumstances)


@contextmanager
def acting(
    request: WebRequest,
    act: Act,
    *,
    purpose: str,
    case: str | None = None,
    circumstances: Circumstances | None = None,
) -> Iterator[Session]:
    """A transaction of the signed-in person, after :func:`require`; commits on leaving."""
    user = require(request, act, circumstances)
    with store_of(request).act(user.actor, purpose, case) as session:
        yield session


def _look_up(request: WebRequest) -> User | None:
    token = request.cookies.get(cookie_name(request, "session"))
    if not token or request.url.path.startswith("/v1/"):
        return None
    try:
        with store_of(request).act(SYSTEM, PURPOSE) as s:
            return sign_in.resume(s, token, attended=not _unattended(request))
    except NotSignedIn:
        return None


def _unattended(request: WebRequest) -> bool:
    return UNATTENDED in request.scope.get("state", {}) or "x-unattended" in request.headers

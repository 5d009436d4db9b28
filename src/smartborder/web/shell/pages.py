"""Start page, signing in and out."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access import sign_in
from smartborder.node.access.sign_in import Begun, SignInRefused
from smartborder.node.access.users import PURPOSE
from smartborder.node.access.vocabulary import ROLE_NAMES
from smartborder.node.store.session import SYSTEM
from smartborder.web import registry
from smartborder.web.cookies import cookie, cookie_name, no_cookie
from smartborder.web.page import Form, local_path, page, see, signed_in, store_of, visitor
from smartborder.web.session import WebRequest


@get("/", name="start", sync_to_thread=True)
def start(request: WebRequest) -> Redirect:
    """Straight to the work: the first section this person may open."""
    sections = registry.sections(signed_in(request).roles)
    return see(request, sections[0].path if sections else "/settings")


@get("/sign-in", name="sign-in", sync_to_thread=True)
def sign_in_ask(request: WebRequest) -> Response[Any]:
    """The sign-in form; somebody who is signed in goes on at once."""
    target = local_path(request.query_params.get("next"))
    if visitor(request) is not None:
        return see(request, target)
    return page(request, "shell/sign_in.html", next=target, error=None)


@post("/sign-in", name="sign-in-do", sync_to_thread=True)
def sign_in_do(request: WebRequest, data: Form) -> Response[Any]:
    """Check login name and password; the answer to a failure does not say which was wrong."""
    target = local_path(data.get("next"))
    address = request.client.host if request.client else "unknown"
    with store_of(request).act(SYSTEM, PURPOSE) as s:
        begun = sign_in.with_password(s, data.get("login", ""), data.get("password", ""), address)
    if begun is None:
        error = SignInRefused("login name and password do not fit together")
        return page(request, "shell/sign_in.html", status=403, next=target, error=error)
    return _welcome(request, begun, target)


@get("/enter/{token:str}", name="enter-ask", sync_to_thread=True)
def enter_ask(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """Where a one-time link leads. Looking does not use it up: mail scanners look at links too."""
    with store_of(request).act(SYSTEM, PURPOSE) as s:
        owner = sign_in.link_owner(s, token)
    return page(request, "shell/enter.html", owner=owner, token=token, role_names=ROLE_NAMES)


@post("/enter", name="enter", sync_to_thread=True)
def enter(request: WebRequest, data: Form) -> Redirect:
    """Use a one-time link up and begin a session."""
    with store_of(request).act(SYSTEM, PURPOSE) as s:
        begun = sign_in.with_link(s, data.get("token", ""))
    return _welcome(request, begun, "/")


@post("/sign-out", name="sign-out", sync_to_thread=True)
def sign_out(request: WebRequest) -> Redirect:
    """End the session, here and in the database."""
    token = request.cookies.get(cookie_name(request, "session"))
    if token:
        with store_of(request).act(SYSTEM, PURPOSE) as s:
            sign_in.end(s, token)
    said = Text("You are signed out.", "Votre session est fermée.")
    answer = see(request, "/sign-in", said)
    answer.set_cookie(no_cookie(request, "session"))
    return answer


def _welcome(request: WebRequest, begun: Begun, target: str) -> Redirect:
    answer = see(request, target)
    answer.set_cookie(cookie(request, "session", begun.token))
    return answer

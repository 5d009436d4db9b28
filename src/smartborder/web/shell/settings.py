"""A person's own settings: shortcuts, password; language and theme of this browser."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from smartborder.kernel.text import LANGUAGES, Text
from smartborder.node.access import users
from smartborder.node.access.users import PURPOSE, PasswordTooShort
from smartborder.node.access.vocabulary import ROLE_NAMES
from smartborder.web.cookies import cookie
from smartborder.web.page import THEMES, Form, local_path, page, see, signed_in, store_of
from smartborder.web.session import WebRequest


@get("/settings", name="settings", sync_to_thread=True)
def settings(request: WebRequest) -> Response[str]:
    """The settings page."""
    return _settings(request)


@post("/settings/shortcuts", name="settings-shortcuts", sync_to_thread=True)
def shortcuts(request: WebRequest, data: Form) -> Redirect:
    """Turn keyboard shortcuts on or off, wherever this person signs in."""
    user = signed_in(request)
    with store_of(request).act(user.actor, PURPOSE) as s:
        users.set_shortcuts(s, user.id, data.get("shortcuts") == "on")
    return see(request, "/settings", Text("Saved.", "Enregistré."))


@post("/settings/password", name="settings-password", sync_to_thread=True)
def password(request: WebRequest, data: Form) -> Response[Any]:
    """Set this person's password."""
    user = signed_in(request)
    try:
        with store_of(request).act(user.actor, PURPOSE) as s:
            users.set_password(s, user.id, data.get("password", ""))
    except PasswordTooShort as error:
        return _settings(request, error)
    return see(request, "/settings", Text("Password saved.", "Mot de passe enregistré."))


@post("/preferences", name="preferences", sync_to_thread=False)
def preferences(request: WebRequest, data: Form) -> Redirect:
    """Language and theme, kept in this browser; back to the page one came from."""
    answer = see(request, local_path(data.get("next")))
    if data.get("language") in LANGUAGES:
        answer.set_cookie(cookie(request, "language", data["language"]))
    if data.get("theme") in THEMES:
        answer.set_cookie(cookie(request, "theme", data["theme"]))
    return answer


def _settings(request: WebRequest, error: PasswordTooShort | None = None) -> Response[str]:
    signed_in(request)
    return page(
        request, "shell/settings.html", status=400 if error else 200, error=error,
        role_names=ROLE_NAMES,
    )  # fmt: skip

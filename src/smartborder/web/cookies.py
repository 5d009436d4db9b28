"""Names and attributes of our cookies. Two nodes on one machine share its cookies, so each
node's carry its country and port in their names.
"""

from typing import Any, Literal

from litestar import Request
from litestar.datastructures import Cookie

Kind = Literal["session", "form", "language", "theme", "flash", "carrier"]
_YEAR = 365 * 24 * 3600
_AGE: dict[Kind, int | None] = {
    "session": None,
    "form": None,
    "language": _YEAR,
    "theme": _YEAR,
    "flash": 60,
    "carrier": None,
}


def cookie_name(request: Request[Any, Any, Any], kind: Kind) -> str:
    """``sb-ca-8101-session``: node, port and what it is for."""
    home = request.app.state.home
    return f"sb-{home.country.lower()}-{home.port}-{kind}"


def cookie(request: Request[Any, Any, Any], kind: Kind, value: str) -> Cookie:
    """A cookie no script can read and no other site can send."""
    return Cookie(
        key=cookie_name(request, kind),
        value=value,
        max_age=_AGE[kind],
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.scope.get("scheme") == "https"
        or request.app.state.home.mode == "production",
    )


def no_cookie(request: Request[Any, Any, Any], kind: Kind) -> Cookie:
    """Tells the browser to forget a cookie."""
    forgotten = cookie(request, kind, "")
    forgotten.max_age = 0
    return forgotten

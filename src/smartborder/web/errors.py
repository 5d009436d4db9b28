"""Errors as the outside sees them: a coded problem document, or a page in the visitor's language.

Whatever goes wrong inside has a code and an id to quote; the log has the id and the place in
the code, never a value, because values may be somebody's data.
"""

import logging
import secrets
import traceback
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from smartborder.kernel.errors import (
    EnvironmentFault,
    InputError,
    LimitError,
    SmartborderError,
    StateError,
)
from smartborder.kernel.ids import make_id
from smartborder.kernel.text import Text
from smartborder.node.access.sign_in import NotSignedIn
from smartborder.web.page import plain_page
from smartborder.web.session import WebRequest

log = logging.getLogger("smartborder.web")
PROBLEM = "application/problem+json"


class PageUnknown(StateError):
    """There is nothing at this address."""

    code = "http.not-found"
    title = Text("No such page", "Page introuvable")
    status = 404


class MethodUnknown(InputError):
    """This address does not take that HTTP method."""

    code = "http.method"
    title = Text("Method not allowed here", "Méthode non permise ici")
    status = 405


class FormUnreadable(InputError):
    """A field is missing or has a value that cannot be used; the detail names it."""

    code = "http.form"
    title = Text("The form cannot be used", "Formulaire inutilisable")
    status = 400


class TooLarge(LimitError):
    """The body is larger than this address takes."""

    code = "http.too-large"
    title = Text("Too large", "Trop volumineux")
    status = 413


class TypeUnknown(InputError):
    """This address does not read that content type."""

    code = "http.content-type"
    title = Text("Content type not read here", "Type de contenu non accepté ici")
    status = 415


class TooFast(LimitError):
    """Too many requests; wait as long as ``Retry-After`` says."""

    code = "http.too-fast"
    title = Text("Too many requests", "Trop de requêtes")
    status = 429


class Fault(SmartborderError):
    """A fault of ours. Nothing was half done; quote the id to whoever runs this node."""

    code = "internal.fault"
    title = Text("Something went wrong here", "Une erreur s'est produite ici")
    status = 500


class DatabaseAway(EnvironmentFault):
    """The node's database does not answer now; what was sent was not taken in. Send it again."""

    code = "environment.database-away"
    title = Text("The database does not answer", "La base de données ne répond pas")
    status = 503


_AWAY = 5  # seconds after which a caller may try again
_BY_STATUS: dict[int, type[SmartborderError]] = {
    400: FormUnreadable,
    404: PageUnknown,
    405: MethodUnknown,
    413: TooLarge,
    415: TypeUnknown,
    429: TooFast,
}


def answer_coded(request: WebRequest, error: SmartborderError) -> Response[Any]:
    """A coded error as problem document or page."""
    if wants_json(request):
        return Response(
            problem(error), status_code=error.status, media_type=PROBLEM, headers=_headers(error)
        )
    if isinstance(error, NotSignedIn):
        return _to_sign_in(request)
    return plain_page(request, "errors/error.html", status=error.status, error=error,
                      back=_back(request))  # fmt: skip


def answer_http(request: WebRequest, error: HTTPException) -> Response[Any]:
    """An error of the HTTP layer, given its place in our tree."""
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        return answer_fault(request, error)
    answer = answer_coded(request, kind(_detail(error)))
    answer.headers.update(error.headers or {})
    return answer


def answer_database(request: WebRequest, error: Exception) -> Response[Any]:
    """The database is away, restarting or too busy: nothing was lost, ask again shortly."""
    log.warning("database: %s", type(error).__name__)
    return answer_coded(request, DatabaseAway("try again in a few seconds", retry_after=_AWAY))


def answer_fault(request: WebRequest, error: Exception) -> Response[Any]:
    """Anything unforeseen: an id for the person, the place in the code for the log."""
    fault_id = make_id("fault", datetime.now(UTC), secrets.token_bytes(10))
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(
        f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno} {f.name}" for f in frames[::-1][:12]
    )
    log.error("%s %s at %s %s: %s", fault_id, type(error).__name__, request.method,
              request.scope.get("path_template", "?"), place)  # fmt: skip
    return answer_coded(request, Fault("quote this id", id=fault_id))


def problem(error: SmartborderError) -> dict[str, Any]:
    """RFC 9457 problem details; ``title`` in English and French, ``where`` only if there is one."""
    where = {k: v for k, v in error.where.items() if v is not None}
    document: dict[str, Any] = {
        "type": "about:blank",
        "code": error.code,
        "title": error.title.en,
        "title_fr": error.title.fr,
        "status": error.status,
        "detail": error.detail,
    }
    return document | ({"where": where} if where else {})


def wants_json(request: WebRequest) -> bool:
    """Whether the caller is a machine: the API's addresses, or JSON asked for and not HTML."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/v1/") or ("json" in accept and "html" not in accept)


def _headers(error: SmartborderError) -> dict[str, str]:
    wait = error.where.get("retry_after")
    return {"retry-after": str(wait)} if wait is not None else {}


def _back(request: WebRequest) -> str | None:
    """The page of this node that the visitor comes from, where the browser says which."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc != request.url.netloc or came.path == request.url.path:
        return None
    return urlunsplit(("", "", came.path, came.query, ""))


def _to_sign_in(request: WebRequest) -> Response[Any]:
    back = request.url.path if request.method == "GET" else "/"
    target = f"/sign-in?next={quote(back, safe='/')}"
    if request.headers.get("hx-request"):  # a piece was asked for: lead the whole page there
        return Response("", status_code=401, headers={"hx-redirect": target})
    return Redirect(target, status_code=303)


def _detail(error: HTTPException) -> str:
    """Names of fields that could not be used; never their values."""
    if error.status_code == 400 and isinstance(error.extra, list):
        named = [str(x.get("key", "")) for x in error.extra if isinstance(x, dict)]
        if any(named):
            return "fields: " + ", ".join(name for name in named if name)
    return ""

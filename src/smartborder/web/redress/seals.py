"""Opening a sealed record in an emergency: asked, agreed by a second person, reviewed."""

import re
from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access import users
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.custody import break_glass
from smartborder.node.custody.break_glass import PURPOSE, NotSealed, WhyNeeded
from smartborder.web.page import Form, acting, node_of, page, see, signed_in, store_of
from smartborder.web.session import WebRequest

_SEGMENT = re.compile(r"(?<![?])'(?=[A-Z]{3}[+:])")
"""Where one EDIFACT segment ends and the next begins on the same line."""


@get("/seals", name="seals", sync_to_thread=True)
def every(request: WebRequest) -> Response[str]:
    """Requests of the last thirty days; a page that shows a sealed record fills in its number."""
    return _form(request, {"record": request.query_params.get("record", "")}, None)


@post("/seals", name="seal-ask", sync_to_thread=True)
def ask(request: WebRequest, data: Form) -> Response[Any]:
    """Ask; the privacy officer is told at once."""
    try:
        with acting(request, Act.MESSAGE_SEE, purpose=PURPOSE) as s:
            break_glass.ask(s, data.get("record", "").strip(), data.get("why", ""))
    except (NotSealed, WhyNeeded) as error:
        return _form(request, data, error)
    return see(request, "/seals", Text("Asked; a second person must agree within the hour.",
               "Demandé; une deuxième personne doit accepter dans l'heure."))  # fmt: skip


def _form(request: WebRequest, typed: Mapping[str, str],
          error: NotSealed | WhyNeeded | None) -> Response[str]:  # fmt: skip
    with acting(request, Act.MESSAGE_SEE, purpose=PURPOSE) as s:
        found = break_glass.lately(s)
        names = users.names(s, {x for b in found for x in (b.asked_by, b.agreed_by) if x})
    return page(request, "redress/seals.html", status=error.status if error else 200,
                section="seals", found=found, names=names, typed=typed, error=error)  # fmt: skip


@post("/seals/{seal:str}/agree", name="seal-agree", sync_to_thread=True)
def agree(request: WebRequest, seal: FromPath[str]) -> Redirect:
    """The second person agrees."""
    user = signed_in(request)
    with store_of(request).act(user.actor, PURPOSE) as s:
        first = break_glass.asked_by(s, seal)
    here = Circumstances(user=user.id, first_by=first)
    with acting(request, Act.DECISION_SECOND, purpose=PURPOSE, circumstances=here) as s:
        break_glass.agree(s, seal)
    return see(request, "/seals", Text("Agreed; it can be opened once within a quarter of an hour.",
               "Accepté; ouverture possible une fois dans le quart d'heure."))  # fmt: skip


@post("/seals/{seal:str}/open", name="seal-open", sync_to_thread=True)
def open_seal(request: WebRequest, seal: FromPath[str]) -> Response[Any]:
    """The sealed record as it was received, once."""
    with acting(request, Act.MESSAGE_SEE, purpose=PURPOSE) as s:
        content = break_glass.open_seal(s, node_of(request), seal)
    return page(request, "redress/opened.html", section="seals",
                content=_lines(content.decode("utf-8", "replace")))  # fmt: skip


def _lines(text: str) -> str:
    """An EDIFACT message with each segment on a line of its own; anything else as it is."""
    return _SEGMENT.sub("'\n", text) if text.startswith(("UNA", "UNB")) else text


@post("/seals/{seal:str}/review", name="seal-review", sync_to_thread=True)
def review(request: WebRequest, seal: FromPath[str]) -> Redirect:
    """The privacy officer has looked at it."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
        break_glass.review(s, seal)
    return see(request, "/redress", Text("Recorded.", "Consigné."))

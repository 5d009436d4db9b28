"""The carrier's own page: for a person at a carrier, who has no account here.

It knows nothing of officers' sessions and shows nothing of theirs: its cookie is its own, and
its pages are drawn without looking up who else may be signed in at the same browser.
"""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import own_log, own_page, visits
from smartborder.node.carriers.visits import Visit, VisitOver
from smartborder.node.store.session import SYSTEM, Actor
from smartborder.web.cookies import cookie, cookie_name, no_cookie
from smartborder.web.page import Form, plain_page, see
from smartborder.web.session import WebRequest, node_of, store_of


@get("/carrier/enter/{token:str}", name="carrier-enter-ask", sync_to_thread=True)
def enter_ask(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """Where the link leads. Looking does not use it up."""
    with store_of(request).act(SYSTEM, "access") as s:
        visit = visits.offered(s, token)
    return plain_page(request, "carriers/enter.html", status=200, visit=visit, token=token,
                      minutes=int(visits.LASTS.total_seconds() // 60))  # fmt: skip


@post("/carrier/enter", name="carrier-enter", sync_to_thread=True)
def enter(request: WebRequest, data: Form) -> Redirect:
    """Use the link up and begin the visit."""
    with store_of(request).act(SYSTEM, "access") as s:
        begun = visits.begin(s, data.get("token", ""))
    answer = see(request, "/carrier")
    answer.set_cookie(cookie(request, "carrier", begun.token))
    return answer


@get("/carrier", name="carrier-own", sync_to_thread=True)
def own(
    request: WebRequest,
    mode: FromQuery[str | None] = None,
    before: Annotated[str | None, QueryParameter(pattern="^[a-z0-9-]{1,64}$")] = None,
) -> Response[Any]:
    """The page: our state, their state, their messages. Live and test traffic never together."""
    visit = _visit(request)
    shown = mode if mode in visit.modes else visit.modes[0]
    node = node_of(request)
    with node.store.act(Actor("client", visit.client), PURPOSE) as s:
        found = own_page.read(s, node, visit, "live" if shown == "live" else "test", before)
    return plain_page(request, "carriers/own.html", status=200, visit=visit, own=found,
                      first=before is None, days=own_log.CHANGES_DAYS)  # fmt: skip


@post("/carrier/leave", name="carrier-leave", sync_to_thread=True)
def leave(request: WebRequest) -> Response[Any]:
    """End the visit."""
    with store_of(request).act(SYSTEM, "access") as s:
        visits.end(s, request.cookies.get(cookie_name(request, "carrier"), ""))
    answer: Response[Any] = plain_page(request, "carriers/left.html", status=200)
    answer.set_cookie(no_cookie(request, "carrier"))
    return answer


def _visit(request: WebRequest) -> Visit:
    token = request.cookies.get(cookie_name(request, "carrier"))
    if not token:
        raise VisitOver("open the link that you were given, or ask for a new one")
    with store_of(request).act(SYSTEM, "access") as s:
        return visits.resume(s, token)

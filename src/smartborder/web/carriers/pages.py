"""The carrier desk on screen."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.carriers import completeness, desk, pushing
from smartborder.web.page import Form, acting, page, part, see, signed_in, store_of
from smartborder.web.session import WebRequest, node_of

PURPOSE = "passenger-information"


@get("/carriers", name="carriers", sync_to_thread=True)
def carriers(request: WebRequest) -> Response[str]:
    """Everything a carrier liaison officer works from, on one page."""
    return _show(request)


@post("/carriers/replies/{reply:str}/acknowledged", name="reply-acknowledged", sync_to_thread=True)
def acknowledged(request: WebRequest, reply: FromPath[str], data: Form) -> Response[Any]:
    """The carrier acknowledged when it was called: who, on which number."""
    try:
        with acting(request, Act.CARRIER_ACKNOWLEDGE, purpose=PURPOSE) as s:
            desk.acknowledged_by_phone(s, reply, data.get("called", ""), data.get("number", ""))
    except desk.CallIncomplete as error:
        return _show(request, error=error, at=reply)
    return see(request, "/carriers", Text("Acknowledged.", "Accusé de réception consigné."))


@post("/carriers/pushes/{push:str}/again", name="push-again", sync_to_thread=True)
def push_again(request: WebRequest, push: FromPath[str]) -> Response[Any]:
    """Send a reply once more that its client's address did not take."""
    with acting(request, Act.CARRIER_ADMIT, purpose=PURPOSE) as s:
        done = pushing.again(s, push)
    said = (Text("It is being sent again.", "Nouvel envoi en cours.") if done else
            Text("It has been sent again already.", "Elle a déjà été renvoyée."))  # fmt: skip
    return see(request, "/carriers", said)


@get("/carriers/banner", name="checks-banner", sync_to_thread=True)
def banner(request: WebRequest) -> Response[str]:
    """One line for every page while checks are incomplete; nothing otherwise."""
    user = signed_in(request)
    with store_of(request).act(user.actor, PURPOSE) as s:
        found = completeness.state(s, node_of(request))
    return part(request, "carriers/banner.html", checks=found)


def _show(request: WebRequest, *, error: SmartborderError | None = None,
          at: str = "") -> Response[str]:  # fmt: skip
    with acting(request, Act.CARRIER_SEE, purpose=PURPOSE) as s:
        found: dict[str, Any] = {
            "health": desk.health(s),
            "waiting": desk.waiting(s),
            "without": desk.without_reply(s),
            "failed": desk.failed(s),
            "dead": pushing.dead(s, desk.HEALTH_DAYS),
            "checks": completeness.state(s, node_of(request)),
        }
    return page(request, "carriers/carriers.html", status=error.status if error else 200,
                section="carriers", days=desk.HEALTH_DAYS, error=error, at=at, **found)  # fmt: skip

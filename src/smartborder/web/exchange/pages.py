"""The exchange on screen, for our side only: what was asked, granted and withheld, and why."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.custody import notices
from smartborder.node.custody.embargo import AGREEMENT
from smartborder.node.exchange import age as ages
from smartborder.node.exchange import history, outbox
from smartborder.node.exchange.delivery import PURPOSE
from smartborder.node.store.session import NotFound, Session
from smartborder.web.page import acting, allowed, home_of, page, part, see, signed_in, store_of
from smartborder.web.session import WebRequest


@get("/exchange", name="exchange", sync_to_thread=True)
def exchange(request: WebRequest) -> Response[str]:
    """The partner, how long it was heard ago, what waits and what was refused."""
    with acting(request, Act.AGREEMENT_SEE, purpose=PURPOSE) as s:
        hidden = _hidden(request, s)
        sealed = () if allowed(request, Act.AUDIT_SEE) else (AGREEMENT,)
        found: dict[str, Any] = {
            "age": ages.age(s, home_of(request), hidden),
            "sent": outbox.lately(s, hidden=hidden),
            "dead": outbox.lately(s, state="dead", hidden=hidden),
            "withheld": outbox.lately(s, state="withheld", most=20, hidden=hidden),
            "refusals": history.refusals(s),
            "received": history.received(s, hidden=hidden, sealed=sealed),
            "heads": history.heads(s),
        }  # fmt: skip
    return page(request, "exchange/partner.html", section="exchange", **found)


@get("/exchange/banner", name="exchange-banner", sync_to_thread=True)
def banner(request: WebRequest) -> Response[str]:
    """One line for every page while the partner is silent; nothing otherwise."""
    user = signed_in(request)
    with store_of(request).act(user.actor, PURPOSE) as s:
        found = ages.age(s, home_of(request), _hidden(request, s))
    return part(request, "exchange/banner.html", age=found)


@get("/exchange/{envelope:str}", name="exchange-envelope", sync_to_thread=True)
def envelope(request: WebRequest, envelope: FromPath[str]) -> Response[str]:
    """One envelope: every field with its clause; none of this ever goes on the wire."""
    with acting(request, Act.AGREEMENT_SEE, purpose=PURPOSE) as s:
        found = _known(request, s, envelope)
    return page(request, "exchange/envelope.html", section="exchange", e=found)


@post("/exchange/{envelope:str}/again", name="exchange-again", sync_to_thread=True)
def again(request: WebRequest, envelope: FromPath[str]) -> Redirect:
    """Send a refused envelope once more."""
    with acting(request, Act.PARTNER_ANSWER, purpose=PURPOSE) as s:
        fresh = outbox.send_again(s, _known(request, s, envelope).id)
    return see(request, f"/exchange/{fresh}", Text("It will be sent again.", "Il sera renvoyé."))


def _known(request: WebRequest, s: Session, envelope: str) -> outbox.Sent:
    found = outbox.one(s, envelope)
    if found.record in _hidden(request, s):
        raise NotFound("no such record, or not under this purpose")
    return found


def _hidden(request: WebRequest, s: Session) -> frozenset[str]:
    """Notices under embargo leave no trace here, but to those named, and to the leak audit."""
    return notices.hidden(s, home_of(request), audits=allowed(request, Act.AUDIT_SEE))

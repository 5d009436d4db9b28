"""Asking the partner about the traveller of a case, and the partner's questions to us."""

from collections.abc import Mapping
from typing import Any

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.exchange import at_once, probing, query, query_in
from smartborder.node.exchange.delivery import PURPOSE
from smartborder.node.store.session import Session
from smartborder.web.desk.on_case import on_case
from smartborder.web.page import (
    Fields,
    Form,
    acting,
    home_of,
    language_of,
    see,
    several,
    signed_in,
    store_of,
)
from smartborder.web.security import FORM_FIELD, form_token
from smartborder.web.session import WebRequest, allowed
from smartborder.web.views import draw

_ASKED = Text(
    "Asked; what comes back stands in the case.", "Demandé; la réponse figurera au dossier."
)


@post("/cases/{case_id:str}/query", name="case-query", sync_to_thread=True)
def ask(request: WebRequest, case_id: FromPath[str], data: Fields) -> Redirect:
    """Put the question, and wait a moment for the partner's answer."""
    step = data.get("step") == "existence"
    direct: query.Direct | None = None
    if data.get("direct") in ("protected", "known"):
        direct = "protected" if data["direct"] == "protected" else "known"
    with on_case(request, Act.PARTNER_REQUEST, case_id) as s:
        asks = query.EXISTENCE if step else several(data, "field")
        asked = query.ask(s, home_of(request), asks=asks, direct=direct)
        prepared = at_once.prepare(s, home_of(request), [asked.envelope])
    at_once.exchange(home_of(request), store_of(request), prepared)
    return see(request, f"/cases/{case_id}#query", _ASKED)


@post("/queries/{record:str}/decide", name="query-decide", sync_to_thread=True)
def decide(request: WebRequest, record: FromPath[str], data: Form) -> Redirect:
    """Release what the agreement grants about a held question, or leave it at nothing."""
    with acting(request, Act.PARTNER_ANSWER, purpose=PURPOSE) as s:
        query_in.decide(s, home_of(request), record, release=data.get("decision") == "release")
    return see(request, "/questions", Text("Decided.", "Décision prise."))


@post("/queries/{record:str}/reviewed", name="query-reviewed", sync_to_thread=True)
def reviewed(request: WebRequest, record: FromPath[str]) -> Redirect:
    """A drawn question was looked at."""
    with acting(request, Act.PARTNER_ANSWER, purpose=PURPOSE) as s:
        probing.review(s, record)
    return see(request, "/questions", Text("Review recorded.", "Examen consigné."))


def case_panel(request: WebRequest, s: Session, context: Mapping[str, Any]) -> Markup | None:
    """In a case about a traveller: what was asked, what came back, and the next question."""
    case = context["case"]
    partner = home_of(request).partner
    if partner is None or case.traveller is None:
        return None
    user = signed_in(request)
    asked = query.of_case(s, case.id)
    holder = case.holder or (user.id if context["decidable"] else None)
    here = Circumstances(user=user.id, assigned_to=holder)
    may_ask = case.state == "open" and allowed(request, Act.PARTNER_REQUEST, here)
    if not asked and not may_ask:
        return None
    token = Markup('<input type="hidden" name="{}" value="{}">')
    shown = {
        "case": case,
        "asked": asked,
        "partner": partner.node_id,
        "zone": home_of(request).pack.time_zone,
        "may_ask": may_ask,
        "held": any(q.is_step and q.answer and q.answer.get("hit") for q in asked),
        "fields": [f for f in query.fields() if f not in query.EXISTENCE],
        "form": lambda: token.format(FORM_FIELD, form_token(request)),
    }
    return Markup(draw(language_of(request), "exchange/query.html", shown))  # noqa: S704  (drawn, escaped)

"""Encounters with our look-outs, the partner's questions, and our own question about a hit."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from markupsafe import Markup

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.exchange import encounters, encounters_in, query, questions, questions_in
from smartborder.node.exchange.delivery import PURPOSE
from smartborder.node.store.session import Session
from smartborder.web.exchange import held
from smartborder.web.page import Form, acting, home_of, language_of, page, see, signed_in, store_of
from smartborder.web.security import FORM_FIELD, form_token
from smartborder.web.session import WebRequest, allowed
from smartborder.web.views import draw


@get("/encounters", name="encounters", sync_to_thread=True)
def met(request: WebRequest) -> Response[str]:
    """What the partner reports about the subjects of our look-outs."""
    with acting(request, Act.LOOKOUT_CONFIRM, purpose="lookouts") as s:
        found = encounters.received(s)
    return page(request, "exchange/encounters.html", section="encounters", found=found)


@post("/encounters/{encounter:str}/answer", name="encounter-answer", sync_to_thread=True)
def answer(request: WebRequest, encounter: FromPath[str], data: Form) -> Redirect:
    """It was our subject, or it was not: the clock stops."""
    confirmed = data.get("verdict") == "confirmed"
    with acting(request, Act.LOOKOUT_CONFIRM, purpose="lookouts") as s:
        encounters_in.answer(s, encounter, "confirmed" if confirmed else "refuted")
    return see(request, "/encounters", Text("Recorded; the clock has stopped.",
                                            "Consigné; le délai est arrêté."))  # fmt: skip


@get("/questions", name="questions", sync_to_thread=True)
def waiting(request: WebRequest) -> Response[str]:
    """The partner's questions that a person must decide."""
    with acting(request, Act.PARTNER_ANSWER, purpose=PURPOSE) as s:
        found = questions.held(s)
        about = query.waiting(s)
        drawn = query.samples(s)
        lookouts, files = held.lookouts(s, found), held.files(s, about)
    return page(request, "exchange/questions.html", section="questions", found=found, about=about,
                drawn=drawn, lookouts=lookouts, files=files)  # fmt: skip


@post("/questions/{question:str}/decide", name="question-decide", sync_to_thread=True)
def decide(request: WebRequest, question: FromPath[str], data: Form) -> Redirect:
    """Release what the agreement grants, or refuse; the partner sees the same shape."""
    release = data.get("decision") == "release"
    with acting(request, Act.PARTNER_ANSWER, purpose=PURPOSE) as s:
        questions_in.decide(s, home_of(request), question, match=release,
                            officer="release" if release else "refuse")  # fmt: skip
    return see(request, "/questions", Text("Answered.", "Réponse envoyée."))


@post("/hits/{hit:str}/ask", name="hit-ask", sync_to_thread=True)
def ask(request: WebRequest, hit: FromPath[str]) -> Redirect:
    """Ask the originator about one confirmed hit, in the case one holds."""
    user = signed_in(request)
    with store_of(request).act(user.actor, PURPOSE) as s:
        case = s.one(
            "SELECT c.id, c.purpose, c.claimed_by, c.lease_until, c.state FROM act.hit h"
            " JOIN act.case_file c ON c.id = h.case_id WHERE h.id = :hit",
            hit=hit,
        )
        held = case["state"] == "closed" or (case["lease_until"] and case["lease_until"] > s.now)
    here = Circumstances(user=user.id, assigned_to=case["claimed_by"] if held else None)
    with acting(request, Act.PARTNER_REQUEST, purpose=case["purpose"], case=case["id"],
                circumstances=here) as s:  # fmt: skip
        questions.ask(s, home_of(request), hit)
    return see(request, f"/cases/{case['id']}", Text(
        "Asked; the answer will stand beside the hit.",
        "Demande envoyée; la réponse figurera à côté de la correspondance.",
    ))  # fmt: skip


def hit_panel(request: WebRequest, s: Session, context: Mapping[str, Any]) -> Markup | None:
    """Beside a hit on the partner's look-out: ask its originator, and what came back."""
    hit, case = context["hit"], context["case"]
    if hit.lookout is None or hit.lookout.agreement is None or hit.state != "confirmed":
        return None
    user = signed_in(request)
    holder = s.value("SELECT claimed_by FROM act.case_file WHERE id = :id", id=case.id)
    here = Circumstances(user=user.id, assigned_to=holder)
    asked = questions.of_hit(s, hit.id)
    may_ask = not any(q.state in ("asked", "held") for q in asked)
    token = Markup('<input type="hidden" name="{}" value="{}">')
    shown = {
        "hit": hit,
        "asked": asked,
        "zone": home_of(request).pack.time_zone,
        "form": lambda: token.format(FORM_FIELD, form_token(request)),
        "may_ask": may_ask and allowed(request, Act.PARTNER_REQUEST, here),
    }
    return Markup(draw(language_of(request), "exchange/hit.html", shown))  # noqa: S704  (drawn, escaped)

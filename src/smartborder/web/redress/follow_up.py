"""What follows from a request: originators are consulted, partners answered, others told."""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.custody import corrections
from smartborder.node.exchange import consultation, onward
from smartborder.node.redress.requests import PURPOSE
from smartborder.web.page import Form, acting, home_of, see
from smartborder.web.session import WebRequest


@post("/redress/{request_id:str}/copies/{record:str}/ask", name="redress-ask", sync_to_thread=True)
def consult(request: WebRequest, request_id: FromPath[str], record: FromPath[str]) -> Redirect:
    """Ask the originator of a copy what the person may be told."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE, case=request_id) as s:
        consultation.ask(s, home_of(request), request_id, record)
    return see(request, f"/redress/{request_id}", Text(
        "Asked; who made the request is not told.",
        "Demande envoyée; l'identité du demandeur n'est pas communiquée.",
    ))  # fmt: skip


@post("/redress/consultations/{consulted:str}/answer", name="redress-answer", sync_to_thread=True)
def answer(request: WebRequest, consulted: FromPath[str], data: Form) -> Redirect:
    """Tell the partner what may be said of our record."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
        consultation.answer(s, home_of(request), consulted, data.get("advice", ""))
    return see(request, "/redress", Text("Answered.", "Réponse envoyée."))


@post("/redress/corrections/{correction:str}/told", name="redress-told", sync_to_thread=True)
def told(request: WebRequest, correction: FromPath[str]) -> Redirect:
    """A recipient on paper was told of a correction."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
        corrections.told(s, correction)
    return see(request, "/redress", Text("Recorded.", "Consigné."))


@post("/redress/onward", name="redress-onward", sync_to_thread=True)
def pass_on(request: WebRequest, data: Form) -> Redirect:
    """Ask the originator whether its look-out may be passed on."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
        onward.ask(s, home_of(request), data.get("record", ""), data.get("onward_to", ""))
    return see(request, "/redress", Text("Asked; until its yes nothing may be passed on.",
               "Demande envoyée; rien ne peut être retransmis avant son accord."))  # fmt: skip


@post("/redress/onward/{question:str}/answer", name="redress-onward-answer", sync_to_thread=True)
def consent(request: WebRequest, question: FromPath[str], data: Form) -> Redirect:
    """Allow or refuse that our look-out is passed on."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
        onward.answer(s, home_of(request), question, consent=data.get("consent") == "yes")
    return see(request, "/redress", Text("Answered.", "Réponse envoyée."))

"""Secondary: who waits, who is on the way, and the outcome in two clicks."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.desk import cases
from smartborder.node.desk import secondary as desk
from smartborder.node.desk.aligned import side_by_side
from smartborder.node.desk.officer_decision import REDRESS_IN_PERSON
from smartborder.web.page import Form, acting, page, see
from smartborder.web.session import WebRequest


@get("/secondary", name="secondary", sync_to_thread=True)
def secondary(request: WebRequest) -> Response[str]:
    """Referrals waiting, people on the way, outcomes of the last hours."""
    return _list(request, "desk/secondary.html")


@get("/secondary/rows", name="secondary-rows", sync_to_thread=True)
def rows(request: WebRequest) -> Response[str]:
    """The same without the page around it."""
    return _list(request, "desk/secondary_rows.html")


@get("/secondary/{arrival_id:str}", name="secondary-one", sync_to_thread=True)
def one(request: WebRequest, arrival_id: FromPath[str]) -> Response[str]:
    """One referral: why, what was found, and the nine outcomes."""
    with acting(request, Act.SECONDARY_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        found = desk.one(s, arrival_id)
    return page(request, "desk/secondary_one.html", section="secondary", referral=found,
                outcomes=desk.OUTCOMES, redress=REDRESS_IN_PERSON,
                side_by_side=side_by_side)  # fmt: skip


@post("/secondary/{arrival_id:str}", name="secondary-record", sync_to_thread=True)
def record(request: WebRequest, arrival_id: FromPath[str], data: Form) -> Redirect:
    """Record an outcome."""
    with acting(request, Act.SECONDARY_RECORD, purpose=cases.QUEUE_PURPOSE) as s:
        desk.record_outcome(s, arrival_id, data.get("outcome", ""), data.get("words", ""))
    return see(request, "/secondary", Text("Outcome recorded.", "Résultat consigné."))


def _list(request: WebRequest, template: str) -> Response[str]:
    with acting(request, Act.SECONDARY_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        waiting, coming, done = desk.waiting(s), desk.on_the_way(s), desk.done_today(s)
    return page(request, template, section="secondary", waiting=waiting, coming=coming, done=done)

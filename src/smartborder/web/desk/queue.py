"""The queue, and taking, returning and handing over what is in it."""

from typing import Any, get_args

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.desk import cases, claims
from smartborder.node.desk import queue as waiting_line
from smartborder.web.desk.on_case import on_case
from smartborder.web.page import Form, acting, page, part, see
from smartborder.web.session import WebRequest


@get("/queue", name="queue", sync_to_thread=True)
def queue(request: WebRequest) -> Response[str]:
    """Everything that waits, least time left first."""
    return page(request, "desk/queue.html", section="queue", **_waiting(request))


@get("/queue/rows", name="queue-rows", sync_to_thread=True)
def rows(request: WebRequest) -> Response[str]:
    """The rows alone, for a page that is open when something changes."""
    return part(request, "desk/queue_rows.html", **_waiting(request))


@post("/cases/{case_id:str}/claim", name="case-claim", sync_to_thread=True)
def claim(request: WebRequest, case_id: FromPath[str]) -> Redirect:
    """Take a case and open it."""
    with on_case(request, Act.CASE_CLAIM, case_id) as s:
        claims.claim(s, case_id)
    return see(request, f"/cases/{case_id}")


@post("/cases/{case_id:str}/release", name="case-release", sync_to_thread=True)
def release(request: WebRequest, case_id: FromPath[str]) -> Redirect:
    """Give a case back to the queue."""
    with on_case(request, Act.CASE_CLAIM, case_id) as s:
        claims.release(s, case_id)
    return see(request, "/queue", Text("Back in the queue.", "Remis dans la file."))


@post("/cases/{case_id:str}/hand-over", name="case-hand-over", sync_to_thread=True)
def hand_over(request: WebRequest, case_id: FromPath[str], data: Form) -> Redirect:
    """Hand a case over to a colleague by name."""
    with on_case(request, Act.CASE_HAND_OVER, case_id) as s:
        claims.hand_over(s, case_id, data.get("to", ""), data.get("note", ""))
    return see(request, "/queue", Text("Handed over.", "Dossier remis."))


def _waiting(request: WebRequest) -> dict[str, Any]:
    asked = request.query_params.get("only", "all")
    only: waiting_line.Filter = next(
        (f for f in get_args(waiting_line.Filter) if f == asked), "all"
    )
    with acting(request, Act.QUEUE_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        return {
            "waiting": waiting_line.waiting(s, only),
            "counts": waiting_line.counts(s),
            "only": only,
        }

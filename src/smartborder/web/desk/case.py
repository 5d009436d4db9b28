"""One case: look, decide the hits, decide the reply, agree as the second person, close."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.act.deciding import REDRESS
from smartborder.node.desk import cases, claims, closing, decisions, hits, reasons, second
from smartborder.node.desk.aligned import side_by_side
from smartborder.node.desk.errors import AlreadyDecided, ReasonNeeded, StillOpen
from smartborder.node.desk.reasons import reasons_from
from smartborder.web.desk.on_case import node_of, on_case
from smartborder.web.desk.panels import pieces
from smartborder.web.page import Form, acting, page, see
from smartborder.web.session import WebRequest, signed_in

_RECORDED = Text("Decision recorded.", "Décision consignée.")
_NEEDS_SECOND = Text(
    "Proposed. Another officer must agree before the carrier hears it.",
    "Proposé. Un autre agent doit donner son accord avant que le transporteur l'apprenne.",
)


@get("/cases/{case_id:str}", name="case", sync_to_thread=True)
def case(request: WebRequest, case_id: FromPath[str]) -> Response[str]:
    """The case."""
    return _show(request, case_id)


@post("/hits/{hit_id:str}/decide", name="hit-decide", sync_to_thread=True)
def decide_hit(request: WebRequest, hit_id: FromPath[str], data: Form) -> Response[Any]:
    """Same person, different person, or it cannot be told; with a reason."""
    with acting(request, Act.CASE_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        case_id = hits.case_of(s, hit_id)
    judgement, _, preset = data.get("why", "").partition(":")
    try:
        with on_case(request, Act.HIT_DECIDE, case_id) as s:
            why = reasons_from(reasons.JUDGEMENTS, judgement, preset, data.get("words", ""))
            decisions.decide_hit(s, node_of(request), hit_id, judgement, why)
    except (ReasonNeeded, AlreadyDecided) as error:
        return _show(request, case_id, error=error, at=hit_id, typed=data)
    return see(request, f"/cases/{case_id}", _RECORDED)


@post("/cases/{case_id:str}/reply", name="case-reply", sync_to_thread=True)
def decide_reply(request: WebRequest, case_id: FromPath[str], data: Form) -> Response[Any]:
    """What the carrier is told: ok, not ok, or please call."""
    outcome, _, preset = data.get("why", "").partition(":")
    try:
        with on_case(request, Act.REPLY_DECIDE, case_id) as s:
            why = reasons_from(reasons.REPLIES, outcome, preset, data.get("words", ""))
            done = second.decide_reply(s, node_of(request), case_id, outcome, why)
    except (ReasonNeeded, AlreadyDecided) as error:
        return _show(request, case_id, error=error, at="reply", typed=data)
    return see(request, f"/cases/{case_id}", _RECORDED if done else _NEEDS_SECOND,
               "success" if done else "info")  # fmt: skip


@post("/cases/{case_id:str}/second", name="case-second", sync_to_thread=True)
def give_second(request: WebRequest, case_id: FromPath[str], data: Form) -> Response[Any]:
    """The second person agrees or declines."""
    with acting(request, Act.CASE_SEE, purpose=cases.QUEUE_PURPOSE) as s:
        first_by = second.proposed_by(s, data.get("proposal", ""))
    try:
        with on_case(request, Act.DECISION_SECOND, case_id, first_by=first_by) as s:
            if data.get("answer") == "agree":
                second.agree(s, node_of(request), data.get("proposal", ""))
            else:
                words = " ".join(data.get("words", "").split())
                if len(words) < reasons.LEAST:
                    raise ReasonNeeded(f"write at least {reasons.LEAST} characters")
                second.decline(s, data.get("proposal", ""), words)
    except (ReasonNeeded, AlreadyDecided) as error:
        return _show(request, case_id, error=error, at="second", typed=data)
    return see(request, f"/cases/{case_id}", _RECORDED)


@post("/cases/{case_id:str}/close", name="case-close", sync_to_thread=True)
def close(request: WebRequest, case_id: FromPath[str], data: Form) -> Response[Any]:
    """Close a case in which no hit and no reply is left to decide."""
    try:
        with on_case(request, Act.HIT_DECIDE, case_id) as s:
            closing.close_with_words(s, case_id, data.get("words", ""))
    except (ReasonNeeded, StillOpen) as error:
        return _show(request, case_id, error=error, at="close", typed=data)
    return see(request, "/queue", Text("Case closed.", "Dossier fermé."))


def _show(
    request: WebRequest,
    case_id: str,
    *,
    error: SmartborderError | None = None,
    at: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response[str]:
    user = signed_in(request)
    with on_case(request, Act.CASE_SEE, case_id) as s:
        found = cases.whole(s, case_id)
        colleagues = claims.colleagues(s)
        decidable = found.state == "open" and found.holder in (None, user.id)
        around = {"case": found, "decidable": decidable}
        hit_panels = {
            h.id: pieces("hit", request, s, hit=h, **around) for h in (*found.hits, *found.quiet)
        }
        own = pieces("case", request, s, **around)
    return page(
        request,
        "desk/case.html",
        status=error.status if error else 200,
        section="queue",
        case=found,
        mine=found.holder == user.id,
        free=found.holder is None,
        decidable=decidable,
        panels=own,
        hit_panels=hit_panels,
        colleagues=colleagues,
        judgements=reasons.JUDGEMENTS,
        replies=reasons.REPLIES,
        least=reasons.LEAST,
        redress=REDRESS,
        side_by_side=side_by_side,
        circumstances=lambda me, first: Circumstances(user=me, first_by=first),
        error=error,
        at=at,
        typed=typed or {},
    )

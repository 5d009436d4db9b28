"""One traveller: the timeline, and the help desk's override."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.act.deciding import REDRESS
from smartborder.node.desk import (
    arriving,
    cases,
    decided,
    doubles,
    flight_row,
    hits,
    overriding,
    people,
    timeline,
)
from smartborder.node.desk.aligned import side_by_side
from smartborder.node.desk.errors import CallNotVerified, Departed, ReasonNeeded
from smartborder.web.desk.on_case import node_of
from smartborder.web.desk.panels import pieces
from smartborder.web.page import Form, acting, page, see
from smartborder.web.session import WebRequest, allowed, signed_in


@get("/travellers/{traveller_id:str}", name="traveller", sync_to_thread=True)
def traveller(request: WebRequest, traveller_id: FromPath[str]) -> Response[str]:
    """Everything reported, found, said and decided about one traveller on one flight."""
    return _show(request, traveller_id)


@post("/travellers/{traveller_id:str}/override", name="override", sync_to_thread=True)
def override(request: WebRequest, traveller_id: FromPath[str], data: Form) -> Response[Any]:
    """Override the reply after a call-back."""
    try:
        with acting(request, Act.CARRIER_OVERRIDE, purpose=cases.QUEUE_PURPOSE) as s:
            overriding.override(
                s, node_of(request), traveller_id, called_by=data.get("called_by", ""),
                number_called=data.get("number", ""), words=data.get("words", ""),
            )  # fmt: skip
    except (CallNotVerified, ReasonNeeded, Departed) as error:
        return _show(request, traveller_id, error=error, typed=data)
    said = Text("Overridden: OK goes to the carrier.", "Infirmé : OK est envoyé au transporteur.")
    return see(request, f"/travellers/{traveller_id}", said)


@post("/travellers/{traveller_id:str}/double", name="double", sync_to_thread=True)
def double(request: WebRequest, traveller_id: FromPath[str], data: Form) -> Response[Any]:
    """Say whether two records of a flight are one person."""
    here = _at_hand(request)
    with acting(request, Act.HIT_DECIDE, purpose=cases.QUEUE_PURPOSE, circumstances=here) as s:
        doubles.decide(s, traveller_id, data.get("answer", ""))
    return see(request, f"/travellers/{traveller_id}",
               Text("Decision recorded.", "Décision consignée."))  # fmt: skip


def _at_hand(request: WebRequest) -> Circumstances:
    """A double is in no case: whoever looks at it has it in hand."""
    user = signed_in(request)
    return Circumstances(user=user.id, assigned_to=user.id)


def _show(
    request: WebRequest,
    traveller_id: str,
    *,
    error: SmartborderError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response[str]:
    """The page, under the purpose of the case it is opened from."""
    case_id = request.query_params.get("case")
    purpose = cases.QUEUE_PURPOSE
    with acting(request, Act.TRAVELLER_SEE, purpose=purpose) as s:
        about = cases.of_traveller(s, traveller_id)
        case = next((c for c in about if c["id"] == case_id), None)
        if case is not None:
            purpose = str(cases.head(s, case["id"])["purpose"])
    with acting(
        request, Act.TRAVELLER_SEE, purpose=purpose, case=case["id"] if case else None
    ) as s:
        found = people.one(s, traveller_id, "timeline")
        of_them = hits.of_traveller(s, traveller_id)
        values = [r.compared.theirs for h in of_them for r in h.reasons
                  if r.compared and r.compared.theirs]  # fmt: skip
        context = {
            "traveller": found,
            "flight": flight_row.one(s, found.flight),
            "double": people.one(s, found.double_of, "possible double")
            if found.double_of
            else None,
            "hits": of_them,
            "pushes": timeline.pushes(s, node_of(request), traveller_id, values)
            if allowed(request, Act.MESSAGE_SEE)
            else [],
            "sent": timeline.replies(s, traveller_id),
            "decisions": decided.of_subject(s, traveller_id),
            "calls": overriding.calls(s, traveller_id),
            "panels": pieces("traveller", request, s, traveller=found),
            "arrivals": arriving.of_traveller(s, traveller_id),
        }
    return page(
        request,
        "desk/traveller.html",
        status=error.status if error else 200,
        section="flights",
        cases=about,
        case=case,
        side_by_side=side_by_side,
        redress=REDRESS,
        said=timeline.said,
        error=error,
        at_hand=_at_hand(request),
        typed=typed or {},
        **context,
    )

"""Look-alikes of one entry, looked at one by one and cleared together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.desk import cases, claims, decisions, hits, reasons
from smartborder.node.desk.aligned import side_by_side
from smartborder.node.desk.errors import AlreadyDecided, CaseClosed, CaseTaken, ReasonNeeded
from smartborder.node.lookouts import look_alikes
from smartborder.node.lookouts.look_alikes import PanelNotOpened
from smartborder.node.store.session import Session
from smartborder.web.page import Fields, Form, acting, page, part, see, several
from smartborder.web.session import WebRequest, node_of, signed_in, store_of

_MEANWHILE = (AlreadyDecided, CaseClosed, CaseTaken)


@get("/look-alikes", name="look-alikes", sync_to_thread=True)
def groups(request: WebRequest) -> Response[str]:
    """Entries with several open hits."""
    with acting(request, Act.CASE_CLAIM, purpose=cases.QUEUE_PURPOSE) as s:
        found = look_alikes.groups(s)
    return page(request, "screening/look_alikes.html", section="look-alikes", found=found)


@get("/look-alikes/entry", name="look-alikes-entry", sync_to_thread=True)
def entry(request: WebRequest) -> Response[str]:
    """The open hits of one entry; those whose panel was opened are drawn open."""
    return _show(request, request.query_params.get("id", ""))


@post("/look-alikes/hits/{hit_id:str}/open", name="look-alike-open", sync_to_thread=True)
def open_panel(request: WebRequest, hit_id: FromPath[str], data: Form) -> Response[Any]:
    """Open one panel: who was reported, who is listed, what agrees and what does not."""
    with acting(request, Act.CASE_CLAIM, purpose=cases.QUEUE_PURPOSE) as s:
        case_id = hits.case_of(s, hit_id)
    with _on_case(request, Act.CASE_SEE, case_id) as s:
        found = hits.one(s, hit_id)
        look_alikes.opened(s, hit_id)
    if request.headers.get("hx-request"):
        return part(request, "screening/panel.html", hit=found, side_by_side=side_by_side)
    return see(request, f"/look-alikes/entry?{urlencode({'id': found.entry})}#{hit_id}")


@post("/look-alikes/entry", name="look-alikes-clear", sync_to_thread=True)
def clear(request: WebRequest, data: Fields) -> Response[Any]:
    """Clear the chosen hits as other people, with one reason, each as a decision of its own."""
    entry_id, chosen = str(data.get("entry", "")), several(data, "hit")
    typed = {"why": str(data.get("why", "")), "words": str(data.get("words", ""))}
    judgement, _, preset = typed["why"].partition(":")
    try:
        why = reasons.reasons_from(
            {"different": reasons.JUDGEMENTS["different"]}, judgement, preset, typed["words"]
        )
        with acting(request, Act.CASE_CLAIM, purpose=cases.QUEUE_PURPOSE) as s:
            look_alikes.require_opened(s, chosen)
            of_case = {hit: hits.case_of(s, hit) for hit in chosen}
    except (ReasonNeeded, PanelNotOpened) as error:
        return _show(request, entry_id, error=error, typed=typed, chosen=chosen)
    left = 0
    for hit, case_id in of_case.items():
        try:
            with _on_case(request, Act.HIT_DECIDE, case_id) as s:
                decisions.decide_hit(s, node_of(request), hit, "different", why)
        except _MEANWHILE:
            left += 1
    done = len(of_case) - left
    said = Text(
        f"Cleared: {done}." + (f" Left, decided or taken meanwhile: {left}." if left else ""),
        f"Écartées : {done}." + (f" Restent, tranchées ou prises entre-temps : {left}."
                                 if left else ""),
    )  # fmt: skip
    return see(request, f"/look-alikes/entry?{urlencode({'id': entry_id})}", said)


@contextmanager
def _on_case(request: WebRequest, act: Act, case_id: str) -> Iterator[Session]:
    """A transaction under the purpose of the case; one that nobody holds may be decided."""
    user = signed_in(request)
    with store_of(request).act(user.actor, cases.QUEUE_PURPOSE) as s:
        head = cases.head(s, case_id)
        holder = claims.holder(head, s) or user.id
    here = Circumstances(user=user.id, assigned_to=holder)
    with acting(request, act, purpose=head["purpose"], case=case_id, circumstances=here) as session:
        yield session


def _show(request: WebRequest, entry_id: str, *, error: SmartborderError | None = None,
          typed: Mapping[str, str] | None = None, chosen: list[str] | None = None,
          ) -> Response[str]:  # fmt: skip
    with acting(request, Act.CASE_CLAIM, purpose=cases.QUEUE_PURPOSE) as s:
        found = look_alikes.of_entry(s, entry_id)
        panels = {x.id: hits.one(s, x.id) for x in found if x.opened}
    return page(
        request, "screening/entry.html", status=error.status if error else 200,
        section="look-alikes", entry=entry_id, found=found, panels=panels, error=error,
        presets=reasons.JUDGEMENTS["different"], least=reasons.LEAST, typed=typed or {},
        chosen=chosen or [], most=look_alikes.MOST, side_by_side=side_by_side,
    )  # fmt: skip

"""Look-outs on screen: the list, one of them with its versions, and the forms that change it."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.access import users
from smartborder.node.access.roles import Act, Circumstances
from smartborder.node.exchange.outbox import of_record
from smartborder.node.lookouts import reading, writing
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.node.lookouts.writing import Written
from smartborder.web import lookout_words as words
from smartborder.web.lookouts import forms
from smartborder.web.page import Form, acting, allowed, home_of, page, see, signed_in, store_of
from smartborder.web.session import WebRequest

WAITS = Text(
    "Waits for a second person; nothing has changed yet.",
    "En attente d'une deuxième personne; rien n'a encore changé.",
)
IN_FORCE = Text("In force; travellers are being checked again.",
                "En vigueur; les voyageurs sont vérifiés de nouveau.")  # fmt: skip


@get("/lookouts", name="lookouts", sync_to_thread=True)
def lookouts(request: WebRequest) -> Response[str]:
    """Look-outs in force, those that ended, and what waits for a second person."""
    ended = request.query_params.get("only") == "ended"
    with acting(request, Act.LOOKOUT_SEE, purpose=PURPOSE) as s:
        found = reading.listed(s, ended=ended)
        waiting = reading.proposals(s)
    return page(request, "lookouts/list.html", section="lookouts", found=found, ended=ended,
                waiting=waiting, **_words())  # fmt: skip


@get("/lookouts/new", name="lookout-new", sync_to_thread=True)
def new(request: WebRequest) -> Response[str]:
    """An empty form."""
    with acting(request, Act.LOOKOUT_WRITE, purpose=PURPOSE):
        return _form(request, {}, None)


@post("/lookouts", name="lookout-create", sync_to_thread=True)
def create(request: WebRequest, data: Form) -> Response[Any]:
    """Make a look-out, or propose one that needs a second person."""
    try:
        with acting(request, Act.LOOKOUT_WRITE, purpose=PURPOSE) as s:
            made = writing.create(s, home_of(request), forms.read(data))
    except SmartborderError as error:
        return _again(request, data, None, error)
    return _done(request, made)


@get("/lookouts/{lookout_id:str}", name="lookout", sync_to_thread=True)
def lookout(request: WebRequest, lookout_id: FromPath[str]) -> Response[str]:
    """One look-out with every version, and where it was sent."""
    with acting(request, Act.LOOKOUT_SEE, purpose=PURPOSE) as s:
        waiting = reading.proposals(s, lookout_id)
        versions = reading.versions(s, lookout_id)
        if not waiting:
            reading.one(s, lookout_id)
        sent = of_record(s, lookout_id)
        acted = {by for k in versions for by in (k.created_by, k.approved_by) if by}
        names = users.names(s, (by.removeprefix("officer:") for by in acted))
    mine = bool(versions) and allowed(request, Act.LOOKOUT_CHANGE, _owned(request, lookout_id))
    return page(request, "lookouts/one.html", section="lookouts", versions=versions, sent=sent,
                waiting=waiting, mine=mine, id=lookout_id, names=names, **_words())  # fmt: skip


@get("/lookouts/{lookout_id:str}/correct", name="lookout-correct-form", sync_to_thread=True)
def correct_form(request: WebRequest, lookout_id: FromPath[str]) -> Response[str]:
    """The look-out as a form."""
    with _changing(request, lookout_id) as s:
        found = reading.one(s, lookout_id).lookout
    typed = {**forms.typed(found), "version": str(found.version)}
    return _form(request, typed, lookout_id)


@post("/lookouts/{lookout_id:str}/correct", name="lookout-correct", sync_to_thread=True)
def correct(request: WebRequest, lookout_id: FromPath[str], data: Form) -> Response[Any]:
    """A new version beside the old one."""
    try:
        with _changing(request, lookout_id) as s:
            made = writing.correct(
                s, home_of(request), lookout_id, forms.read(data), _version(data)
            )
    except SmartborderError as error:
        return _again(request, data, lookout_id, error)
    return _done(request, made)


@post("/lookouts/{lookout_id:str}/review", name="lookout-review", sync_to_thread=True)
def review(request: WebRequest, lookout_id: FromPath[str], data: Form) -> Redirect:
    """Still needed: a new review date."""
    with _changing(request, lookout_id) as s:
        made = writing.review(
            s, home_of(request), lookout_id, forms.day(data, "review_by"), _version(data)
        )
    return _done(request, made)


@post("/lookouts/{lookout_id:str}/withdraw", name="lookout-withdraw", sync_to_thread=True)
def withdraw(request: WebRequest, lookout_id: FromPath[str], data: Form) -> Redirect:
    """End it: open hits go at once, earlier encounters are told."""
    with _changing(request, lookout_id) as s:
        writing.withdraw(s, home_of(request), lookout_id, _version(data))
    return see(request, f"/lookouts/{lookout_id}", Text(
        "Withdrawn; its open hits are gone and earlier encounters are told.",
        "Retiré; ses correspondances ouvertes sont levées et les rencontres antérieures avisées.",
    ))  # fmt: skip


@post("/lookouts/proposals/{proposal_id:str}/approve", name="lookout-approve", sync_to_thread=True)
def approve(request: WebRequest, proposal_id: FromPath[str]) -> Redirect:
    """The second person says yes."""
    with acting(request, Act.LOOKOUT_WRITE, purpose=PURPOSE) as s:
        made = writing.approve(s, home_of(request), proposal_id)
    return _done(request, made)


@post("/lookouts/proposals/{proposal_id:str}/refuse", name="lookout-refuse", sync_to_thread=True)
def refuse(request: WebRequest, proposal_id: FromPath[str], data: Form) -> Redirect:
    """The second person says no."""
    with acting(request, Act.LOOKOUT_WRITE, purpose=PURPOSE) as s:
        writing.refuse(s, proposal_id, data.get("why", "")[:500])
    return see(request, "/lookouts", Text("Refused; what was in force stays in force.",
               "Refusé; ce qui était en vigueur le reste."))  # fmt: skip


def _owned(request: WebRequest, lookout_id: str) -> Circumstances:
    user = signed_in(request)
    with store_of(request).act(user.actor, PURPOSE) as s:
        owner = reading.owner(s, lookout_id)
    return Circumstances(user=user.id, owner=owner)


def _changing(request: WebRequest, lookout_id: str) -> Any:
    return acting(request, Act.LOOKOUT_CHANGE, purpose=PURPOSE,
                  circumstances=_owned(request, lookout_id))  # fmt: skip


def _version(data: Mapping[str, str]) -> int | None:
    text = data.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _form(request: WebRequest, typed: Mapping[str, str], lookout_id: str | None,
          error: SmartborderError | None = None) -> Response[str]:  # fmt: skip
    return page(
        request, "lookouts/form.html", status=error.status if error else 200, section="lookouts",
        typed=typed, id=lookout_id, error=error, at=forms.field_of(error) if error else None,
        **_words(),
    )  # fmt: skip


def _again(request: WebRequest, data: Mapping[str, str], lookout_id: str | None,
           error: SmartborderError) -> Response[str]:  # fmt: skip
    """The form as typed, with what is wrong; errors about the person are shown elsewhere."""
    if not error.code.startswith(("lookout.", "exchange.payload")):
        raise error
    return _form(request, data, lookout_id, error)


def _done(request: WebRequest, made: Written) -> Redirect:
    return see(request, f"/lookouts/{made.id}", WAITS if made.proposal else IN_FORCE,
               "info" if made.proposal else "success")  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "basis_names": words.BASIS_NAMES,
        "instruction_names": words.INSTRUCTION_NAMES,
        "caveat_names": words.CAVEAT_NAMES,
        "kind_names": words.KIND_NAMES,
        "change_names": words.CHANGE_NAMES,
    }

"""One determination on screen: proposal, facts version by version, the interview."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.law import FactsUnusable
from smartborder.law.delegations import Discretion, beside
from smartborder.node.access.roles import Act
from smartborder.node.determinations import asking as law
from smartborder.node.determinations import interviewing, keeping
from smartborder.node.determinations.deciding import LEAST
from smartborder.node.determinations.families import open_to
from smartborder.node.determinations.keeping import PURPOSE, File
from smartborder.node.store.session import Session
from smartborder.web.law.asking import days, form
from smartborder.web.law.fields import fields_of
from smartborder.web.law.reading import facts_of, typed_of
from smartborder.web.law.shown import shown
from smartborder.web.law.words import known_answer
from smartborder.web.page import Fields, Form, acting, allowed, home_of, page, see, signed_in
from smartborder.web.session import WebRequest, require, store_of

RECORDED = Text("Recorded.", "Consigné.")
CHANGED = Text("New facts recorded; the earlier ones stay on file.",
               "Nouveaux faits consignés; les précédents restent au dossier.")  # fmt: skip


@contextmanager
def on_file(
    request: WebRequest, file_id: str, *, deciding: bool = False
) -> Iterator[tuple[Session, File]]:
    """A transaction on one file, if it is open to this person; otherwise there is no such file.

    Raises:
        NotFound: there is none, or it is not for this person.
        NotAllowed: this person may read it, not write in it.

    """
    user = require(request, Act.LAW_SEE)
    with acting(request, Act.LAW_SEE, purpose=PURPOSE, case=file_id) as s:
        file = keeping.one(s, file_id, open_to(user.roles))
        if deciding:
            require(request, file.family.decide)
        yield s, file


@get("/determinations/{file_id:str}", name="determination", sync_to_thread=True)
def one(request: WebRequest, file_id: FromPath[str]) -> Response[str]:
    """The file."""
    return show(request, file_id)


@get("/determinations/{file_id:str}/facts", name="determination-facts", sync_to_thread=True)
def facts(request: WebRequest, file_id: FromPath[str]) -> Response[str]:
    """The facts as a form, the open ones first."""
    with on_file(request, file_id, deciding=True) as (_, file):
        pass
    now = file.now
    typed = typed_of(fields_of(file.rule, file.country), now.facts)
    typed |= {"seen": str(now.number), "as-known": now.as_known.isoformat(),
              "on-day": now.on.isoformat()}  # fmt: skip
    return form(request, file.rule, typed, file=file)


@post("/determinations/{file_id:str}/facts", name="determination-correct", sync_to_thread=True)
def correct(request: WebRequest, file_id: FromPath[str], data: Fields) -> Response[Any]:
    """A new version of the facts; without 'keep' only the proposal on them."""
    home = home_of(request)
    with on_file(request, file_id, deciding=True) as (s, file):
        if data.get("do") == "keep":
            try:
                on, as_known = days(data)
                given = facts_of(fields_of(file.rule, file.country), data, home.pack.time_zone)
                keeping.add_version(s, home, file, given, seen=number(data.get("seen")), on=on,
                                    as_known=as_known)  # fmt: skip
                return see(request, f"/determinations/{file_id}", CHANGED)
            except FactsUnusable as error:
                return form(request, file.rule, data, file=file, error=error)
    return form(request, file.rule, data, file=file)


@post("/determinations/{file_id:str}/interview", name="determination-interview",
      sync_to_thread=True)  # fmt: skip
def interview(request: WebRequest, file_id: FromPath[str], data: Form) -> Response[Any]:
    """One entry of the interview."""
    kind = data.get("kind", "")
    try:
        with on_file(request, file_id, deciding=True) as (s, file):
            interviewing.record(s, home_of(request), file, kind, data)
    except interviewing.EntryUnusable as error:
        return show(request, file_id, error=error, at=kind, typed=data)
    return see(request, f"/determinations/{file_id}#interview", RECORDED)


def show(
    request: WebRequest,
    file_id: str,
    *,
    error: SmartborderError | None = None,
    at: str = "",
    typed: Mapping[str, str] | None = None,
) -> Response[str]:
    """The page of a file, with what was typed where something is wrong with it."""
    home, now = home_of(request), store_of(request).time.now()
    with on_file(request, file_id) as (_, file):
        pass
    fields = fields_of(file.rule, file.country)
    return page(
        request, "law/file.html", status=error.status if error else 200,
        section="determinations", file=file, error=error, at=at, typed=typed or {},
        asked=shown(file.proposal, fields, file.now.facts, law.today(home.pack, now)),
        fields=fields, answer=known_answer, missing=interviewing.missing(file), least=LEAST,
        may_decide=allowed(request, file.family.decide), powers=_powers(request, file),
    )  # fmt: skip


def _powers(request: WebRequest, file: File) -> tuple[Discretion, ...]:
    """What this person may do beside the rule, and whom to ask for the rest, as of today."""
    home = home_of(request)
    day = law.today(home.pack, store_of(request).time.now())
    pack = home.pack.law.get(file.rule, "")
    return beside(file.rule, signed_in(request).roles, pack=pack, on=day, as_known=day)


def number(text: object) -> int:
    """The number of a version as a form brings it back; 0 for anything else."""
    text = str(text)
    return int(text) if text.isdecimal() and len(text) < 9 else 0

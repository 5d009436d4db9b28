"""Asking a rule set: which there are, its form, and the proposal; kept only if somebody says so."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.law import FactsUnusable
from smartborder.node.access.roles import Act
from smartborder.node.determinations import asking as law
from smartborder.node.determinations import keeping
from smartborder.node.determinations.families import family_of, open_to
from smartborder.node.determinations.keeping import PURPOSE, File
from smartborder.web.law.fields import Field, fields_of
from smartborder.web.law.reading import Typed, facts_of, rows_typed
from smartborder.web.law.shown import guided, shown
from smartborder.web.page import Fields, acting, allowed, home_of, page, see
from smartborder.web.session import WebRequest, require, store_of

KEPT = Text("Kept. An officer decides; nothing has been decided yet.",
            "Conservé. Un agent décide; rien n'est encore décidé.")  # fmt: skip


@get("/determinations", name="determinations", sync_to_thread=True)
def index(request: WebRequest) -> Response[str]:
    """The rule sets of this country, and the files this person may see."""
    user = require(request, Act.LAW_SEE)
    families = open_to(user.roles)
    with acting(request, Act.LAW_SEE, purpose=PURPOSE) as s:
        found = keeping.listed(s, families)
    rules = [r for r in law.rules_here(home_of(request).pack) if _may_ask(request, r.name)]
    return page(request, "law/index.html", section="determinations", rules=rules, found=found)


@get("/determinations/new/{rule:str}", name="determination-new", sync_to_thread=True)
def new(request: WebRequest, rule: FromPath[str]) -> Response[str]:
    """The first questions of a rule set."""
    require(request, _asking(rule))
    return form(request, rule, {})


@post("/determinations/new/{rule:str}", name="determination-ask", sync_to_thread=True)
def ask(request: WebRequest, rule: FromPath[str], data: Fields) -> Response[Any]:
    """The proposal on what was typed; with 'keep', a file is opened."""
    require(request, _asking(rule))
    if data.get("do") != "keep":
        return form(request, rule, data)
    home = home_of(request)
    try:
        facts = facts_of(fields_of(rule, home.country), data, home.pack.time_zone)
        on, as_known = days(data)
        with acting(request, family_of(rule).decide, purpose=PURPOSE) as s:
            file = keeping.open_file(s, home, rule, str(data.get("reference", "")), facts,
                                     on=on, as_known=as_known)  # fmt: skip
    except (FactsUnusable, keeping.ReferenceNeeded) as error:
        return form(request, rule, data, error=error)
    return see(request, f"/determinations/{file}", KEPT)


def form(
    request: WebRequest,
    rule: str,
    typed: Typed,
    *,
    file: File | None = None,
    error: SmartborderError | None = None,
) -> Response[str]:
    """The questions with what was typed, and the proposal on it; an error beside its field."""
    home, now = home_of(request), store_of(request).time.now()
    fields = fields_of(rule, home.country)
    asked = None
    try:
        facts = facts_of(fields, typed, home.pack.time_zone)
        on, as_known = days(typed)
        proposal = law.ask(home, rule, facts, now=now, on=on, as_known=as_known)
        asked = shown(proposal, fields, facts, law.today(home.pack, now))
    except FactsUnusable as unusable:
        error = error or unusable
    following, others = guided(asked, fields) if asked else (fields, ())
    at = str(error.where.get("field", "")) if error else ""
    return page(
        request, "law/ask.html", status=error.status if error else 200,
        section="determinations", rule=rule, family=family_of(rule), file=file, asked=asked,
        following=following, others=others, answered=_answered(others, typed), typed=typed,
        error=error, at=at, rows=lambda field: rows_typed(field, typed),
        may_keep=allowed(request, family_of(rule).decide),
        title=next(r.title for r in law.rules_here(home.pack) if r.name == rule),
    )  # fmt: skip


def days(typed: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """The two days of the question, where they were given.

    Raises:
        FactsUnusable: for anything but YYYY-MM-DD.

    """
    found: list[date | None] = []
    for name in ("on-day", "as-known"):
        text = str(typed.get(name, "")).strip()
        try:
            found.append(date.fromisoformat(text) if text else None)
        except ValueError as error:
            raise FactsUnusable(f"{name}: use YYYY-MM-DD", field=name) from error
    return found[0], found[1]


def _answered(fields: tuple[Field, ...], typed: Typed) -> frozenset[str]:
    return frozenset(
        f.name for f in fields if any(
            v for k, v in typed.items() if k.split(".")[0] == f.name
        )
    )  # fmt: skip


def _asking(rule: str) -> Act:
    """Asking about a claim for protection is for those who handle claims."""
    family = family_of(rule)
    return family.see if family.protected else Act.LAW_SEE


def _may_ask(request: WebRequest, rule: str) -> bool:
    return allowed(request, _asking(rule))

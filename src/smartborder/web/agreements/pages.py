"""Agreements on screen: the document clause by clause, where it stands, and the acts about it."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder import agreements
from smartborder.kernel.text import Text
from smartborder.model.agreement import Clause
from smartborder.node.access import users
from smartborder.node.access.roles import Act
from smartborder.node.agreements import acting, standing
from smartborder.web import session
from smartborder.web.page import Form, home_of, page, see
from smartborder.web.session import WebRequest

PURPOSE = "agreements"
WHAT = {
    "propose": Text("Propose this version", "Proposer cette version"),
    "counter-sign": Text("Counter-sign this version", "Contresigner cette version"),
    "suspend": Text("Suspend", "Suspendre"),
    "resume": Text("Resume", "Rétablir"),
    "terminate": Text("Terminate", "Dénoncer"),
}
DONE = {
    "propose": Text("proposed", "a proposé"),
    "counter-sign": Text("counter-signed", "a contresigné"),
    "suspend": Text("suspended", "a suspendu"),
    "resume": Text("resumed", "a rétabli"),
    "terminate": Text("terminated", "a dénoncé"),
}
STATES = {
    "not-signed": Text("not signed", "non signé"),
    "in-force": Text("in force", "en vigueur"),
    "suspended": Text("suspended", "suspendu"),
    "terminated": Text("terminated", "dénoncé"),
}
EFFECTS = {
    "permit": Text("What may cross", "Ce qui peut être transmis"),
    "bar": Text(
        "What never crosses, or may be refused", "Ce qui n'est jamais transmis, ou peut être refusé"
    ),
    "hold": Text("What waits for an officer", "Ce qui attend un agent"),
    "oblige": Text("What each side then owes", "Ce que chaque côté doit ensuite"),
}


@get("/agreements", name="agreements", sync_to_thread=True)
def every(request: WebRequest) -> Response[str]:
    """Every agreement with where it stands between the two nodes."""
    home = home_of(request)
    with session.acting(request, Act.AGREEMENT_SEE, purpose=PURPOSE) as s:
        rows = [
            (agreements.overview(compiled), standing.now(s, home, compiled))
            for compiled in map(agreements.load, agreements.all_ids())
        ]
    return page(request, "agreements/every.html", section="agreements", rows=rows, states=STATES)


@get("/agreements/{agreement:str}", name="agreement", sync_to_thread=True)
def one(request: WebRequest, agreement: FromPath[str]) -> Response[str]:
    """One agreement: its clauses, where it stands, and every act with its signature."""
    compiled = agreements.load(agreement)
    home = home_of(request)
    with session.acting(request, Act.AGREEMENT_SEE, purpose=PURPOSE) as s:
        acts = standing.acts(s, agreement)
        found: dict[str, Any] = {
            "stands": standing.now(s, home, compiled),
            "acts": acts,
            "names": users.names(s, [a.act.official for a in acts]),
        }
    document = compiled.document
    every_clause: list[tuple[str | None, Clause]] = [(None, c) for c in document.clauses]
    every_clause += [(part.country, c) for part in document.parties for c in part.clauses]
    groups: dict[str, list[tuple[str | None, Clause]]] = {
        effect: [(party, c) for party, c in every_clause if c.effect == effect]
        for effect in EFFECTS
    }
    return page(
        request, "agreements/one.html", section="agreements", compiled=compiled, groups=groups,
        effects=EFFECTS, whats=WHAT, done=DONE, states=STATES, about=acting.ABOUT,
        overview=agreements.overview(compiled), **found,
    )  # fmt: skip


@post("/agreements/{agreement:str}/act", name="agreement-act", sync_to_thread=True)
def act(request: WebRequest, agreement: FromPath[str], data: Form) -> Redirect:
    """A named official acts; the partner is told under this node's key."""
    with session.acting(request, Act.AGREEMENT_SIGN, purpose=PURPOSE) as s:
        acting.act(s, home_of(request), agreement, data.get("what", ""),
                   data.get("why", "").strip()[:500])  # fmt: skip
    return see(request, f"/agreements/{agreement}", Text(
        "Signed, recorded and told to the partner.", "Signé, consigné et annoncé au partenaire.",
    ))  # fmt: skip

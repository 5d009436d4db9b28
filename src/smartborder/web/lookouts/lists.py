"""Imported lists on screen: how old each is, its versions, and what each version changed."""

from litestar import Response, get
from litestar.params import FromPath

from smartborder.node.access.roles import Act
from smartborder.node.lookouts import lists, progress
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.web.page import acting, page
from smartborder.web.session import WebRequest

_SHOWN = 200


@get("/lists", name="lists", sync_to_thread=True)
def every(request: WebRequest) -> Response[str]:
    """Every list with the age of what is active."""
    with acting(request, Act.LOOKOUT_SEE, purpose=PURPOSE) as s:
        found, run = lists.status(s), progress.last(s)
    return page(request, "lookouts/lists.html", section="lists", found=found, run=run)


@get("/lists/{version_id:str}", name="list-version", sync_to_thread=True)
def version(request: WebRequest, version_id: FromPath[str]) -> Response[str]:
    """One version: what came, went and changed against the one before."""
    with acting(request, Act.LOOKOUT_SEE, purpose=PURPOSE) as s:
        shown = lists.version(s, version_id)
        history = lists.history(s, shown.list)
        delta = lists.delta(s, version_id)
    return page(request, "lookouts/version.html", section="lists", shown=shown, history=history,
                delta=delta, most=_SHOWN)  # fmt: skip

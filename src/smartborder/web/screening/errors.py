"""How often screening errs: the figures of this node, and those of the benchmarks, in the open."""

from litestar import Response, get

from smartborder.node.access.roles import Act
from smartborder.node.lookouts import error_rates, published, recall
from smartborder.web.page import acting, page
from smartborder.web.session import WebRequest

PURPOSE = "figures"
_WEEKS = (4, 13, 26, 52)


@get("/figures/screening", name="screening-errors", sync_to_thread=True)
def errors(request: WebRequest) -> Response[str]:
    """False hits by list and week, by group of names; what the index loses; the benchmarks."""
    asked = request.query_params.get("weeks", "13")
    weeks = int(asked) if asked.isdigit() and int(asked) in _WEEKS else 13
    with acting(request, Act.FIGURES_SEE, purpose=PURPOSE) as s:
        by_week = error_rates.by_week(s, weeks)
        overall, groups = error_rates.by_group(s, weeks)
        audits = recall.days(s, weeks)
    return page(
        request, "screening/errors.html", section="screening-errors", weeks=weeks, spans=_WEEKS,
        by_week=by_week, overall=overall, groups=groups, audits=audits,
        measured=published.measured(), twice=error_rates.TWICE,
    )  # fmt: skip

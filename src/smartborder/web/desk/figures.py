"""Figures of the desk: alerts per officer-hour, false hits by list, and where a list errs."""

from litestar import Response, get
from litestar.params import FromPath

from smartborder.node.access.roles import Act
from smartborder.node.desk import figures as desk
from smartborder.node.desk.reasons import JUDGEMENTS
from smartborder.web.page import acting, page
from smartborder.web.session import WebRequest

PURPOSE = "figures"
_DAYS = (1, 7, 30, 90, 365)


@get("/figures/desk", name="desk-figures", sync_to_thread=True)
def figures(request: WebRequest) -> Response[str]:
    """The load of the desk and each list's error rate."""
    days = _days(request)
    with acting(request, Act.FIGURES_SEE, purpose=PURPOSE) as s:
        load, lists = desk.load(s, days), desk.by_list(s, days)
    return page(request, "desk/figures.html", section="desk-figures", days=days, spans=_DAYS,
                load=load, lists=lists)  # fmt: skip


@get("/figures/desk/{list_name:str}", name="desk-figures-list", sync_to_thread=True)
def errors(request: WebRequest, list_name: FromPath[str]) -> Response[str]:
    """Where one list errs: by probability given, and by the reason hits were cleared."""
    days = _days(request)
    with acting(request, Act.FIGURES_SEE, purpose=PURPOSE) as s:
        found = next((x for x in desk.by_list(s, days) if x.list == list_name), None)
        bands, why = desk.calibration(s, list_name, days), desk.why_cleared(s, list_name, days)
    presets = {f"desk.different.{name}": said for name, said in JUDGEMENTS["different"].items()}
    return page(request, "desk/figures_list.html", section="desk-figures", days=days,
                spans=_DAYS, list_name=list_name, figures=found, bands=bands, why=why,
                presets=presets)  # fmt: skip


def _days(request: WebRequest) -> int:
    asked = request.query_params.get("days", "30")
    return int(asked) if asked.isdigit() and int(asked) in _DAYS else 30

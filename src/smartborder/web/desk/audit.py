"""The auditor's page: who saw what, for which case; what left."""

from litestar import Response, get

from smartborder.node.access.roles import Act
from smartborder.node.desk import audit as desk
from smartborder.web.page import acting, page
from smartborder.web.session import WebRequest

_DAYS = (1, 7, 30, 365)


@get("/audit", name="audit", sync_to_thread=True)
def audit(request: WebRequest) -> Response[str]:
    """Reads and disclosures; narrowed by record, person, case and time."""
    given = request.query_params
    days, before = given.get("days", "7"), given.get("before", "")
    asked = desk.Asked(
        record=given.get("record", "").strip(), actor=given.get("actor", "").strip(),
        case=given.get("case", "").strip(),
        days=int(days) if days.isdigit() and int(days) in _DAYS else 7,
        before=int(before) if before.isdigit() and len(before) < 19 else None,
    )  # fmt: skip
    with acting(request, Act.AUDIT_SEE, purpose=desk.PURPOSE) as s:
        seen, left = desk.seen(s, asked), desk.left(s, asked)
    return page(request, "desk/audit.html", section="audit", asked=asked, spans=_DAYS, seen=seen,
                left=left)  # fmt: skip

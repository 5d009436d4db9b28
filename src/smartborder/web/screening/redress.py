"""The privacy officer gives a traveller with cleared hits a redress number, told once."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from markupsafe import Markup

from smartborder.model.passenger_list import Traveller
from smartborder.node.access.roles import Act
from smartborder.node.lookouts import redress_numbers
from smartborder.node.store.session import Session
from smartborder.web.page import Form, acting, allowed, language_of, page
from smartborder.web.security import FORM_FIELD, form_token
from smartborder.web.session import WebRequest, node_of
from smartborder.web.views import draw

PURPOSE = "redress"


@post("/redress-numbers/{traveller_id:str}", name="redress-number", sync_to_thread=True)
def issue(request: WebRequest, traveller_id: FromPath[str], data: Form) -> Response[Any]:
    """Make the number and show it this once; it is not stored as it is told."""
    with acting(request, Act.REDRESS_DECIDE, purpose=PURPOSE) as s:
        row = s.one(
            "SELECT t.fingerprint, v.person FROM act.traveller t JOIN act.traveller_version v"
            " ON v.traveller = t.id AND v.version = t.version WHERE t.id = :id"
            " AND t.mode = 'live'",
            id=traveller_id,
        )
        s.saw("traveller", [traveller_id], "redress number")
        number = redress_numbers.issue(
            s, node_of(request).data_key, msgspec.convert(row["person"], Traveller),
            bytes(row["fingerprint"]),
        )  # fmt: skip
    return page(request, "screening/redress_number.html", section=None, number=number,
                traveller=traveller_id, qualifier=redress_numbers.QUALIFIER)  # fmt: skip


def panel(request: WebRequest, s: Session, context: Mapping[str, Any]) -> Markup | None:
    """The button on a traveller's page, for whoever decides redress, where a hit was cleared."""
    traveller = context["traveller"].id
    cleared = allowed(request, Act.REDRESS_DECIDE) and s.value(
        "SELECT 1 FROM act.hit WHERE traveller = :t AND state IN ('cleared', 'quiet')"
        " AND instruction <> 'silent' LIMIT 1",
        t=traveller,
    )
    if not cleared:
        return None
    token = Markup('<input type="hidden" name="{}" value="{}">')
    shown = {"traveller": traveller, "form": lambda: token.format(FORM_FIELD, form_token(request))}
    drawn = draw(language_of(request), "screening/redress_panel.html", shown)
    return Markup(drawn)  # noqa: S704  (drawn, escaped)

"""The thirty points: what works and which scenarios prove it."""

from litestar import Response, get

from smartborder.kernel.text import Text
from smartborder.programmes.points import points
from smartborder.web.page import page
from smartborder.web.registry import Room, Section
from smartborder.web.session import WebRequest, signed_in


@get("/points", name="points", sync_to_thread=True)
def thirty_points(request: WebRequest) -> Response[str]:
    """Every point with its state, computed from passing scenarios."""
    signed_in(request)
    return page(request, "points/points.html", section="points", points=points())


ROOM = Room(
    sections=(
        Section(id="points", title=Text("Thirty points", "Trente points"), path="/points",
                act=None, order=95),
    ),
    routes=(thirty_points,),
)  # fmt: skip

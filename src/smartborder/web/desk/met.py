"""For owners of look-outs: where their subjects were met; silent hits are theirs alone."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from smartborder.kernel.text import Text
from smartborder.node.access.roles import Act
from smartborder.node.desk import owners
from smartborder.node.desk.aligned import side_by_side
from smartborder.node.lookouts.keeping import PURPOSE
from smartborder.web.page import Form, acting, page, see
from smartborder.web.session import WebRequest


@get("/lookouts/met", name="met", sync_to_thread=True)
def met(request: WebRequest) -> Response[str]:
    """Hits of one's own look-outs."""
    with acting(request, Act.LOOKOUT_CONFIRM, purpose=PURPOSE) as s:
        found = owners.met(s)
    return page(request, "desk/met.html", section="met", met=found, side_by_side=side_by_side)


@post("/lookouts/met/{hit_id:str}", name="met-say", sync_to_thread=True)
def say(request: WebRequest, hit_id: FromPath[str], data: Form) -> Redirect:
    """Say whether a silent hit is one's subject."""
    with acting(request, Act.LOOKOUT_CONFIRM, purpose=PURPOSE) as s:
        owners.say(s, hit_id, "same" if data.get("answer") == "same" else "different")
    return see(request, "/lookouts/met", Text("Decision recorded.", "Décision consignée."))

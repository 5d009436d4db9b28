"""``/v1/certification`` and ``/v1/rehearsals``: what a client does before it goes live."""

from datetime import datetime
from typing import Any

from litestar import post
from litestar.params import FromPath, FromQuery

from smartborder.node.act.intake import PURPOSE
from smartborder.node.carriers import certification, rehearsal
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, node_of


@post("/v1/certification", sync_to_thread=True, status_code=200, opt={MACHINE: True})
def judge(request: WebRequest, since: FromQuery[datetime | None] = None) -> certification.Run:
    """Judge one's own test traffic since an instant; the id of the run is the evidence."""
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        return certification.judge(s, client, since=since)


@post("/v1/rehearsals/{reference:str}/changed-reply", sync_to_thread=True, status_code=200,
      opt={MACHINE: True})  # fmt: skip
def changed_reply(request: WebRequest, reference: FromPath[str]) -> dict[str, Any]:
    """Have the reply of one's own test traveller change; the message then waits to be fetched."""
    client = caller(request)
    node = node_of(request)
    with node.store.act(Actor("client", client.id), PURPOSE) as s:
        code = rehearsal.change(s, node, client, reference)
    return {"reference": reference, "meaning": code, "code": node.pack.replies[code].code}

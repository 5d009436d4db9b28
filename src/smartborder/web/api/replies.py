"""``/v1/replies``: changed replies that a carrier fetches and acknowledges."""

from datetime import datetime

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from smartborder.node.act import acknowledge as acknowledging
from smartborder.node.act.intake import PURPOSE
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, node_of


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A changed reply that waits for its acknowledgement.

    Attributes:
        control_reference: the reference (RFF+TN) by which an acknowledgement names it.
        escalations: how often it was offered again; after three a person calls.

    """

    id: str
    control_reference: str
    created_at: datetime
    escalations: int


class Acknowledged(msgspec.Struct, frozen=True, kw_only=True):
    """``acknowledged`` is false where it had been acknowledged before, or lapsed."""

    reply: str
    acknowledged: bool


@get("/v1/replies", sync_to_thread=True)
def waiting(request: WebRequest) -> list[Waiting]:
    """Unsolicited replies of one's own that wait for an acknowledgement, oldest first."""
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        rows = s.rows(
            "SELECT id, control_reference, created_at, escalations FROM act.reply"
            " WHERE client = :client AND mode = :mode AND state IN ('awaiting-ack', 'escalated')"
            " ORDER BY id LIMIT 500",
            client=client.id,
            mode=client.mode,
        )
    return [msgspec.convert(row, Waiting) for row in rows]


@get("/v1/replies/{reply_id:str}", sync_to_thread=True, media_type="application/edifact")
def body(request: WebRequest, reply_id: FromPath[str]) -> Response[bytes]:
    """One reply of one's own as it is sent, ``application/edifact``.

    Raises:
        NotFound: no such reply, or not one of the caller's in the mode of the key.

    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        row = s.one(
            "SELECT body, travellers FROM act.reply WHERE id = :id AND client = :client"
            " AND mode = :mode",
            id=reply_id,
            client=client.id,
            mode=client.mode,
        )
        s.saw("traveller", [t for t in row["travellers"] if t], "reply fetched")
    return Response(bytes(row["body"]), media_type="application/edifact")


@post("/v1/replies/{reply_id:str}/acknowledgement", sync_to_thread=True, status_code=200,
      opt={MACHINE: True})  # fmt: skip
def acknowledge(request: WebRequest, reply_id: FromPath[str]) -> Acknowledged:
    """Acknowledge a reply; a CUSRES with BGM 312 sent to ``/v1/messages`` does the same.

    Raises:
        NotFound: no such reply, or not one of the caller's in the mode of the key.

    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        reference = s.one(
            "SELECT control_reference FROM act.reply WHERE id = :id AND client = :client"
            " AND mode = :mode",
            id=reply_id,
            client=client.id,
            mode=client.mode,
        )["control_reference"]
        done = acknowledging.mark(s, client, str(reference))
    return Acknowledged(reply=reply_id, acknowledged=bool(done))

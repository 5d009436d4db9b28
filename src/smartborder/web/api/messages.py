"""``POST /v1/messages``: raw EDIFACT in, CUSRES out in the same call, or a receipt for batch."""

from typing import Annotated, Any, Literal

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter, RawBody

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.act.intake import PURPOSE, Received, receive
from smartborder.node.store.session import Actor
from smartborder.web.api.caller import caller
from smartborder.web.security import MACHINE
from smartborder.web.session import WebRequest, node_of

EDIFACT = "application/edifact"


class NotOneReply(InputError):
    """The transmission has no reply to fetch yet, or takes none; its state says which."""

    code = "message.no-reply"
    title = Text("No reply to fetch", "Aucune réponse à récupérer")
    status = 404


@post("/v1/messages", sync_to_thread=True, status_code=200, opt={MACHINE: True})
def take_in(
    request: WebRequest,
    body: RawBody,
    delivery: FromQuery[Literal["interactive", "batch"]] = "interactive",
    kind: Annotated[str, QueryParameter(pattern="^[a-z]{3,20}$")] = "paxlst",
) -> Response[Any]:
    """Take in one transmission: one or more messages of a carrier.

    Interactive (the default) answers with the CUSRES as ``application/edifact``, or as JSON
    with findings where ``Accept: application/json`` asks for it. Batch answers 202 with a
    receipt; the reply is fetched later.
    """
    client = caller(request)
    received = receive(node_of(request), client, body, kind=kind, delivery=delivery)
    headers = {"x-transmission": received.transmission}
    if delivery == "batch":
        return Response(_receipt(received), status_code=202, headers=headers)
    if "application/json" in request.headers.get("accept", ""):
        return Response(
            {**_receipt(received), "reply": received.reply.decode("latin-1")}, headers=headers
        )
    return Response(received.reply, media_type=EDIFACT, headers=headers)


@get("/v1/messages/{transmission_id:str}", sync_to_thread=True)
def transmission(request: WebRequest, transmission_id: FromPath[str]) -> dict[str, Any]:
    """The state of a transmission of one's own, with everything noticed in it."""
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        row = s.one(
            "SELECT id, state, received_at, answered_at, mode, delivery, size, findings"
            " FROM act.transmission WHERE id = :id AND client = :client",
            id=transmission_id,
            client=client.id,
        )
        messages = s.rows(
            "SELECT id, reference, purpose, state, travellers, findings FROM act.message"
            " WHERE transmission = :id ORDER BY position",
            id=transmission_id,
        )
    return {**row, "messages": messages}


@get("/v1/messages/{transmission_id:str}/reply", sync_to_thread=True)
def transmission_reply(request: WebRequest, transmission_id: FromPath[str]) -> Response[bytes]:
    """The reply to a batch transmission of one's own.

    Raises:
        NotOneReply: not processed yet, or nothing to reply to.
    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        rows = s.rows(
            "SELECT body, travellers FROM act.reply WHERE transmission = :id"
            " AND client = :client ORDER BY id",
            id=transmission_id,
            client=client.id,
        )
        s.saw("traveller", [t for r in rows for t in r["travellers"] if t], "reply fetched")
    if not rows:
        raise NotOneReply("ask again later, or look at the state", transmission=transmission_id)
    return Response(b"".join(bytes(r["body"]) for r in rows), media_type=EDIFACT)


def _receipt(received: Received) -> dict[str, Any]:
    return {
        "transmission": received.transmission,
        "state": received.state,
        "messages": received.messages,
        "findings": received.findings,
    }

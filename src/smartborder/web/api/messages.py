"""``POST /v1/messages``: raw EDIFACT in, CUSRES out in the same call, or a receipt for batch."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter, RawBody

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.reason import Finding
from smartborder.node.act.intake import PURPOSE, Received, receive
from smartborder.node.carriers import log
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


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a transmission so far.

    Attributes:
        transmission: the receipt; also in the header ``x-transmission``.
        state: see the message log.
        messages: ids of the messages that were read in it.
        findings: everything that was noticed in it.
        reply: the CUSRES as text; null for batch, empty where a message takes no reply.

    """

    transmission: str
    state: str
    messages: tuple[str, ...]
    findings: tuple[Finding, ...]
    reply: str | None = None


@post(
    "/v1/messages", sync_to_thread=True, status_code=200, opt={MACHINE: True},
    responses={
        200: ResponseSpec(Receipt, description="As JSON if asked for, else the CUSRES itself"),
        202: ResponseSpec(Receipt, description="Batch: the receipt"),
    },
)  # fmt: skip
def take_in(
    request: WebRequest,
    body: RawBody,
    delivery: FromQuery[Literal["interactive", "batch"]] = "interactive",
    kind: Annotated[str, QueryParameter(pattern="^[a-z]{3,20}$")] = "paxlst",
) -> Response[Any]:
    """Take in one transmission: one or more messages of a carrier.

    Interactive (the default) answers with the CUSRES as ``application/edifact``, or as JSON
    with findings where ``Accept: application/json`` asks for it. Batch answers 202 with a
    receipt; the reply is fetched later, or pushed where an address is registered.

    Raises:
        EmptyBody: there is nothing in the body.
        NotYourCarrier: a message is for a carrier one is not registered for.
        UnknownReportKind: no programme of this node reads that kind of message.
        NotProcessed: a fault of ours; the bytes are kept, send them again.

    """
    client = caller(request)
    received = receive(node_of(request), client, body, kind=kind, delivery=delivery)
    headers = {"x-transmission": received.transmission}
    if delivery == "batch":
        return Response(_receipt(received), status_code=202, headers=headers)
    if "application/json" in request.headers.get("accept", ""):
        told = _receipt(received, reply=received.reply.decode("latin-1"))
        return Response(told, headers=headers)
    return Response(received.reply, media_type=EDIFACT, headers=headers)


@get("/v1/messages/{transmission_id:str}", sync_to_thread=True)
def transmission(request: WebRequest, transmission_id: FromPath[str]) -> log.Logged:
    """The state of a transmission of one's own, with everything noticed in it.

    Raises:
        NotFound: no such transmission, or not one of the caller's in the mode of the key.

    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        return log.one(s, client, transmission_id)


@get("/v1/messages/{transmission_id:str}/reply", sync_to_thread=True, media_type=EDIFACT)
def transmission_reply(request: WebRequest, transmission_id: FromPath[str]) -> Response[bytes]:
    """The reply to a batch transmission of one's own, ``application/edifact``.

    Raises:
        NotOneReply: not processed yet, or nothing to reply to.

    """
    client = caller(request)
    with node_of(request).store.act(Actor("client", client.id), PURPOSE) as s:
        rows = s.rows(
            "SELECT body, travellers FROM act.reply WHERE transmission = :id"
            " AND client = :client AND mode = :mode ORDER BY id",
            id=transmission_id,
            client=client.id,
            mode=client.mode,
        )
        s.saw("traveller", [t for r in rows for t in r["travellers"] if t], "reply fetched")
    if not rows:
        raise NotOneReply("ask again later, or look at the state", transmission=transmission_id)
    return Response(b"".join(bytes(r["body"]) for r in rows), media_type=EDIFACT)


def _receipt(received: Received, *, reply: str | None = None) -> Receipt:
    return Receipt(
        transmission=received.transmission, state=received.state, messages=received.messages,
        findings=received.findings, reply=reply,
    )  # fmt: skip

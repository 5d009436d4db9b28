"""A report comes in: read, found again or new, checked, recorded and answered.

One transaction writes the message, its travellers, their checks, the decisions, the cases, the
ledger leaf and the reply. If it fails through a fault of ours nothing of it stands but the bytes
in custody (:mod:`failures`), and the next try is a first try.
"""

import hashlib
from typing import Literal

import msgspec

from smartborder.kernel.errors import AccessError, SmartborderError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import PassengerList
from smartborder.model.reason import Finding
from smartborder.model.reply import ReplyMessage
from smartborder.node.act import acknowledge, failures, parts, transmissions
from smartborder.node.act.about_flight import about_flight
from smartborder.node.act.flights import crossing_leg
from smartborder.node.act.passage import record_message
from smartborder.node.act.replying import answer
from smartborder.node.act.retry import earlier_message
from smartborder.node.act.sender import ReportingClient
from smartborder.node.carriers import completeness
from smartborder.node.node import Node
from smartborder.node.ports import Ports
from smartborder.node.store.session import Actor, Row, Session

Delivery = Literal["interactive", "batch"]
PURPOSE = "passenger-information"


class NotYourCarrier(AccessError):
    """A client reported for a carrier it is not registered for."""

    code = "client.not-your-carrier"
    title = Text("Not registered for this carrier", "Non inscrit pour ce transporteur")


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one transmission.

    Attributes:
        transmission: record id, the receipt.
        reply: the CUSRES bytes, one interchange per message; empty for batch and for messages
            that take no reply.
        findings: everything noticed, message by message.
    """

    transmission: str
    state: str
    reply: bytes = b""
    messages: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def receive(node: Node, client: ReportingClient, data: bytes, *, kind: str = "paxlst",
            channel: str = "api", delivery: Delivery = "interactive") -> Received:  # fmt: skip
    """Take in one transmission (raw bytes, one or more messages).

    Raises:
        InputError: when there is nothing in it that can be read.
        NotYourCarrier: when a message is for a carrier this client may not report for.
        NotProcessed: through a fault of ours; the bytes are kept.
    """
    sha256 = hashlib.sha256(data).digest()
    try:
        return _take_in(node, client, data, sha256, kind, channel, delivery)
    except SmartborderError:
        raise
    except Exception as error:
        raise failures.keep(node, client, data, sha256, kind, channel, delivery, error) from error


def _take_in(node: Node, client: ReportingClient, data: bytes, sha256: bytes, kind: str,
             channel: str, delivery: Delivery) -> Received:  # fmt: skip
    reader = node.kind(kind)
    actor = Actor("client", client.id)
    with node.store.act(actor, PURPOSE) as s:
        record = transmissions.open_(s, node, client, data, sha256, kind, channel, delivery)
        if delivery == "batch":
            transmissions.defer(s, record)
            return Received(transmission=record, state="received")
        return process(s, node, client, record, reader.read(data, s.now), kind)


def process(s: Session, node: Node, client: ReportingClient, record: str,
            messages: tuple[object, ...], kind: str) -> Received:  # fmt: skip
    """Read messages of a transmission, in one transaction with what comes of them."""
    replies: list[bytes] = []
    ids: list[str] = []
    findings: list[Finding] = []
    states: set[str] = set()
    incomplete = completeness.findings(s, node)
    for position, message in enumerate(messages):
        if isinstance(message, ReplyMessage):
            acknowledge.receive(s, client, message)
            states.add("answered")
            continue
        if not isinstance(message, PassengerList):
            findings.extend(getattr(message, "findings", ()))
            continue
        done = _one(s, node, client, record, position, message, kind, incomplete)
        states.add(done.state)
        findings.extend(done.findings)
        ids.extend(done.messages)
        if done.reply:
            replies.append(done.reply)
    state = "answered" if states - {"waiting-parts"} else "waiting-parts"
    if not states:
        state = "failed-parse"
    transmissions.close(s, record, state, findings)
    return Received(
        transmission=record,
        state=state,
        reply=b"".join(replies),
        messages=tuple(ids),
        findings=tuple(findings),
    )


def _one(s: Session, node: Node, client: ReportingClient, record: str, position: int,
         message: PassengerList, kind: str,
         incomplete: tuple[Finding, ...]) -> Received:  # fmt: skip
    _may_report(client, message, node.ports)
    content = content_of(message)
    before, reused = earlier_message(s, client, message, content)
    if before is not None and before["state"] == "waiting-parts":
        return Received(transmission=record, state="waiting-parts", messages=(before["id"],),
                        findings=message.findings)  # fmt: skip
    if before is not None:
        reply = answer(s, node, client, record, before["id"], message, kind)
        return Received(transmission=record, state="answered", reply=reply,
                        messages=(before["id"],),
                        findings=(*_said_before(before), *incomplete))  # fmt: skip
    if reused is not None:
        message = msgspec.structs.replace(message, findings=(*message.findings, reused))
    whole = parts.collect(s, node, client, record, position, message, content, kind)
    if whole is None:
        return Received(transmission=record, state="waiting-parts", findings=message.findings)
    whole = msgspec.structs.replace(
        whole, findings=(*whole.findings, *about_flight(node.ports, whole), *incomplete)
    )
    stored, noticed = record_message(s, node, client, record, position, whole, content)
    reply = answer(s, node, client, record, stored, whole, kind)
    return Received(transmission=record, state="answered", reply=reply, messages=(stored,),
                    findings=(*whole.findings, *noticed))  # fmt: skip


def _said_before(before: Row) -> tuple[Finding, ...]:
    """What was noticed in the message that is sent again; how complete checks were is no part."""
    found = msgspec.convert(before["findings"], tuple[Finding, ...])
    return tuple(f for f in found if f.code != completeness.CODE)


def content_of(message: PassengerList) -> bytes:
    """What a message says, hashed: the same whether it is sent alone or among others."""
    people = tuple(msgspec.structs.replace(t, raw=None) for t in message.travellers)
    said = msgspec.structs.replace(message, travellers=people, findings=())
    return hashlib.sha256(msgspec.json.encode(said)).digest()


def _may_report(client: ReportingClient, message: PassengerList, ports: Ports) -> None:
    """Every leg must be flown by a carrier of this client; a shared number beside it may not be,
    nor an overflight, unless that is what the message is about.

    Raises:
        NotYourCarrier: naming the carrier.
    """
    about = crossing_leg(message.itinerary, ports, client.carriers)
    ours = {
        (leg.origin, leg.destination) for leg in message.itinerary if leg.carrier in client.carriers
    }
    for leg in message.itinerary:
        flown = leg.carrier and (leg is about or not leg.overflight)
        shared = (leg.origin, leg.destination) in ours
        if flown and leg.carrier not in client.carriers and not shared:
            raise NotYourCarrier(
                "this client is not registered for the carrier of the message; ask the help desk",
                carrier=leg.carrier,
            )


def force_late_parts(node: Node) -> int:
    """Record and answer lists whose missing parts did not come in time."""

    def record(s: Session, node: Node, client: ReportingClient, transmission: str,
               message: PassengerList, content: bytes) -> None:  # fmt: skip
        found = (
            *message.findings,
            *about_flight(node.ports, message),
            *completeness.findings(s, node),
        )
        message = msgspec.structs.replace(message, findings=found)
        stored, _ = record_message(s, node, client, transmission, 0, message, content)
        answer(s, node, client, transmission, stored, message, "paxlst")

    return parts.force_late(node, record)

"""The reply to a message: the verdicts in force now, coded as this country codes them.

The carrier learns a code, never a reason. Replies of one meaning are the same bytes but for
references and times.
"""

from collections.abc import Sequence

import msgspec

from smartborder.kernel.time import local_now
from smartborder.model.passenger_list import PassengerList, Traveller
from smartborder.model.reply import ReplyCode, ReplyKind, ReplyMessage, TravellerReply
from smartborder.node.act.passage import LISTS
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session


def answer(s: Session, node: Node, client: ReportingClient, transmission: str, message: str,
           original: PassengerList, kind: str) -> bytes:  # fmt: skip
    """The CUSRES for a recorded message: everybody it names, with the verdict in force now.

    Whoever has no record (no flight, a stranger to be taken off, data destroyed since) is answered
    'error', never OK; so is, on a list that is sent again, whoever was taken off it since: nobody
    checks them any more, and a new message brings them back. A settled double has no better
    verdict than the record that stands for it. A part sent again is answered with the whole list;
    a master crew list, which asks nothing about a flight, with the receipt alone.
    """
    rows = s.rows(
        "SELECT t.id, t.reply, t.flight, t.presence, v.person, v.position, o.reply AS standing"
        " FROM act.traveller_version v JOIN act.traveller t ON t.id = v.traveller"
        " LEFT JOIN act.traveller o ON o.id = t.double_of AND t.double_settled IS NOT NULL"
        "  AND t.presence = 'cancelled' AND o.presence <> 'cancelled'"
        " WHERE v.message = :message ORDER BY v.position",
        message=message,
    )
    known = {r["position"]: r for r in rows}
    asked = original.travellers if original.purpose != "master-crew-list" else ()
    part = original.part not in (None, (1, True))
    people: list[tuple[str, ReplyCode, Traveller]] = [
        (
            known[n]["id"],
            _in_force(known[n], original),
            msgspec.convert(known[n]["person"], Traveller),
        )
        if n in known
        else ("", "error", asked[n])
        for n in (sorted(known) if part else range(len(asked)))
    ]
    return send(s, node, client, original, people, kind=kind, reply_kind="reply",
                transmission=transmission, message=message,
                flight=rows[0]["flight"] if rows else None)  # fmt: skip


def _in_force(row: Row, original: PassengerList) -> ReplyCode:
    reply: ReplyCode = row["reply"]
    if row["presence"] != "cancelled" or original.purpose not in LISTS:
        return reply
    if row["standing"] is None:
        return "error"
    standing: ReplyCode = row["standing"]
    return standing if reply == "ok" else reply


def send(s: Session, node: Node, client: ReportingClient, original: PassengerList,
         people: Sequence[tuple[str, ReplyCode, Traveller]], *, kind: str, reply_kind: ReplyKind,
         transmission: str | None, message: str | None, flight: str | None) -> bytes:  # fmt: skip
    """Write a CUSRES, keep it as sent, and return its bytes."""
    record = s.new_id("reply")
    control = record.removeprefix("reply-")[-14:].upper()
    reply = ReplyMessage(
        sender=node.pack.edifact_id,
        recipient=original.sender or client.address,
        reference=control,
        interchange_reference=control,
        kind=reply_kind,
        transaction=original.transaction if reply_kind == "reply" else control,
        prepared_at=local_now(s.now, node.pack.time_zone),
        itinerary=original.itinerary,
        replies=tuple(coded(node, code, person) for _, code, person in people),
    )
    body = node.kind(kind).write(
        reply, at=reply.prepared_at or s.now, sender=node.pack.edifact_id,
        recipient=original.sender or client.address, control_reference=control,
    )  # fmt: skip
    state = "fetched" if reply_kind == "reply" else "awaiting-ack"
    s.later(
        "INSERT INTO act.reply (id, client, mode, kind, transmission, message, flight,"
        " travellers, codes, control_reference, body, created_at, state, next_try) VALUES (:id,"
        " :client, :mode, :kind, :transmission, :message, :flight, :travellers, :codes, :control,"
        " :body, :now, :state, :next)",
        id=record, client=client.id, mode=client.mode, kind=reply_kind,
        transmission=transmission, message=message, flight=flight,
        travellers=[i for i, _, _ in people], codes=[c for _, c, _ in people],
        control=control, body=body, now=s.now, state=state,
        next=s.now if state == "awaiting-ack" else None,
    )  # fmt: skip
    return body


def coded(node: Node, code: ReplyCode, person: Traveller) -> TravellerReply:
    """One traveller's reply in this country's code; the text is the same for all of a meaning."""
    row = node.pack.replies[code]
    references = person.references
    if not references and person.locator:
        references = (("AVF", person.locator),)
    return TravellerReply(
        traveller_ref=person.reference or person.locator,
        references=references[:3],
        code=row.code,
        meaning=code,
        text=row.text.in_(node.pack.languages[0]) if code != "ok" else None,
    )

"""Message records: one per EDIFACT message, travellers kept apart from it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from smartborder.model.passenger_list import PassengerList
from smartborder.model.reason import Finding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import Session


def insert(s: Session, client: ReportingClient, transmission: str, position: int,
           message: PassengerList, content: bytes, *, state: str, delete_by: datetime | None,
           keep_travellers: bool = False) -> str:  # fmt: skip
    """Record one message; its people live in ``act.traveller`` unless parts are awaited."""
    record = s.new_id("message")
    kept = message if keep_travellers else msgspec.structs.replace(message, travellers=())
    carrier = next((leg.carrier for leg in message.itinerary if leg.carrier), None)
    number, last = message.part or (None, None)
    s.later(
        "INSERT INTO act.message (id, transmission, position, client, mode, carrier, sender,"
        " interchange_reference, reference, common_reference, transaction, content, part,"
        " part_last, format, version, purpose, received_at, state, travellers, findings, body,"
        " delete_by) VALUES (:id, :transmission, :position, :client, :mode, :carrier, :sender,"
        " :interchange, :reference, :common, :transaction, :content, :part, :part_last, :format,"
        " :version, :purpose, :now, :state, :travellers, :findings, :body, :delete_by)",
        id=record,
        transmission=transmission,
        position=position,
        client=client.id,
        mode=client.mode,
        carrier=carrier,
        sender=message.sender,
        interchange=message.interchange_reference,
        reference=message.reference,
        common=message.common_reference,
        transaction=message.transaction,
        content=content,
        part=number,
        part_last=last,
        format=message.format,
        version=message.version,
        purpose=message.purpose,
        now=s.now,
        state=state,
        travellers=len(message.travellers),
        findings=msgspec.json.encode(message.findings).decode(),
        body=msgspec.json.encode(msgspec.structs.replace(kept, findings=())).decode(),
        delete_by=delete_by,
    )
    return record


def note(s: Session, message: str, findings: Sequence[Finding]) -> None:
    """Add findings that were only made while the message was being acted on."""
    s.later(
        "UPDATE act.message SET findings = findings || CAST(:findings AS jsonb) WHERE id = :id",
        id=message,
        findings=msgspec.json.encode(findings).decode(),
    )

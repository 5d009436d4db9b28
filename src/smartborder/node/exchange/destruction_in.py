"""The partner certifies that it destroyed a record of ours."""

from datetime import datetime

from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody import embargo
from smartborder.node.custody.disclosures import was_given
from smartborder.node.exchange import encounters, sharing
from smartborder.node.exchange.destruction import OF_A_CASE, PURPOSE
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


@handles(sharing.AGREEMENT, "destruction", PURPOSE, lambda _: OF_A_CASE)
@handles(encounters.AGREEMENT, "destruction", PURPOSE, lambda _: OF_A_CASE)
@handles(embargo.AGREEMENT, "destruction", PURPOSE, lambda _: OF_A_CASE)
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep the receipt beside our record that it certifies.

    Raises:
        EnvelopeRefused: we never gave the partner such a record, or it gives no instant.

    """
    record = _given(s, header, str(fields.get("id")))
    if record is None:
        raise EnvelopeRefused("certifies what it was never given", envelope=header.id)
    try:
        destroyed_at = datetime.fromisoformat(str(fields.get("done_at")))
    except ValueError as error:
        raise EnvelopeRefused("a receipt says when", envelope=header.id) from error
    if destroyed_at.tzinfo is None:
        raise EnvelopeRefused("an instant needs its offset from UTC", envelope=header.id)
    s.run(
        "INSERT INTO custody.receipt (id, way, record, version, partner, envelope, destroyed_at,"
        " at) VALUES (:id, 'in', :record, :version, :partner, :envelope, :at, :now)"
        " ON CONFLICT (way, partner, record) DO UPDATE SET version = excluded.version,"
        " envelope = excluded.envelope, destroyed_at = excluded.destroyed_at, at = excluded.at",
        id=s.new_id("receipt"),
        record=record,
        version=fields.get("version"),
        partner=header.sender,
        envelope=header.id,
        at=destroyed_at,
        now=s.now,
    )
    s.leaf("receipt", record, {"destroyed-by": header.sender, "envelope": header.id})
    s.notify("redress")
    return Effect(outcome="applied", record=record)


def _given(s: Session, header: Header, named: str) -> str | None:
    """Our record that the partner was given: by the envelope it answers, else by its number."""
    found: str | None = s.value(
        "SELECT record FROM exchange.outbox WHERE id = :id AND partner = :p"
        " AND agreement = :agreement",
        id=header.in_reply_to,
        p=header.sender,
        agreement=header.agreement,
    )
    if found is None and was_given(s, named, f"partner:{header.sender}"):
        return named
    return found

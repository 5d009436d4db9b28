"""The partner certifies that it destroyed a record of ours."""

from datetime import datetime

from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody import corrections
from smartborder.node.exchange import sharing
from smartborder.node.exchange.destruction import PURPOSE
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


@handles(sharing.AGREEMENT, "destruction", PURPOSE, lambda _: {})
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep the receipt beside the record it certifies.

    Raises:
        EnvelopeRefused: we never gave the partner such a record, or it gives no instant.

    """
    record = str(fields.get("id"))
    if f"partner:{header.sender}" not in corrections.recipients(s, record):
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
    return Effect(outcome="applied")

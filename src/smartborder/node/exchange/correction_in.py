"""Corrections of the partner's records held here, and its confirmations of ours."""

from smartborder import agreements
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.agreements import standing
from smartborder.node.custody import corrections
from smartborder.node.exchange import crossings, received_lookouts, sharing
from smartborder.node.exchange.correction import PURPOSE
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


@handles(sharing.AGREEMENT, "correction", "border-lookout", received_lookouts.facts)
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The partner's look-out says something else now; what derives from it follows by itself.

    A correction outlives a suspension, but brings nothing new with it: a look-out that is not
    held here stays away then.

    Raises:
        LookoutUnusable: as for a new look-out.

    """
    record = str(fields.get("id"))
    held = s.value("SELECT 1 FROM lookouts.lookout WHERE id = :id AND current", id=record)
    compiled = agreements.load(header.agreement)
    if held is None and not standing.may_cross(s, home, compiled, "disclosure"):
        return Effect(outcome="applied")
    effect = received_lookouts.take_in(s, home, header, fields)
    corrections.applied(s, record, int(fields.get("version") or 1), f"partner:{header.sender}",
                        header.id)  # fmt: skip
    return effect


@handles(crossings.AGREEMENT, "correction", crossings.PURPOSE, lambda _: crossings.LAND)
def take_in_crossing(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The partner's record of a crossing says something else now.

    One that is not held here any more is applied: there is nothing left to correct.

    Raises:
        EnvelopeRefused: it is no crossing.

    """
    row = s.first(
        "SELECT * FROM exchange.crossing WHERE envelope = :envelope AND partner = :partner"
        " AND way = 'received'",
        envelope=header.in_reply_to,
        partner=header.sender,
    )
    if row is None:
        return Effect(outcome="applied")
    crossings.put_again(s, row, crossings.read(header, fields))
    version = corrections.next_version(s, row["id"])
    corrections.applied(s, row["id"], version, f"partner:{header.sender}", header.id)
    return Effect(outcome="applied", record=row["id"])


@handles(crossings.AGREEMENT, "correction", PURPOSE, lambda _: crossings.LAND)
@handles(sharing.AGREEMENT, "correction", PURPOSE, lambda _: {})
def confirmed(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The partner corrected its copy and what it derived from it.

    Raises:
        EnvelopeRefused: we sent it no such correction.

    """
    record = corrections.confirmed(s, header.in_reply_to or "", header.sender)
    if record is None or fields.get("id", record) != record:
        raise EnvelopeRefused("confirms a correction we did not send", envelope=header.id)
    return Effect(outcome="applied")

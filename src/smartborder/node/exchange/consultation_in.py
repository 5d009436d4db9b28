"""The partner consults us about our record, and answers when we consulted it about its own."""

from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody.disclosures import was_given
from smartborder.node.exchange.consultation import ADVICE, ANSWER, ASK
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.exchange.sharing import AGREEMENT
from smartborder.node.home import NodeHome
from smartborder.node.redress.requests import KINDS
from smartborder.node.store.session import Session


@handles(AGREEMENT, "notice", ASK, lambda _: {"open_case": True})
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep the question for our privacy officer.

    Raises:
        EnvelopeRefused: it is about no record that we gave this partner.

    """
    record, kind = str(fields.get("id")), fields.get("redress_kind")
    if kind not in KINDS or not was_given(s, record, f"partner:{header.sender}"):
        raise EnvelopeRefused("about no record that was given", envelope=header.id)
    consultation = s.new_id("consultation")
    s.run(
        "INSERT INTO redress.consultation (id, way, partner, record, kind, envelope, at)"
        " VALUES (:id, 'in', :partner, :record, :kind, :envelope, :now)",
        id=consultation,
        partner=header.sender,
        record=record,
        kind=kind,
        envelope=header.id,
        now=s.now,
    )
    s.leaf("consultation", consultation, {"partner": header.sender, "record": record})
    s.notify("redress")
    return Effect(outcome="applied")


@handles(AGREEMENT, "notice", ANSWER, lambda fields: {"originator": fields.get("originator")})
def take_answer(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """What the originator lets us say; the copy in the request carries it from now on.

    Raises:
        EnvelopeRefused: we asked nothing of the kind.

    """
    advice = fields.get("redress_advice")
    row = s.first(
        "UPDATE redress.consultation SET advice = :advice, answered_at = :now, answered_by = :by"
        " WHERE way = 'out' AND envelope = :envelope AND partner = :partner RETURNING request,"
        " record",
        advice=advice,
        now=s.now,
        by=f"partner:{header.sender}",
        envelope=header.in_reply_to,
        partner=header.sender,
    )
    if row is None or advice not in ADVICE or row["record"] != fields.get("id"):
        raise EnvelopeRefused("an answer to nothing we asked", envelope=header.id)
    s.run(
        "UPDATE redress.copy SET advice = :advice WHERE request = :request AND record = :record",
        advice=advice,
        request=row["request"],
        record=row["record"],
    )
    s.leaf("redress", row["request"], {"record": row["record"], "advice": advice})
    s.notify("redress")
    return Effect(outcome="applied")

"""Asking the originator whether its look-out may be passed on, and answering when we are asked."""

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.custody.disclosures import was_given
from smartborder.node.custody.onward import KINDS
from smartborder.node.exchange import gate
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.sharing import AGREEMENT
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

ASK = "onward-request"
ANSWER = "onward-answer"


class CannotAsk(InputError):
    """Only a partner's look-out that is held here can be asked about, for a kind of authority."""

    code = "onward.cannot-ask"
    title = Text("Nothing to ask", "Rien à demander")


def ask(s: Session, home: NodeHome, record: str, onward_to: str) -> str:
    """Ask the originator of a look-out held here; the id of the question.

    Raises:
        CannotAsk: it is no look-out of the partner, or no such kind of authority.

    """
    originator = s.value("SELECT partner FROM custody.received WHERE record = :r"
                         " AND agreement = :agreement", r=record, agreement=AGREEMENT)  # fmt: skip
    if originator is None or onward_to not in KINDS:
        raise CannotAsk(f"a partner's look-out, and one of {', '.join(KINDS)}")
    passed = gate.send(s, home, Outgoing(
        kind="notice", agreement=AGREEMENT, channel="push", stage="response", purpose=ASK,
        subject=record, record=record, fields=("id", "onward_to"), facts={},
        values={"id": record, "onward_to": onward_to},
    ))  # fmt: skip
    if passed is None or not passed.sent:
        raise CannotAsk("nothing may cross under the agreement")
    return _keep(s, "out", record, originator, onward_to, passed.envelope)


def answer(s: Session, home: NodeHome, question: str, *, consent: bool) -> None:
    """Allow that our look-out is passed on, or refuse.

    Raises:
        NotFound: there is no such question, or it was answered.

    """
    row = s.one("SELECT * FROM custody.onward WHERE id = :id AND way = 'in'"
                " AND answered_at IS NULL FOR UPDATE", id=question)  # fmt: skip
    gate.send(s, home, Outgoing(
        kind="notice", agreement=AGREEMENT, channel="push", stage="response", purpose=ANSWER,
        subject=row["record"], record=row["record"], in_reply_to=row["envelope"],
        fields=("id", "originator", "onward_consent"), facts={"originator": home.node_id},
        values={"id": row["record"], "originator": home.node_id, "onward_consent": consent},
    ))  # fmt: skip
    _answered(s, question, consent)


@handles(AGREEMENT, "notice", ASK, lambda _: {})
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep the question for our privacy officer.

    Raises:
        EnvelopeRefused: it is about no record that we gave this partner.

    """
    record, kind = str(fields.get("id")), str(fields.get("onward_to"))
    if kind not in KINDS or not was_given(s, record, f"partner:{header.sender}"):
        raise EnvelopeRefused("about no record that was given", envelope=header.id)
    _keep(s, "in", record, header.sender, kind, header.id)
    s.notify("redress")
    return Effect(outcome="applied")


@handles(AGREEMENT, "notice", ANSWER, lambda fields: {"originator": fields.get("originator")})
def take_answer(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The originator's yes or no.

    Raises:
        EnvelopeRefused: we asked nothing of the kind.

    """
    question = s.value(
        "SELECT id FROM custody.onward WHERE way = 'out' AND envelope = :envelope"
        " AND partner = :partner AND record = :record",
        envelope=header.in_reply_to,
        partner=header.sender,
        record=fields.get("id"),
    )
    if question is None:
        raise EnvelopeRefused("an answer to nothing we asked", envelope=header.id)
    _answered(s, question, fields.get("onward_consent") is True)
    return Effect(outcome="applied")


def _keep(s: Session, way: str, record: str, partner: str, onward_to: str,
          envelope: str) -> str:  # fmt: skip
    made = s.new_id("onward")
    s.run(
        "INSERT INTO custody.onward (id, way, record, partner, onward_to, envelope, at, by)"
        " VALUES (:id, :way, :record, :partner, :to, :envelope, :now, :by)",
        id=made,
        way=way,
        record=record,
        partner=partner,
        to=onward_to,
        envelope=envelope,
        now=s.now,
        by=s.actor.label,
    )
    s.leaf("onward", record, {"question": made, "to": onward_to, "by": s.actor.label})
    return made


def _answered(s: Session, question: str, consent: bool) -> None:
    row = s.one(
        "UPDATE custody.onward SET consent = :consent, answered_at = :now, answered_by = :by"
        " WHERE id = :id RETURNING record",
        consent=consent,
        now=s.now,
        by=s.actor.label,
        id=question,
    )
    s.leaf("onward", row["record"], {"question": question, "consent": consent})

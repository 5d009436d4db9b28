"""Before a person is told anything of a partner's record, its originator is asked.

The question names the record and what the request is for, never who asks (shared-lookouts SL-14);
the answer says what may be told. Both outlive a suspension.
"""

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.node.exchange import gate
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.sharing import AGREEMENT
from smartborder.node.home import NodeHome
from smartborder.node.redress.requests import held_open
from smartborder.node.store.session import Session

ASK = "redress-consultation"
ANSWER = "redress-answer"
ADVICE = ("may-tell", "may-not-tell", "neither")


class NobodyToAsk(StateError):
    """This copy is our own, or its originator was asked already: nobody is left to ask."""

    code = "redress.nobody-to-ask"
    title = Text("Nobody to ask", "Personne à consulter")


class UnknownAdvice(InputError):
    """The person may be told, may not be told, or may neither be told nor denied."""

    code = "redress.unknown-advice"
    title = Text("Unknown answer", "Réponse inconnue")


def ask(s: Session, home: NodeHome, request: str, record: str) -> str:
    """Ask the originator of a copy that was found in an open request; the consultation's id.

    Raises:
        NotOpen: the transaction is not bound to an open request.
        NotFound: no such copy was found for it.
        NobodyToAsk: the copy is ours, no agreement foresees the question, or it was put.

    """
    kind = held_open(s, request).kind
    row = s.one("SELECT originator, kind FROM redress.copy WHERE request = :q AND record = :r",
                q=request, r=record)  # fmt: skip
    asked = s.value("SELECT 1 FROM redress.consultation WHERE request = :q AND record = :r",
                    q=request, r=record)  # fmt: skip
    if row["originator"] is None or row["kind"] != "lookout" or asked:
        raise NobodyToAsk("ours, not foreseen, or asked already", record=record)
    passed = gate.send(s, home, Outgoing(
        kind="notice", agreement=AGREEMENT, channel="push", stage="response", purpose=ASK,
        subject=record, record=record, fields=("id", "redress_kind"),
        values={"id": record, "redress_kind": kind}, facts={"open_case": True},
    ))  # fmt: skip
    if passed is None or not passed.sent:
        raise NobodyToAsk("nothing may cross under the agreement", record=record)
    consultation = s.new_id("consultation")
    s.run(
        "INSERT INTO redress.consultation (id, way, request, partner, record, kind, envelope, at)"
        " VALUES (:id, 'out', :request, :partner, :record, :kind, :envelope, :now)",
        id=consultation,
        request=request,
        partner=row["originator"],
        record=record,
        kind=kind,
        envelope=passed.envelope,
        now=s.now,
    )
    return consultation


def answer(s: Session, home: NodeHome, consultation: str, advice: str) -> None:
    """The originator's officer says what the person may be told of our record.

    Raises:
        NotFound: there is no such consultation, or it was answered.
        UnknownAdvice: see there.

    """
    if advice not in ADVICE:
        raise UnknownAdvice(f"one of {', '.join(ADVICE)}")
    row = s.one("SELECT * FROM redress.consultation WHERE id = :id AND way = 'in'"
                " AND answered_at IS NULL FOR UPDATE", id=consultation)  # fmt: skip
    gate.send(s, home, Outgoing(
        kind="notice", agreement=AGREEMENT, channel="push", stage="response", purpose=ANSWER,
        subject=row["record"], record=row["record"], fields=("id", "originator", "redress_advice"),
        values={"id": row["record"], "originator": home.node_id, "redress_advice": advice},
        facts={"originator": home.node_id}, in_reply_to=row["envelope"],
    ))  # fmt: skip
    s.run(
        "UPDATE redress.consultation SET advice = :advice, answered_at = :now, answered_by = :by"
        " WHERE id = :id",
        advice=advice,
        now=s.now,
        by=s.actor.label,
        id=consultation,
    )
    s.leaf("consultation", consultation, {"advice": advice, "by": s.actor.label})

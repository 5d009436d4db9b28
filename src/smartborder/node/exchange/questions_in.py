"""The partner asks about its traveller and our look-out: answered by rule or by a person.

A document number that agrees answers by itself what the agreement grants after a match. Anything
less waits for a person. Whatever is decided, an answer of the same shape and size goes out.
"""

from typing import Any

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.model.lookout import Lookout
from smartborder.node.act.identity import plain_number
from smartborder.node.exchange import gate
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.exchange.encounters import AGREEMENT
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.questions import GOOD_FOR, PURPOSE, ROWS, SEALED
from smartborder.node.exchange.sealed_question import who
from smartborder.node.home import NodeHome
from smartborder.node.lookouts.keeping import current
from smartborder.node.store.session import NotFound, Session

ANSWERED = (
    "hit", "id", "names", "birth_dates", "nationalities", "sex", "documents", "basis", "office",
    "instruction", "caveats",
)  # fmt: skip


class AlreadyDecided(StateError):
    """The question was answered or has expired meanwhile."""

    code = "question.already-decided"
    title = Text("Already decided", "Déjà tranché")


@handles(AGREEMENT, "question", PURPOSE, lambda _: {"officer_confirmed": True, "open_case": True})
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep the question; answer at once if a document agrees, else hold it for a person."""
    lookout = _ours(s, fields.get("id"))
    record = s.new_id("question")
    sure = lookout is not None and _same_document(lookout, fields)
    s.run(
        "INSERT INTO exchange.request (id, way, partner, lookout, envelope, body, who, asked_by,"
        " asked_at, expires_at, state) VALUES (:id, 'in', :partner, :lookout, :envelope, :body,"
        " :who, :by, :now, :expires, 'held')",
        id=record,
        partner=header.sender,
        lookout=str(fields.get("id")),
        envelope=header.id,
        body=SEALED.body(s, record, {**fields, "pseudonym": header.subject}),
        who=who(s.data_key, fields),
        by=f"partner:{header.sender}",
        now=s.now,
        expires=s.now + GOOD_FOR,
    )
    s.leaf("question", record, {"from": header.sender, "envelope": header.id})
    if sure:
        decide(s, home, record, match=True, officer=None)
        return Effect(outcome="applied", record=record)
    s.notify("exchange")
    return Effect(outcome="held", record=record)


def decide(s: Session, home: NodeHome, question: str, *, match: bool,
           officer: str | None = "release") -> None:  # fmt: skip
    """Answer a held question.

    Args:
        s: the officer's transaction, or the partner's where a rule answers.
        home: the node.
        question: its id.
        match: whether the traveller is our subject.
        officer: ``release`` or ``refuse`` if a person decides; None where a document agreed.

    Raises:
        NotFound: there is no such question.
        AlreadyDecided: it was answered or has expired.

    """
    row = s.one(
        "SELECT * FROM exchange.request WHERE id = :id AND way = 'in' FOR UPDATE", id=question
    )
    if row["state"] != "held":
        raise AlreadyDecided("nothing is left to decide", question=question)
    lookout = _ours(s, row["lookout"])
    values: dict[str, Any] = msgspec.to_builtins(lookout) if lookout and match else {}
    gate.send(s, home, Outgoing(
        kind="disclosure", agreement=AGREEMENT, channel="query", stage="response", match=match,
        purpose=PURPOSE, subject=row["lookout"], record=question, fields=ANSWERED,
        values={**values, "hit": match}, in_reply_to=row["envelope"], answers=True,
        facts={
            "officer_confirmed": True, "open_case": True,
            **({"officer_decision": officer} if officer else {"match_basis": "document"}),
        },
    ))  # fmt: skip
    s.run(
        "UPDATE exchange.request SET state = 'answered', answered_at = :now, answered_by = :by"
        " WHERE id = :id",
        id=question,
        now=s.now,
        by=f"{s.actor.kind}:{s.actor.id}" if officer else "rule:document-same",
    )
    s.notify("exchange")


@handles(AGREEMENT, "disclosure", PURPOSE, lambda _: {"officer_confirmed": True, "open_case": True})
def take_answer(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """The answer to our question, kept with the case that asked.

    Raises:
        EnvelopeRefused: it answers nothing that we asked.

    """
    row = s.first(
        f"{ROWS} WHERE q.envelope = :envelope AND q.way = 'out' AND q.partner = :partner"
        " FOR UPDATE OF q",
        envelope=header.in_reply_to,
        partner=header.sender,
    )
    if row is None:
        raise EnvelopeRefused("an answer to nothing we asked", envelope=header.id)
    s.run(
        "UPDATE exchange.request SET state = 'answered', answer = :answer, answered_at = :now,"
        " answered_by = :by WHERE id = :id",
        id=row["id"],
        answer=SEALED.given(s, row, {name: fields.get(name) for name in ANSWERED}),
        now=s.now,
        by=f"partner:{header.sender}",
    )
    s.notify(f"case:{row['case_id']}")
    return Effect(outcome="applied", record=row["id"])


def _ours(s: Session, lookout_id: object) -> Lookout | None:
    """Our own look-out in force of that id; it stays as it is until the answer is on its way.

    Whoever corrects it meanwhile waits for us or we for him, so that the answer and the
    correction leave in the order in which they were true.
    """
    s.run("SELECT FROM lookouts.lookout WHERE id = :id FOR SHARE", id=str(lookout_id))
    try:
        kept = current(s, lookout_id if isinstance(lookout_id, str) else "")
    except NotFound:
        return None
    return kept.lookout if kept.in_force and kept.lookout.agreement is None else None


def _same_document(lookout: Lookout, fields: Fields) -> bool:
    number = plain_number(str(fields.get("document_number") or ""))
    return bool(number) and any(
        plain_number(d.number) == number
        and (d.issuer is None or d.issuer == fields.get("document_issuer"))
        for d in lookout.documents
    )

"""The partner's answer to our question about a person, kept with the case that asked."""

from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.exchange.effects import Effect, Fields
from smartborder.node.exchange.query import ROWS, SEALED
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


def take_answer(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep what was given; a later answer to the same question adds to it.

    Raises:
        EnvelopeRefused: it answers nothing that we asked, or more than we asked.

    """
    row = s.first(
        f"{ROWS} WHERE q.envelope = :envelope AND q.way = 'out' AND q.partner = :partner"
        " FOR UPDATE OF q",
        envelope=header.in_reply_to,
        partner=header.sender,
    )
    if row is None:
        raise EnvelopeRefused("an answer to nothing we asked", envelope=header.id)
    if set(fields) - set(row["asks"]):
        raise EnvelopeRefused("more than we asked for", envelope=header.id)
    before = {k: v for k, v in SEALED.answer(s, row).items() if v is not None}
    answer = {**dict.fromkeys(row["asks"]), **before, **fields}
    s.later(
        "UPDATE exchange.query SET state = 'answered', answer = :answer, answered_at = :now,"
        " answered_by = :by WHERE id = :id",
        id=row["id"],
        answer=SEALED.given(s, row, answer),
        now=s.now,
        by=f"partner:{header.sender}",
    )
    s.notify(f"case:{row['case_id']}")
    return Effect(outcome="applied", record=row["id"])

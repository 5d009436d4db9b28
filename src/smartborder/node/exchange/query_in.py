"""The partner asks about a person: answered at once, field by field, in one shape and size.

What no clause lets cross, what we do not hold and what is empty are answered alike and as fast.
Where a person here has to decide, the partner is first answered like any absent record; what is
released later goes out as one more answer of the same size.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from smartborder import agreements
from smartborder.model.exchange import Header
from smartborder.node.exchange import gate, probing, query
from smartborder.node.exchange.effects import Effect, Fields, OverBroad, handles
from smartborder.node.exchange.files import Found, find, one
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.questions_in import AlreadyDecided
from smartborder.node.exchange.received_answers import take_answer
from smartborder.node.exchange.sealed_question import who
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer needs to know of its question."""

    record: str
    envelope: str
    purpose: str
    subject: str
    asks: tuple[str, ...]


UNKNOWN = "XXA"
"""Citizenship of the stateless (Doc 9303): stands where a question gives none."""
NOBODY = Found(id="", method="document", fields={}, facts={})


def _asked(fields: Fields) -> dict[str, Any]:
    return {"citizenships": fields.get("citizenships") or [UNKNOWN]}


def _answered(fields: Fields) -> dict[str, Any]:
    """By its signature the sender attests that the person is eligible; it knows, we do not."""
    return {
        "citizenships": fields.get("citizenships") or [UNKNOWN],
        "permanent_resident_of": [],
        "refugee_claimant_in": [],
        "alleges_persecution_in": [],
        "previous_finding": ["document-issued"],
        "officer_reviewed": True,
    }


def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Answer a question; keep it for a person too where a clause leaves the decision to one.

    Raises:
        OverBroad: it asks for a field that the agreement does not name at all.

    """
    over = sorted(set(header.asks) - set(query.fields(agreements.load(header.agreement))))
    if over or not header.asks:
        raise OverBroad(f"asked for {', '.join(over)[:200] or 'nothing'}", envelope=header.id)
    lately = probing.lately(s, header.sender)
    found = find(s, fields)
    suspect = probing.suspect(s, header.sender, lately)
    sure = found is not None and found.method == "document" and not suspect
    shut = _step_gave_nothing(s, header)
    asked = Asked(record=header.id, envelope=header.id, purpose=header.purpose,
                  subject=header.subject, asks=header.asks)  # fmt: skip
    passed = _send(s, home, asked, found if sure and not shut else None, fields)
    held = found is not None and not shut and (
        not sure or (passed is not None and passed.answer.outcome == "held-for-officer")
    )  # fmt: skip
    record = s.new_id("query")
    s.later(
        "INSERT INTO exchange.query (id, way, partner, agreement, purpose, asks, body, who,"
        " envelope, parent, file, method, nothing, asked_by, asked_at, expires_at, state, sampled)"
        " VALUES (:id, 'in', :partner, :agreement, :purpose, :asks, :body, :who, :envelope,"
        " :parent, :file, :method, :nothing, :by, :now, :expires, :state, :sampled)",
        id=record,
        partner=header.sender,
        agreement=header.agreement,
        purpose=header.purpose,
        asks=list(header.asks),
        body=query.SEALED.body(s, record, {**fields, "pseudonym": header.subject}),
        who=who(s.data_key, fields),
        envelope=header.id,
        parent=header.in_reply_to,
        file=found.id if found else None,
        method=found.method if found else None,
        nothing=not sure or shut or passed is None or not passed.answer.granted,
        by=f"partner:{header.sender}",
        now=s.now,
        expires=s.now + query.GOOD_FOR,
        state="held" if held else "answered",
        sampled=probing.drawn(home, header.id),
    )
    s.leaf("query", record, {"from": header.sender, "envelope": header.id,
                             "asks": list(header.asks)})  # fmt: skip
    if held:
        s.notify("exchange")
    return Effect(outcome="applied", record=record)


def _step_gave_nothing(s: Session, header: Header) -> bool:
    """Whether the existence step that this question follows was answered with nothing.

    Then the record may not speak either, or both answers together would tell more than each.
    """
    if header.in_reply_to is None:
        return False
    return bool(s.value(
        "SELECT nothing FROM exchange.query WHERE envelope = :e AND way = 'in' AND partner = :p",
        e=header.in_reply_to, p=header.sender,
    ))  # fmt: skip


def _send(s: Session, home: NodeHome, asked: Asked, found: Found | None,
          fields: Mapping[str, Any], officer: str | None = None) -> gate.Passed | None:  # fmt: skip
    """One answer: the same statements and the same bytes whether there is a file or not."""
    about = found or NOBODY
    return gate.send(s, home, Outgoing(
        kind="disclosure", agreement=query.AGREEMENT, channel="query", stage="response",
        purpose=asked.purpose, match=found is not None, subject=asked.subject,
        pseudonym=asked.subject, record=about.id or asked.record, fields=asked.asks,
        values={**about.fields, "hit": found is not None, "match_method": about.method},
        in_reply_to=asked.envelope, answers=True,
        facts={**_asked(fields), **about.facts,
               **({"officer_decision": officer} if officer else {})},
    ))  # fmt: skip


def decide(s: Session, home: NodeHome, record: str, *, release: bool) -> None:
    """A person decides a held question; only a release sends anything more.

    Raises:
        NotFound: there is no such question.
        AlreadyDecided: it was decided or has expired.

    """
    row = s.one(
        f"{query.ROWS} WHERE q.id = :id AND q.way = 'in' FOR UPDATE OF q",
        id=record,
    )
    if row["state"] != "held":
        raise AlreadyDecided("nothing is left to decide", query=record)
    if release:
        body = query.SEALED.asked(s, row)
        asked = Asked(record=record, envelope=row["envelope"], purpose=row["purpose"],
                      subject=body["pseudonym"], asks=tuple(row["asks"]))  # fmt: skip
        _send(s, home, asked, one(s, row["file"]), body, "release")
    s.run(
        "UPDATE exchange.query SET state = 'answered', answered_at = :now, answered_by = :by,"
        " nothing = NOT :release WHERE id = :id",
        id=record,
        now=s.now,
        by=s.actor.label,
        release=release,
    )
    s.leaf("query", record, {"decided": "release" if release else "refuse"})
    s.notify("exchange")


for _purpose in (p.code for p in agreements.load(query.AGREEMENT).document.purposes):
    handles(query.AGREEMENT, "question", _purpose, _asked)(take_in)
    handles(query.AGREEMENT, "disclosure", _purpose, _answered)(take_answer)

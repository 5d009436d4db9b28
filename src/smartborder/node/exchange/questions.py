"""One question about one person: for a hit that an officer confirmed, in the case he holds.

Never about a flight, a companion or a list; never without a case; never twice at a time.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.node.act import sealed_hit
from smartborder.node.exchange import gate
from smartborder.node.exchange.encounters import AGREEMENT, basis
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.purpose import agreed_purpose
from smartborder.node.exchange.sealed_question import SealedQuestion, who
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Row, Session

PURPOSE = "confirm-hit"
ASKED = (
    "id", "surname", "given_names", "birth_date", "nationality", "document_type",
    "document_number", "document_issuer",
)  # fmt: skip
GOOD_FOR = timedelta(hours=24)
SEALED = SealedQuestion("exchange.request")
ROWS = SEALED.rows


class NotConfirmed(StateError):
    """No officer has confirmed this hit, or it is not the partner's: there is nothing to ask."""

    code = "question.not-confirmed"
    title = Text("Confirm the hit first", "Confirmez d'abord la correspondance")


class AlreadyAsked(StateError):
    """The question is out; its answer or its expiry comes first."""

    code = "question.already-asked"
    title = Text("Already asked", "Déjà demandé")


class NotPermitted(StateError):
    """The agreement does not let this question be put; the screen names the clause."""

    code = "question.not-permitted"
    title = Text("The agreement does not permit it", "L'accord ne le permet pas")


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question asked of the partner, or by the partner of us.

    Attributes:
        way: ``out`` (we asked) or ``in`` (the partner asked).
        state: ``asked``, ``held`` (a person must decide), ``answered`` or ``expired``.
        answer: the fields that came back; all null where nothing was given, whatever the reason.

    """

    id: str
    way: str
    partner: str
    lookout: str
    hit: str | None
    case_id: str | None
    body: dict[str, Any]
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    state: str
    answer: dict[str, Any] | None
    answered_at: datetime | None


def ask(s: Session, home: NodeHome, hit: str) -> str:
    """Ask the originator whether a confirmed hit is its subject; the id of the question.

    Raises:
        NotFound: there is no such hit.
        NotOfTheCase: the transaction is not for this case.
        NotConfirmed: nobody confirmed it, or the look-out is our own.
        AlreadyAsked: the question is out.
        NotPermitted: the agreement says no.

    """
    row = s.one(
        "SELECT h.*, k.wrapped, v.person, c.purpose AS case_purpose, l.id AS lookout, l.originator,"
        f" l.agreement AS under FROM act.hit h {sealed_hit.KEY}"
        " JOIN act.traveller_version v ON v.traveller = h.traveller AND v.version = h.version"
        " JOIN act.case_file c ON c.id = h.case_id"
        " LEFT JOIN lookouts.lookout l ON 'lookout:' || l.id = h.entry AND l.current"
        " WHERE h.id = :hit FOR UPDATE OF h",
        hit=hit,
    )
    if row["state"] != "confirmed" or row["under"] is None:
        raise NotConfirmed("an officer confirms a hit of the partner first", hit=hit)
    agreed_purpose(s, row["case_purpose"], row["case_id"])
    if s.value("SELECT 1 FROM exchange.request WHERE hit = :hit AND state IN ('asked', 'held')",
               hit=hit):  # fmt: skip
        raise AlreadyAsked("wait for the answer", hit=hit)
    values = _values(row)
    nationality = values["nationality"]
    passed = gate.send(s, home, Outgoing(
        kind="question", agreement=AGREEMENT, channel="query", stage="query", purpose=PURPOSE,
        subject=row["lookout"], record=hit, fields=ASKED, values=values,
        facts={
            "officer_confirmed": True,
            "open_case": s.case is not None,
            "match_basis": basis(sealed_hit.said(s, row).reasons),
            **({"citizenships": [nationality]} if nationality else {}),
        },
    ))  # fmt: skip
    if passed is None or not passed.sent:
        raise NotPermitted("see the clauses on the exchange page", hit=hit)
    return _keep(s, row, values, passed.envelope)


def _values(row: Row) -> dict[str, Any]:
    person = msgspec.convert(row["person"], Traveller)
    document = next((d for d in person.documents if d.type != "V"), None)
    return {
        "id": row["lookout"],
        "surname": person.surname,
        "given_names": person.given_names,
        "birth_date": person.birth_date,
        "nationality": person.nationality,
        "document_type": document.type if document else None,
        "document_number": document.number if document else None,
        "document_issuer": document.issuer if document else None,
    }


def _keep(s: Session, row: Row, values: dict[str, Any], envelope: str) -> str:
    record = s.new_id("question")
    s.run(
        "INSERT INTO exchange.request (id, way, partner, lookout, hit, case_id, envelope, body,"
        " who, asked_by, asked_at, expires_at, state) VALUES (:id, 'out', :partner, :lookout,"
        " :hit, :case, :envelope, :body, :who, :by, :now, :expires, 'asked')",
        id=record,
        partner=row["originator"],
        lookout=row["lookout"],
        hit=row["id"],
        case=s.case or row["case_id"],
        envelope=envelope,
        body=SEALED.body(s, record, values),
        who=who(s.data_key, values),
        by=f"{s.actor.kind}:{s.actor.id}",
        now=s.now,
        expires=s.now + GOOD_FOR,
    )
    return record


def of_hit(s: Session, hit: str) -> list[Question]:
    """What was asked about a hit, newest first."""
    return _read(s, "q.hit = :hit ORDER BY q.id DESC", hit=hit)


def held(s: Session) -> list[Question]:
    """Questions of the partner that wait for a person here, oldest first."""
    return _read(s, "q.way = 'in' AND q.state = 'held' ORDER BY q.asked_at")


def _read(s: Session, sql: str, **values: str) -> list[Question]:
    rows = s.rows(f"{ROWS} WHERE {sql}", **values)
    s.saw("question", [r["id"] for r in rows])
    return [msgspec.convert(SEALED.opened(s, r), Question) for r in rows]


def expire(s: Session) -> int:
    """Give up questions that nobody answered in time; how many."""
    return s.run(
        "UPDATE exchange.request SET state = 'expired' WHERE state IN ('asked', 'held')"
        " AND expires_at <= :now",
        now=s.now,
    )

"""Asking the partner about the traveller of an open case: is a record held, then what it says.

The purpose comes from the case, the person from the case's traveller, never from a menu or a
free form. That a record exists is itself a disclosure, so the first step is a question of its
own; where existence is protected (IRPR 315.25(2), 8 CFR 208.6) no such step is offered. Each
officer has a limit, and the fields asked for are named one by one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from smartborder import agreements
from smartborder.agreements import Compiled
from smartborder.kernel.errors import InputError, LimitError, StateError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Traveller
from smartborder.node.custody.destroying import destroyed
from smartborder.node.exchange import gate, partners
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.purpose import agreed_purpose
from smartborder.node.exchange.questions import NotPermitted
from smartborder.node.exchange.sealed_question import SealedQuestion, who
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Ahead, Row, Session

AGREEMENT = "us-visa-sharing"
EXISTENCE = ("hit",)
IDENTITY = (
    "surname", "given_names", "birth_date", "citizenships", "document_type", "document_number",
    "document_issuer",
)  # fmt: skip
GOOD_FOR = timedelta(hours=24)
SEALED = SealedQuestion("exchange.query")
ROWS = SEALED.rows
MOST_PER_HOUR = 30
"""Questions one officer may put within an hour."""
Direct = Literal["protected", "known"]
"""Why no existence step comes first: existence is protected, or the traveller showed the record."""


class NoTraveller(StateError):
    """A query is about the traveller of an open case; this case has none, or is closed."""

    code = "query.no-open-case"
    title = Text("No open case about a traveller", "Aucun dossier ouvert sur un voyageur")


class StepFirst(StateError):
    """First ask whether a record is held; its contents can be asked for once it is."""

    code = "query.existence-first"
    title = Text("Ask first whether a record is held", "Demandez d'abord si un dossier existe")


class NoStepHere(StateError):
    """Under this agreement even the existence of a record is protected: no such step is offered."""

    code = "query.existence-protected"
    title = Text("Existence is protected", "L'existence est protégée")


class UnknownField(InputError):
    """The agreement does not name this field: nobody may ask for it."""

    code = "query.unknown-field"
    title = Text("Field cannot be asked for", "Champ qui ne peut être demandé")


class TooMany(LimitError):
    """You put as many questions to the partner as one person may within an hour."""

    code = "query.too-many"
    title = Text("Too many questions", "Trop de demandes")


class Asked(msgspec.Struct, frozen=True):
    """A question that was put: its own id and that of its envelope."""

    query: str
    envelope: str


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A question about a person, asked by us (``out``) or by the partner (``in``).

    Attributes:
        asks: the fields asked for; ``hit`` alone is the existence step.
        nothing: True where our answer gave nothing at all.
        answer: what came back, by field; null where nothing was given, whatever the reason.

    """

    id: str
    way: str
    partner: str
    agreement: str
    purpose: str
    asks: tuple[str, ...]
    case_id: str | None
    body: dict[str, Any]
    envelope: str
    asked_by: str
    asked_at: datetime
    state: str
    answer: dict[str, Any] | None
    answered_at: datetime | None
    answered_by: str | None
    method: str | None
    nothing: bool
    sampled: bool

    @property
    def is_step(self) -> bool:
        """Whether it asks for existence alone."""
        return self.asks == EXISTENCE


def fields(compiled: Compiled | None = None) -> tuple[str, ...]:
    """The fields that may be asked for: those that some clause of the agreement names."""
    found = compiled or agreements.load(AGREEMENT)
    layers = (found.agreement, *found.senders.values(), *found.receivers.values())
    named = {f for layer in layers for f in (*layer.permits, *layer.by_field)}
    return tuple(f for f in agreements.vocabulary().fields if f in named)


def ask(s: Session, home: NodeHome, *, asks: Sequence[str] = EXISTENCE,
        direct: Direct | None = None) -> Asked:  # fmt: skip
    """Ask the partner about the traveller of the case that ``s`` is bound to.

    Raises:
        NoTraveller: no open case with a traveller is assigned.
        NoStepHere, StepFirst: which step comes first.
        UnknownField: the agreement does not name it.
        TooMany: the officer's limit.
        NotOfTheCase: the transaction is for another purpose than the case.
        NotPermitted: the agreement says no, or the partner's node does not read such questions.

    """
    compiled = agreements.load(AGREEMENT)
    asks = tuple(dict.fromkeys(asks))
    unknown = set(asks) - set(fields(compiled))
    if unknown or not asks:
        raise UnknownField(f"not in the agreement: {', '.join(sorted(unknown)) or 'nothing'}"[:200])
    about, partner = _traveller(s), partners.ensure(s, home) or ""
    partners.look_up(s, partner, [AGREEMENT])
    row = _of_open_case(s, about.first())
    parent = _step(s, compiled, asks, direct)
    if row["lately"] >= MOST_PER_HOUR:
        raise TooMany(f"at most {MOST_PER_HOUR} an hour")
    values = identity(msgspec.convert(row["person"], Traveller))
    if max(partners.state(s, partner).reads) < 2:
        raise NotPermitted("the partner's node does not read such questions yet")
    passed = gate.send(s, home, Outgoing(
        kind="question", agreement=AGREEMENT, channel="query", stage="query",
        purpose=agreed_purpose(s, row["purpose"], row["id"]),
        subject=row["traveller"], record=row["id"],
        fields=IDENTITY, values=values, asks=asks, in_reply_to=parent,
        facts={"citizenships": values["citizenships"]} if values["citizenships"] else {},
    ))  # fmt: skip
    if passed is None or not passed.sent:
        raise NotPermitted("see the clauses on the exchange page", case=row["id"])
    return _keep(s, row, values, asks, passed, parent)


def identity(person: Traveller) -> dict[str, Any]:
    """What a question says of the person: what the travel document shows."""
    document = next((d for d in person.documents if d.type != "V"), None)
    return {
        "surname": person.surname,
        "given_names": person.given_names,
        "birth_date": person.birth_date,
        "citizenships": [person.nationality] if person.nationality else [],
        "document_type": document.type if document else None,
        "document_number": document.number if document else None,
        "document_issuer": document.issuer if document else None,
    }


def traveller(s: Session) -> Row:
    """The traveller of the open case that ``s`` is bound to; the read is audited.

    ``lately`` of the row: how many questions the officer put within the last hour.

    Raises:
        NoTraveller: there is no such case.

    """
    return _of_open_case(s, _traveller(s).first())


def _traveller(s: Session) -> Ahead:
    return s.ahead(
        "SELECT c.id, c.purpose, c.traveller, v.person, (SELECT count(*) FROM exchange.query q"
        " WHERE q.asked_by = :by AND q.asked_at > :since) AS lately FROM act.case_file c"
        " JOIN act.traveller t ON t.id = c.traveller JOIN act.traveller_version v"
        " ON v.traveller = t.id AND v.version = t.version"
        " WHERE c.id = :case AND c.state = 'open' FOR SHARE OF c",
        case=s.case,
        by=s.actor.label,
        since=s.now - timedelta(hours=1),
    )


def _of_open_case(s: Session, row: Row | None) -> Row:
    if row is None:
        raise NoTraveller("take an open case about a traveller first", case=s.case)
    s.saw("traveller", [row["traveller"]], "asked the partner")
    return row


def _step(s: Session, compiled: Compiled, asks: Sequence[str],
          direct: Direct | None) -> str | None:  # fmt: skip
    """The existence question that this one follows; None where none comes first."""
    if tuple(asks) == EXISTENCE:
        if compiled.protects_existence or direct == "protected":
            raise NoStepHere("ask for the record itself", agreement=compiled.id)
        return None
    if compiled.protects_existence or direct is not None:
        return None
    steps = s.rows(
        f"{ROWS} WHERE q.case_id = :case AND q.way = 'out' AND q.asks = '{{hit}}'"
        " AND q.answer IS NOT NULL ORDER BY q.id DESC",
        case=s.case,
    )
    held = next((r for r in steps if SEALED.answer(s, r).get("hit")), None)
    if held is None:
        raise StepFirst("no record is known to be held", case=s.case)
    return str(held["envelope"])


def _keep(s: Session, row: Row, values: dict[str, Any], asks: Sequence[str],
          passed: gate.Passed, parent: str | None) -> Asked:  # fmt: skip
    record = s.new_id("query")
    s.later(
        "INSERT INTO exchange.query (id, way, partner, agreement, purpose, asks, case_id, body,"
        " who, envelope, parent, asked_by, asked_at, expires_at, state) SELECT :id, 'out', partner,"
        " agreement, purpose, :asks, :case, :body, :who, id, :parent, :by, :now, :expires, 'asked'"
        " FROM exchange.outbox WHERE id = :envelope",
        id=record,
        asks=list(asks),
        case=row["id"],
        body=SEALED.body(s, record, values),
        who=who(s.data_key, values),
        envelope=passed.envelope,
        parent=parent,
        by=s.actor.label,
        now=s.now,
        expires=s.now + GOOD_FOR,
    )
    return Asked(query=record, envelope=passed.envelope)


def of_case(s: Session, case: str) -> list[Query]:
    """What was asked in a case and what came back, newest first."""
    return _read(s, "q.case_id = :case ORDER BY q.id DESC", case=case)


def waiting(s: Session) -> list[Query]:
    """The partner's questions that a person must decide, oldest first."""
    return _read(s, "q.way = 'in' AND q.state = 'held' ORDER BY q.asked_at LIMIT 100")


def samples(s: Session) -> list[Query]:
    """The partner's questions drawn for review, newest first."""
    return _read(s, "q.way = 'in' AND q.sampled AND q.reviewed_at IS NULL"
                    " ORDER BY q.id DESC LIMIT 50")  # fmt: skip


def _read(s: Session, sql: str, **values: Any) -> list[Query]:
    rows = s.rows(f"{ROWS} WHERE {sql}", **values)
    s.saw("query", [r["id"] for r in rows])
    return [msgspec.convert(SEALED.opened(s, r), Query) for r in rows]


def expire(s: Session) -> int:
    """Give up questions that nobody answered in time; how many."""
    return s.run(
        "UPDATE exchange.query SET state = 'expired' WHERE state IN ('asked', 'held')"
        " AND expires_at <= :now",
        now=s.now,
    )


def forget(s: Session, home: NodeHome) -> int:
    """Destroy queries past the time that their travellers' records are kept; how many."""
    rule = home.pack.retention["passenger-list"]
    before = s.now - timedelta(days=rule.days)
    old = s.rows("SELECT id FROM exchange.query WHERE asked_at <= :before", before=before)
    gone = [str(r["id"]) for r in old]
    SEALED.destroy(s, gone)
    destroyed(s, "query", gone, rule.citation)
    return len(gone)

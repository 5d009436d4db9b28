"""What an envelope does here: first judged against the agreement, then handed to its room."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from smartborder import agreements
from smartborder.agreements import Compiled, UnknownAgreement
from smartborder.agreements.padding import read_payload
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.model.exchange import EnvelopeOutcome, EnvelopeRefused, Header
from smartborder.node.agreements import standing
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an envelope; ``record`` is the id of what it made or changed here."""

    outcome: EnvelopeOutcome
    code: str | None = None
    record: str | None = None


class NotUnderThisAgreement(EnvelopeRefused):
    """The envelope names an agreement, version or purpose that does not stand between us."""

    code = "exchange.no-such-agreement"
    title = Text("No such agreement between us", "Aucun accord de ce genre entre nous")


class OverBroad(EnvelopeRefused):
    """The partner sent a field that the agreement does not let cross: nothing of it is kept."""

    code = "exchange.over-broad"
    title = Text("More than the agreement permits", "Plus que ne permet l'accord")


Fields = Mapping[str, Any]
Handler = Callable[[Session, NodeHome, Header, Fields], Effect]
Together = Callable[[Session, NodeHome, Sequence[tuple[Header, Fields]]], list[Effect]]
Facts = Callable[[Fields], dict[str, Any]]
"""What the receiver can know of the facts, to judge the same clauses that the sender judged."""


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes in a kind of envelope, and whether several at a time."""

    take_in: Together
    facts: Facts
    together: bool


_HANDLERS: dict[tuple[str, str, str], Registered] = {}


def handles(agreement: str, kind: str, purpose: str, facts: Facts) -> Callable[[Handler], Handler]:
    """Register who takes in envelopes of this agreement, kind and purpose, one at a time."""

    def register(handler: Handler) -> Handler:
        def one(s: Session, home: NodeHome, group: Sequence[tuple[Header, Fields]]) -> list[Effect]:
            return [handler(s, home, header, fields) for header, fields in group]

        _HANDLERS[agreement, kind, purpose] = Registered(take_in=one, facts=facts, together=False)
        return handler

    return register


def handles_many(agreement: str, kind: str, purpose: str,
                 facts: Facts) -> Callable[[Together], Together]:  # fmt: skip
    """The same for a room that takes in several of one batch together."""

    def register(handler: Together) -> Together:
        _HANDLERS[agreement, kind, purpose] = Registered(take_in=handler, facts=facts,
                                                         together=True)  # fmt: skip
        return handler

    return register


class Judge:
    """Judges the envelopes of one batch; the same question is put to an agreement once."""

    def __init__(self, s: Session, home: NodeHome) -> None:
        """For one transaction: dates and states are those of its moment."""
        self._s, self._home = s, home
        self._stands: dict[tuple[str, str], bool] = {}
        self._granted: dict[bytes, frozenset[str]] = {}

    def open(self, header: Header, payload: bytes) -> dict[str, Any]:
        """The fields given, once our own reading of the agreement lets all of them cross.

        Raises:
            NotUnderThisAgreement: unknown agreement, other version, other text, suspended.
            OverBroad: a field that may not cross, whoever signed it.

        """
        compiled = _agreement(header)
        key = (header.agreement, header.kind)
        if key not in self._stands:
            self._stands[key] = standing.may_cross(self._s, self._home, compiled, header.kind)
        if not self._stands[key]:
            raise NotUnderThisAgreement("suspended or terminated", agreement=header.agreement)
        fields = {k: v for k, v in read_payload(payload).items() if v is not None}
        facts = registered(header).facts(fields)
        over = sorted(fields.keys() - self._may(compiled, header, sorted(fields), facts))
        if over:
            raise OverBroad(f"fields {', '.join(over)[:200]}", agreement=header.agreement)
        return fields

    def _may(self, compiled: Compiled, header: Header, given: list[str],
             facts: dict[str, Any]) -> frozenset[str]:  # fmt: skip
        if not given:
            return frozenset()
        question = {
            "from": header.sender, "to": header.receiver, "channel": header.channel,
            "stage": header.stage, "purpose": header.purpose, "on": iso(self._s.now),
            "mode": self._home.mode, "subject": facts, "fields": given,
            "match": True if header.stage == "response" and header.channel == "query" else None,
        }  # fmt: skip
        key = header.agreement.encode() + msgspec.json.encode(question)
        if key not in self._granted:
            answer = agreements.check(compiled, agreements.decode_request(question))
            self._granted[key] = frozenset(answer.granted)
        return self._granted[key]


def _agreement(header: Header) -> Compiled:
    try:
        compiled = agreements.load(header.agreement)
    except UnknownAgreement as error:
        raise NotUnderThisAgreement("unknown agreement", envelope=header.id) from error
    if (header.agreement_version, header.agreement_digest) != (compiled.version, compiled.digest):
        raise NotUnderThisAgreement("another version or text", agreement=header.agreement)
    return compiled


def registered(header: Header) -> Registered:
    """Who takes in this envelope.

    Raises:
        NotUnderThisAgreement: nobody does.

    """
    _load()
    found = _HANDLERS.get((header.agreement, header.kind, header.purpose))
    if found is None:
        raise NotUnderThisAgreement("nothing here takes this in", envelope=header.id)
    return found


def _load() -> None:
    # Rooms register themselves; named here and not above, for they import this module.
    from smartborder.node.exchange import (  # noqa: F401
        acts_in,
        consultation_in,
        correction_in,
        crossings,
        destruction_in,
        embargo,
        encounters_in,
        notice_withdrawal,
        onward,
        query_in,
        questions_in,
        received_lookouts,
    )

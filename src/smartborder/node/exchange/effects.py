"""What an envelope does here: first judged against the agreement, then handed to its room."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from smartborder import agreements
from smartborder.agreements import Compiled, UnknownAgreement
from smartborder.agreements.padding import read_payload
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.model.exchange import EnvelopeOutcome, EnvelopeRefused, Header
from smartborder.node.agreements import standing
from smartborder.node.custody import received
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
Facts = Callable[[Fields], dict[str, Any]]
"""What the receiver can know of the facts, to judge the same clauses that the sender judged."""

_HANDLERS: dict[tuple[str, str, str], tuple[Handler, Facts]] = {}


def handles(agreement: str, kind: str, purpose: str, facts: Facts) -> Callable[[Handler], Handler]:
    """Register who takes in envelopes of this agreement, kind and purpose."""

    def register(handler: Handler) -> Handler:
        _HANDLERS[agreement, kind, purpose] = (handler, facts)
        return handler

    return register


def judge(s: Session, home: NodeHome, header: Header, payload: bytes) -> None:
    """Refuse what the agreement does not permit, whoever signed it.

    Raises:
        NotUnderThisAgreement: unknown agreement, other version, other text, suspended.
        OverBroad: a field that our own reading of the agreement does not let cross.

    """
    compiled = _agreement(header)
    if not standing.may_cross(s, compiled, header.kind):
        raise NotUnderThisAgreement("suspended or terminated", agreement=header.agreement)
    fields = read_payload(payload)
    given = sorted(name for name, value in fields.items() if value is not None)
    _, facts = _handler(header)
    if not given:
        return
    answer = agreements.check(compiled, agreements.decode_request({
        "from": header.sender, "to": header.receiver, "channel": header.channel,
        "stage": header.stage, "purpose": header.purpose, "on": iso(s.now), "mode": home.mode,
        "match": True if header.stage == "response" and header.channel == "query" else None,
        "subject": facts(fields), "fields": given,
    }))  # fmt: skip
    over = sorted(set(given) - set(answer.granted))
    if over:
        raise OverBroad(f"fields {', '.join(over)[:200]}", agreement=header.agreement)


def apply(s: Session, home: NodeHome, header: Header, payload: bytes) -> Effect:
    """Hand the fields to the room that deals with them."""
    handler, _ = _handler(header)
    fields = {k: v for k, v in read_payload(payload).items() if v is not None}
    effect = handler(s, home, header, fields)
    received.note(s, header, effect.record)
    return effect


def _agreement(header: Header) -> Compiled:
    try:
        compiled = agreements.load(header.agreement)
    except UnknownAgreement as error:
        raise NotUnderThisAgreement("unknown agreement", envelope=header.id) from error
    if (header.agreement_version, header.agreement_digest) != (compiled.version, compiled.digest):
        raise NotUnderThisAgreement("another version or text", agreement=header.agreement)
    return compiled


def _handler(header: Header) -> tuple[Handler, Facts]:
    _load()
    found = _HANDLERS.get((header.agreement, header.kind, header.purpose))
    if found is None:
        raise NotUnderThisAgreement("nothing here takes this in", envelope=header.id)
    return found


def _load() -> None:
    # Rooms register themselves; named here and not above, for they import this module.
    from smartborder.node.exchange import (  # noqa: F401
        correction_in,
        destruction_in,
        encounters_in,
        query_in,
        questions_in,
        received_lookouts,
    )

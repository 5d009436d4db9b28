"""The gate: nothing crosses but what the agreement, our law and the partner's law all permit.

What may cross is computed here, from the document both sides attested, each time and for each
field; nobody's wish is trusted. What crosses goes into the outbox in the transaction of the
change that caused it, with its ledger leaf and its row in the register of disclosures.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from smartborder import agreements
from smartborder.agreements import Compiled
from smartborder.agreements.envelope import pseudonym
from smartborder.agreements.padding import build_payload
from smartborder.kernel.time import iso
from smartborder.model.agreement import Answer, Channel, ShareRequest, Stage
from smartborder.model.exchange import EnvelopeKind
from smartborder.node.agreements import standing
from smartborder.node.custody.disclosures import disclose
from smartborder.node.exchange import keys, partners
from smartborder.node.exchange.outbox import NEXT_IN_SERIES
from smartborder.node.exchange.transient import without_transient
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that somebody would like to send.

    Attributes:
        agreement: the agreement it would go under.
        record: our record it is about; the partner sees a pseudonym of ``subject``.
        fields: what would cross; the same fields whatever this one record holds.
        values: field -> value; only granted ones are taken.
        facts: facts of the agreement vocabulary about the subject.
        asks: the fields that a question asks for.
        answers: True for an answer to a question: it goes out whatever is granted, so that
            withheld, absent and empty look the same.

    """

    kind: EnvelopeKind
    agreement: str
    channel: Channel
    stage: Stage
    purpose: str
    subject: str
    record: str
    fields: tuple[str, ...]
    values: Mapping[str, Any]
    facts: Mapping[str, Any]
    caveats: tuple[str, ...] = ()
    match: bool | None = None
    in_reply_to: str | None = None
    pseudonym: str | None = None
    asks: tuple[str, ...] = ()
    answers: bool = False


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """What the gate said.

    Attributes:
        envelope: id of the outbox row; it waits there, or tells why nothing was sent.
        answer: for our own side only.

    """

    envelope: str
    answer: Answer
    sent: bool


def asked(home: NodeHome, at: str, outgoing: Outgoing, receiver: str) -> ShareRequest:
    """What the agreement is asked about something that would go out."""
    return agreements.decode_request({
        "from": home.node_id, "to": receiver, "channel": outgoing.channel,
        "stage": outgoing.stage, "match": outgoing.match, "purpose": outgoing.purpose, "on": at,
        "mode": home.mode, "subject": dict(outgoing.facts), "fields": list(outgoing.fields),
    })  # fmt: skip


def send(s: Session, home: NodeHome, outgoing: Outgoing) -> Passed | None:
    """Put what may cross into the outbox; None where there is no partner.

    Raises:
        PayloadTooLarge: a granted value exceeds what its field may take.

    """
    partner = partners.ensure(s, home)
    if partner is None:
        return None
    compiled = agreements.load(outgoing.agreement)
    request = asked(home, iso(s.now), outgoing, partner)
    answer = without_transient(agreements.check(compiled, request))
    stopped = not standing.may_cross(s, home, compiled, outgoing.kind)
    goes = not stopped and (answer.permitted or outgoing.answers)
    envelope = s.new_id("envelope")
    subject = outgoing.pseudonym or pseudonym(
        keys.pair_key(home, partner), outgoing.agreement, outgoing.subject
    )
    s.later(
        f"WITH series AS ({NEXT_IN_SERIES}) INSERT INTO exchange.outbox (id, partner, kind,"
        " agreement, agreement_version, agreement_digest, channel, stage, purpose,"
        " caveats, custody, subject, sequence, in_reply_to, asks, record, answer, payload, made_at,"
        " state, code) SELECT :id, :partner, :kind, :agreement, :version, :digest, :channel,"
        " :stage, :purpose, :caveats, :custody, :subject, (SELECT last FROM series), :reply, :asks,"
        " :record, :answer, :payload, :now, :state, :code",
        id=envelope,
        partner=partner,
        kind=outgoing.kind,
        agreement=outgoing.agreement,
        version=compiled.version,
        digest=compiled.digest,
        channel=outgoing.channel,
        stage=outgoing.stage,
        purpose=outgoing.purpose,
        caveats=[c for c in outgoing.caveats if c in compiled.document.caveats_allowed],
        custody=msgspec.json.encode(agreements.custody_terms(compiled, request)).decode(),
        subject=subject,
        goes=goes,
        reply=outgoing.in_reply_to,
        asks=list(outgoing.asks),
        record=outgoing.record,
        answer=msgspec.json.encode(answer).decode(),
        payload=build_payload(answer, outgoing.values) if goes else None,
        now=s.now,
        state="waiting" if goes else "withheld",
        code="agreement.not-in-force" if stopped else None,
    )
    if goes:
        _register(s, partner, outgoing, answer, envelope, compiled)
    return Passed(envelope=envelope, answer=answer, sent=goes)


def _register(s: Session, partner: str, outgoing: Outgoing, answer: Answer, envelope: str,
              compiled: Compiled) -> None:  # fmt: skip
    disclose(
        s, recipient=f"partner:{partner}", kind=outgoing.kind, record=outgoing.record,
        fields=answer.granted, agreement=f"{compiled.id}@{compiled.version}", means="exchange",
        purpose=outgoing.purpose,
    )  # fmt: skip
    s.leaf("sent", envelope, {
        "agreement": compiled.digest, "record": outgoing.record, "granted": list(answer.granted),
        "withheld": [w.field for w in answer.withheld], "purpose": outgoing.purpose,
    })  # fmt: skip
    if not outgoing.answers:  # an answer goes with its question, and that is told of
        s.notify("exchange")

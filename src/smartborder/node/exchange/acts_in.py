"""The partner's officials acted on an agreement: attested by its node, kept beside our own."""

from typing import Any

import msgspec

from smartborder import agreements
from smartborder.agreements import UnknownAgreement
from smartborder.agreements.lifecycle import ActRefused
from smartborder.kernel.canonical import canonical
from smartborder.model.agreement import AgreementAct
from smartborder.model.exchange import EnvelopeRefused, Header
from smartborder.node.agreements import acting, standing
from smartborder.node.exchange import keys
from smartborder.node.exchange.effects import Effect, Fields, handles
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session


@handles(acting.ABOUT, "notice", acting.PURPOSE, lambda _: {})
def take_in(s: Session, home: NodeHome, header: Header, fields: Fields) -> Effect:
    """Keep an act of the partner if it is its own, signed by its node, and fits what stands here.

    An act that came before is applied and changes nothing.

    Raises:
        EnvelopeRefused: it is not the partner's, not signed, about another text, or does not fit.

    """
    told: Any = fields.get("agreement_act")
    try:
        made = msgspec.convert(told["act"], AgreementAct)
        signature = str(told["signature"])
        compiled = agreements.load(made.agreement)
    except (TypeError, KeyError, msgspec.ValidationError, UnknownAgreement) as error:
        raise EnvelopeRefused("not an act about an agreement", envelope=header.id) from error
    signed = keys.verifier(keys.pinned(s, header.sender))(canonical(made), signature)
    if made.party != header.sender or not signed or made.agreement == acting.ABOUT:
        raise EnvelopeRefused("not an act of the partner's officials", envelope=header.id)
    s.run("SELECT pg_advisory_xact_lock(hashtextextended('agreement:' || :id, 0))",
          id=made.agreement)  # fmt: skip
    if any(signature == known.signature for known in standing.acts(s, made.agreement)):
        return Effect(outcome="applied")
    try:
        standing.after(standing.now(s, home, compiled), made, home)
    except ActRefused as error:
        raise EnvelopeRefused(error.detail, envelope=header.id) from error
    acting.record(s, made, signature, None)
    return Effect(outcome="applied")

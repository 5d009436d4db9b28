"""A named official acts: signed by this node's key, recorded, and told to the partner."""

from typing import get_args, get_type_hints

import msgspec

from smartborder import agreements
from smartborder.agreements.lifecycle import ActRefused, Standing
from smartborder.kernel.canonical import canonical
from smartborder.model.agreement import AgreementAct
from smartborder.node.agreements import standing
from smartborder.node.exchange import gate, keys
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

ABOUT = "agreement-acts"
"""The agreement under which acts are told; nobody can act on it, or the two could never agree."""
PURPOSE = "agreement-act"
WHATS: tuple[str, ...] = get_args(get_type_hints(AgreementAct)["act"])


def act(s: Session, home: NodeHome, agreement: str, what: str, why: str) -> Standing:
    """Propose, counter-sign, suspend, resume or terminate; where the agreement stands then.

    To supersede a version is to propose and counter-sign a higher one.

    Args:
        s: the official's transaction; the caller has asked whether the role may sign.
        home: this node.
        agreement: id of the agreement.
        what: one of :data:`WHATS`.
        why: for our side only.

    Raises:
        UnknownAgreement: there is none of that id.
        ActRefused: nobody acts so, or the act does not fit what stands.

    """
    compiled = agreements.load(agreement)
    if what not in WHATS or agreement == ABOUT or home.partner is None or s.actor.kind != "officer":
        raise ActRefused(
            f"one of {', '.join(WHATS)}, by an official, with a partner", act=what[:40]
        )
    s.run("SELECT pg_advisory_xact_lock(hashtextextended('agreement:' || :id, 0))", id=agreement)
    stands = standing.now(s, home, compiled)
    signing = what in ("propose", "counter-sign")
    made = msgspec.convert({
        "act": what, "agreement": agreement, "party": home.node_id, "official": s.actor.id,
        "version": compiled.version if signing else stands.version or 0,
        "digest": compiled.digest if signing else stands.digest or "", "at": s.now,
    }, AgreementAct)  # fmt: skip
    then = standing.after(stands, made, home)
    signature = keys.signer(home)(canonical(made))
    record(s, made, signature, why)
    gate.send(s, home, Outgoing(
        kind="notice", agreement=ABOUT, channel="push", stage="response", purpose=PURPOSE,
        subject=agreement, record=agreement, fields=("agreement_act",), facts={},
        values={"agreement_act": {"act": msgspec.to_builtins(made), "signature": signature}},
    ))  # fmt: skip
    return then


def record(s: Session, made: AgreementAct, signature: str, why: str | None) -> None:
    """Keep an act that was found to fit, with its ledger leaf."""
    fresh = s.new_id("act")
    s.run(
        "INSERT INTO agreements.act (id, agreement, party, act, signature, why, recorded_at)"
        " VALUES (:id, :agreement, :party, :act, :signature, :why, :now)",
        id=fresh,
        agreement=made.agreement,
        party=made.party,
        act=msgspec.json.encode(made).decode(),
        signature=signature,
        why=why,
        now=s.now,
    )
    standing.forget(s, made.agreement)
    s.leaf("agreement", made.agreement, {"act": msgspec.to_builtins(made), "signature": signature})
    s.notify("agreements")
    s.notify("exchange")

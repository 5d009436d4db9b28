"""Which agreements stand: what the acts of named officials of both sides add up to.

Each act names the version and the hash of its text and is signed by its node's key, so both keys
attest the same text once both have signed. In demo mode a version that nobody signed stands as
it was shipped; in production nothing crosses before both sides have signed it.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from smartborder.agreements import Compiled, lifecycle
from smartborder.agreements.lifecycle import Standing
from smartborder.model.agreement import AgreementAct
from smartborder.model.exchange import EnvelopeKind
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Row, Session


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An act as it is on record here, with the signature of its party's node."""

    id: str
    party: str
    act: AgreementAct
    signature: str
    why: str | None
    recorded_at: datetime


def acts(s: Session, agreement: str) -> list[Recorded]:
    """Every act about an agreement, in the order in which it was recorded here."""
    if ("acts", agreement) not in s.known:
        know(s, [agreement], s.rows(ACTS, agreements=[agreement]))
    found: list[Recorded] = s.known["acts", agreement]
    return found


ACTS = (
    "SELECT id, agreement, party, act, signature, why, recorded_at FROM agreements.act"
    " WHERE agreement = ANY(:agreements) ORDER BY n"
)


def know(s: Session, agreements: Iterable[str], rows: Iterable[Row]) -> None:
    """For the rest of the transaction these (``ACTS``) are the acts about the agreements."""
    for agreement in agreements:
        s.known["acts", agreement] = []
    for row in rows:
        s.known["acts", row["agreement"]].append(msgspec.convert(row, Recorded))


def forget(s: Session, agreement: str) -> None:
    """An act was recorded: what this transaction knew is out of date."""
    s.known.pop(("acts", agreement), None)


def now(s: Session, home: NodeHome, compiled: Compiled) -> Standing:
    """Where an agreement stands between this node and its partner after the acts on record.

    Each was looked at when it was recorded: its author was a named official, its signature held.
    """
    stands = Standing()
    if home.mode == "demo":
        stands = lifecycle.as_shipped(compiled.version, compiled.digest)
    for recorded in acts(s, compiled.id):
        stands = after(stands, recorded.act, home)
    return stands


def after(stands: Standing, act: AgreementAct, home: NodeHome) -> Standing:
    """Where an agreement stands after one more act.

    Raises:
        ActRefused: its author's country is no party here, or it does not fit.

    """
    partner = home.partner.node_id if home.partner else home.node_id
    parties = frozenset({home.node_id, partner})
    return lifecycle.apply(stands, act, parties, {act.party: frozenset({act.official})})


def may_cross(s: Session, home: NodeHome, compiled: Compiled, kind: EnvelopeKind) -> bool:
    """Whether an envelope of ``kind`` may go under the agreement now.

    Corrections, withdrawals, destruction and notices outlive a suspension, a termination, and
    the day on which this software ships another version than the one that was signed.
    """
    stands = now(s, home, compiled)
    if (stands.version, stands.digest) != (compiled.version, compiled.digest):
        stands = msgspec.structs.replace(stands, state="suspended")
    return lifecycle.may_send(stands, kind)

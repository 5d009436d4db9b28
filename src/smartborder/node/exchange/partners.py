"""The partner as this node knows it: pinned keys, when it was last heard, what troubles it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from smartborder.node.agreements import standing
from smartborder.node.exchange import keys
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

_LONGEST_WAIT = 15.0
_pinned: set[tuple[str, str]] = set()
"""Homes of this process whose partner is known to be pinned."""
_NOTED_EVERY = timedelta(seconds=1)
_CLOCK_JUMP = timedelta(seconds=2 * _LONGEST_WAIT)


class PartnerState(msgspec.Struct, frozen=True, kw_only=True):
    """What we know of a partner's node.

    Attributes:
        heard_at: when we last received something it signed.
        reached_at: when it last answered something we sent.
        hello_at: when it last answered a hello of ours.
        failures: tries in a row without an answer.
        reads: the envelope schemas that it reads, by its last hello.
        trouble: the code of the last failure; None while all is well.

    """

    node_id: str
    heard_at: datetime | None = None
    reached_at: datetime | None = None
    hello_at: datetime | None = None
    failures: int = 0
    trouble: str | None = None
    next_try: datetime | None = None
    encryption_key: dict[str, str] | None = None
    reads: tuple[int, ...] = (1,)


def ensure(s: Session, home: NodeHome) -> str | None:
    """The partner's id; its key from the node's settings is pinned on first use."""
    partner = home.partner
    if partner is None:
        return None
    if (str(home.path), partner.node_id) in _pinned:
        return partner.node_id
    known = s.value("SELECT 1 FROM exchange.partner_key WHERE partner = :id LIMIT 1",
                    id=partner.node_id)  # fmt: skip
    if known is not None:  # a pin is never removed, at most revoked
        _pinned.add((str(home.path), partner.node_id))
    elif partner.public_key is not None:
        keys.pin(s, partner.node_id, partner.public_key, valid_from=s.now - timedelta(days=1),
                 by="settings")  # fmt: skip
    return partner.node_id


def state(s: Session, node_id: str) -> PartnerState:
    """What is known of a partner; nothing yet if it was never met."""
    found: PartnerState | None = s.known.get(("partner", node_id))
    if found is None:
        row = s.first("SELECT * FROM exchange.partner WHERE node_id = :id", id=node_id)
        found = msgspec.convert(row, PartnerState) if row else PartnerState(node_id=node_id)
        s.known["partner", node_id] = found
    return found


def look_up(s: Session, node_id: str, agreements: Iterable[str]) -> None:
    """Read at once what an exchange with a partner rests on: its state, its keys, the acts."""
    named = sorted(set(agreements))
    row = s.one(
        "SELECT (SELECT to_jsonb(p) FROM exchange.partner p WHERE p.node_id = :partner) AS state,"
        f" (SELECT coalesce(jsonb_agg(jwk), '[]') FROM ({keys.PINNED}) k) AS keys,"
        f" (SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]') FROM ({standing.ACTS}) a) AS acts",
        partner=node_id,
        agreements=named,
        now=s.now,
    )
    s.known["partner", node_id] = msgspec.convert(
        row["state"] or {"node_id": node_id}, PartnerState
    )
    keys.know(s, node_id, row["keys"])
    standing.know(s, named, row["acts"])


def due(s: Session, known: PartnerState) -> bool:
    """Whether it may be tried now; a clock that was set back never makes us wait long."""
    return known.next_try is None or known.next_try <= s.now or known.next_try > s.now + _CLOCK_JUMP


def heard(s: Session, node_id: str) -> bool:
    """Something it signed arrived; written once a second, so that calls do not queue for it.

    Whether it was written: then the screens are told too.
    """
    if _lately(s, state(s, node_id).heard_at):
        return False
    s.known.pop(("partner", node_id))
    return bool(s.run(
        "UPDATE exchange.partner SET heard_at = :now WHERE node_id = :id"
        " AND (heard_at IS NULL OR abs(extract(epoch FROM :now - heard_at)) >= 1)",
        id=node_id,
        now=s.now,
    ))  # fmt: skip


def _lately(s: Session, at: datetime | None) -> bool:
    return at is not None and abs(s.now - at) < _NOTED_EVERY


def reached(s: Session, node_id: str) -> None:
    """It answered; written once a second while all is well."""
    known = state(s, node_id)
    if not known.failures and _lately(s, known.reached_at):
        return
    s.known.pop(("partner", node_id))
    s.later(
        "UPDATE exchange.partner SET reached_at = :now, heard_at = :now, failures = 0,"
        " trouble = NULL, next_try = NULL WHERE node_id = :id AND (failures > 0 OR reached_at IS"
        " NULL OR abs(extract(epoch FROM :now - reached_at)) >= 1)",
        id=node_id,
        now=s.now,
    )


def greeted(s: Session, node_id: str) -> None:
    """It answered a hello."""
    reached(s, node_id)
    s.run("UPDATE exchange.partner SET hello_at = :now WHERE node_id = :id", id=node_id, now=s.now)
    s.known.pop(("partner", node_id), None)


def failed(s: Session, node_id: str, trouble: str) -> None:
    """It did not answer, or refused: wait 1, 2, 4 ... 15 seconds before the next try."""
    failures = state(s, node_id).failures + 1
    s.known.pop(("partner", node_id))
    wait = min(2.0 ** min(failures - 1, 10), _LONGEST_WAIT)
    s.run(
        "UPDATE exchange.partner SET failures = :failures, trouble = :trouble, next_try = :next"
        " WHERE node_id = :id",
        id=node_id,
        failures=failures,
        trouble=trouble,
        next=s.now + timedelta(seconds=wait),
    )
    if failures == 1:
        s.notify("exchange")

"""How old what we hold is: when the partner was last heard, when each list was imported."""

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec

from smartborder.node.exchange.partners import PartnerState, state
from smartborder.node.home import NodeHome
from smartborder.node.lookouts.lists import ListVersion, status
from smartborder.node.store.session import Session


class Age(msgspec.Struct, frozen=True, kw_only=True):
    """The age of the partner's look-outs and of our lists.

    Attributes:
        partner: what we know of it; None where there is no partner.
        waiting: envelopes that wait for it; dead: refused by it, somebody must look. Both are
            counted without what does not exist for whoever reads them.
        silent: True if the partner has not been heard for as long as the node's settings allow,
            or never.

    """

    partner: PartnerState | None
    waiting: int
    dead: int
    silent: bool
    lists: tuple[ListVersion, ...]
    at: datetime

    @property
    def heard_for(self) -> timedelta | None:
        """How long ago the partner was last heard; None if never."""
        heard = self.partner.heard_at if self.partner else None
        return self.at - heard if heard else None


def age(s: Session, home: NodeHome, hidden: Collection[str] = ()) -> Age:
    """How old what we hold is now; envelopes of ``hidden`` records are not counted."""
    if home.partner is None:
        return Age(partner=None, waiting=0, dead=0, silent=False, lists=tuple(status(s)), at=s.now)
    partner = state(s, home.partner.node_id)
    allowed = timedelta(seconds=home.partner_silent_seconds)
    counts = s.one(
        "SELECT count(*) FILTER (WHERE state IN ('waiting', 'sent')) AS waiting,"
        " count(*) FILTER (WHERE state = 'dead') AS dead FROM exchange.outbox WHERE partner = :p"
        " AND state IN ('waiting', 'sent', 'dead') AND record <> ALL(:hidden)",
        p=partner.node_id,
        hidden=list(hidden),
    )
    return Age(
        partner=partner,
        waiting=counts["waiting"],
        dead=counts["dead"],
        silent=partner.heard_at is None or s.now - partner.heard_at > allowed,
        lists=tuple(status(s)),
        at=s.now,
    )

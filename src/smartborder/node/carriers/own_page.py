"""Everything on the page that a person at a carrier opens: how we are, how they are to us."""

from collections.abc import Mapping

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.country import ReplyRow
from smartborder.node.access.clients import KeyMode
from smartborder.node.carriers import admission, certification, completeness, own_log
from smartborder.node.carriers.certification import Run
from smartborder.node.carriers.completeness import Completeness
from smartborder.node.carriers.held import Held
from smartborder.node.carriers.own_log import OwnLog
from smartborder.node.carriers.visits import Visit
from smartborder.node.node import Node
from smartborder.node.store.session import Session


class OwnPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a visit shows.

    Attributes:
        checks: whether our checks are complete.
        held: what we check against, one row for all lists.
        waiting: changed replies that this carrier has not acknowledged.
        run: the last certification run of the client.
        counts: whether the client may go live on it now.

    """

    mode: KeyMode
    checks: Completeness
    held: tuple[Held, ...]
    waiting: int
    run: Run | None
    counts: bool
    log: OwnLog
    codes: Mapping[str, ReplyRow]
    help_desk: Text


def read(s: Session, node: Node, visit: Visit, mode: KeyMode, before: str | None) -> OwnPage:
    """The page of a visit in one of its modes; ``before`` leads to older messages."""
    checks = completeness.state(s, node)
    run = certification.latest(s, visit.client)
    log = own_log.read(s, node.pack, visit, mode, before)
    return OwnPage(
        mode=mode, checks=checks, held=checks.told,
        waiting=sum(c.state in ("awaiting-ack", "escalated") for c in log.changes),
        run=run, counts=admission.counts(run, s.now), log=log, codes=node.pack.replies,
        help_desk=node.pack.help_desk,
    )  # fmt: skip

"""A correction is not done when it arrived, but when what was derived from the old values is.

Then, and not before, the node that holds the copy confirms it back (IRPR 315.27(2)).
"""

from smartborder.kernel.time import iso
from smartborder.node.custody import corrections, lineage
from smartborder.node.custody.corrections import Correction
from smartborder.node.exchange import gate
from smartborder.node.exchange.gate import Outgoing
from smartborder.node.exchange.sharing import AGREEMENT
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Session

PURPOSE = "correction-confirmed"
CONFIRMATION = ("id", "version", "done_at")


def settle(node: Node) -> int:
    """The duty: deal with what derives from corrected records, confirm partners theirs; how many.

    It waits for the recheck of live travellers, which finds whom the corrected record concerns.
    """
    with node.store.act(SYSTEM, "custody") as s:
        found = corrections.unsettled(s)
        for correction in found:
            derived = lineage.correct(s, correction.record)
            ours = correction.way == "in"
            if ours:
                _confirm(s, node, correction)
            corrections.settled(s, correction.id, derived, done=ours)
    return len(found)


def _confirm(s: Session, node: Node, correction: Correction) -> None:
    gate.send(s, node.home, Outgoing(
        kind="correction", agreement=AGREEMENT, channel="push", stage="response",
        purpose=PURPOSE, subject=correction.record, record=correction.record,
        fields=CONFIRMATION, in_reply_to=correction.envelope, facts={},
        values={"id": correction.record, "version": correction.version, "done_at": iso(s.now)},
    ))  # fmt: skip

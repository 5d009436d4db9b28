"""A correction is not done when it arrived, but when what was derived from the old values is.

Then, and not before, the node that holds the copy confirms it back (IRPR 315.27(2)).
"""

from smartborder.kernel.time import iso
from smartborder.node.custody import corrections, lineage
from smartborder.node.custody.corrections import Correction
from smartborder.node.custody.holdings import kind_of
from smartborder.node.exchange import crossings, gate, sharing
from smartborder.node.exchange.crossings import Crossing
from smartborder.node.exchange.gate import Outgoing, Passed
from smartborder.node.home import NodeHome
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
            derived = lineage.correct(s, correction.record) if _derives(correction) else {}
            ours = correction.way == "in"
            if ours:
                _confirm(s, node, correction)
            corrections.settled(s, correction.id, derived, done=ours)
    return len(found)


def _derives(correction: Correction) -> bool:
    """Only look-outs have derived data: hits, cases, answers. A crossing stands for itself."""
    return kind_of(correction.record) == "lookout"


def _confirm(s: Session, node: Node, correction: Correction) -> None:
    crossing = kind_of(correction.record) == "crossing"
    gate.send(s, node.home, Outgoing(
        kind="correction", agreement=crossings.AGREEMENT if crossing else sharing.AGREEMENT,
        channel="push", stage="response", purpose=PURPOSE, subject=correction.record,
        record=correction.record, fields=("done_at",) if crossing else CONFIRMATION,
        in_reply_to=correction.envelope, facts=crossings.LAND if crossing else {},
        values={"id": correction.record, "version": correction.version, "done_at": iso(s.now)},
    ))  # fmt: skip


def correct_crossing(s: Session, home: NodeHome, record: str, crossing: Crossing) -> Passed | None:
    """Our record of a land crossing was wrong: keep it corrected and tell everybody who has it.

    The partner finds its copy by the envelope that brought it (entry-exit EE-5).

    Raises:
        NotFound: it is no crossing of ours.

    """
    row = s.one("SELECT * FROM exchange.crossing WHERE id = :id AND way = 'own'",
                id=record)  # fmt: skip
    content = crossings.put_again(s, row, crossing)
    passed = gate.send(s, home, Outgoing(
        kind="correction", agreement=crossings.AGREEMENT, channel="push", stage="response",
        purpose=crossings.PURPOSE, subject=record, record=record, fields=crossings.FIELDS,
        values=content, facts=crossings.LAND, caveats=("no-onward-transfer",),
        in_reply_to=row["envelope"],
    ))  # fmt: skip
    corrections.sent(
        s, record, corrections.next_version(s, record), corrections.recipients(s, record),
        home.partner.node_id if home.partner else "",
        passed.envelope if passed and passed.sent else None,
    )  # fmt: skip
    return passed

"""What came of a hit goes back to whoever answers for the entry behind it."""

from smartborder.node.jobs.defer import defer
from smartborder.node.lookouts.in_memory import entry_id
from smartborder.node.store.session import Row, Session

JOB = "report_outcome"
"""The job that tells a partner, under the agreement, what came of its look-out."""


def outcome_recorded(s: Session, hit: Row, outcome: str) -> bool:
    """Commit to the outcome of a hit; True if its originator is to be told under an agreement.

    Args:
        s: the transaction that wrote the outcome.
        hit: the row of ``act.hit``.
        outcome: one of the nine outcomes of secondary.

    """
    s.leaf("outcome", hit["id"], {"outcome": outcome, "entry": hit["entry"]})
    agreement = s.value(
        "SELECT agreement FROM lookouts.lookout WHERE :prefix || id = :entry AND current",
        prefix=entry_id(""), entry=hit["entry"],
    )  # fmt: skip
    if agreement is None:
        return False
    defer(s, JOB, hit=hit["id"])
    return True

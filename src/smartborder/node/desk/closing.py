"""A case closes; what was decided in it stays."""

from typing import Any

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.desk import claims, visible
from smartborder.node.desk.errors import ReasonNeeded, StillOpen
from smartborder.node.desk.officer_decision import record
from smartborder.node.desk.reasons import LEAST
from smartborder.node.store.session import Row, Session


def close_case(s: Session, case: Row | dict[str, Any], how: str) -> None:
    """Close a case; what was decided stays."""
    s.run(
        "UPDATE act.case_file SET state = 'closed', closed_at = :now, closed_as = :how,"
        " lease_until = NULL WHERE id = :id",
        now=s.now, how=how, id=case["id"],
    )  # fmt: skip
    s.run("UPDATE act.pending_decision SET state = 'lapsed' WHERE case_id = :id"
          " AND state = 'waiting'", id=case["id"])  # fmt: skip
    claims.note(s, case["id"], "closed", said=how)
    s.leaf("case-closed", case["id"], {"as": how, "by": s.actor.id})
    s.notify("queue")


def close_with_words(s: Session, case_id: str, words: str) -> None:
    """Close a case that asks no decision any more, saying what was done about it.

    Raises:
        ReasonNeeded: fewer than ten characters.
        StillOpen: a hit in it, the reply to the carrier, or the partner's question whether it
            met our subject, is still to be decided.
    """
    said = " ".join(words.split())
    if len(said) < LEAST:
        raise ReasonNeeded(f"write at least {LEAST} characters")
    case = claims.claim(s, case_id)
    open_hits = s.value(
        "SELECT count(*) FROM act.hit h WHERE h.case_id = :id AND h.state = 'open'"
        f" AND {visible.HIT}",
        id=case_id,
    )
    waits = case["kind"] in ("hit", "reply") and s.value(
        "SELECT reply IN ('contact-government') FROM act.traveller WHERE id = :t",
        t=case["traveller"],
    )
    if open_hits or waits or case["kind"] == "confirm":
        raise StillOpen("decide hits and reply first", case=case_id)
    record(s, subject=case_id, case=case_id, outcome="cleared",
           reasons=(Reason(code="desk.words", detail=Text(said, said)),))  # fmt: skip
    close_case(s, case, "done")

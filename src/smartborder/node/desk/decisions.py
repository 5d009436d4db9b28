"""An officer decides a hit: the same person, a different one, or it cannot be told.

What was decided about a pair is kept, so that the next flight is quiet. A case closes when its
hits are decided and no reply to the carrier is left to decide.
"""

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.decision import Outcome
from smartborder.model.reason import Reason
from smartborder.node.desk import claims, replies, visible
from smartborder.node.desk.closing import close_case
from smartborder.node.desk.errors import AlreadyDecided, OutcomeUnknown
from smartborder.node.desk.officer_decision import record
from smartborder.node.desk.order import hold_flight_of_traveller
from smartborder.node.lookouts.memory import Judgement, remember
from smartborder.node.node import Node
from smartborder.node.store.session import Row, Session

BECOMES: dict[Judgement, tuple[str, Outcome]] = {
    "different": ("cleared", "cleared"),
    "same": ("confirmed", "confirmed"),
    "cannot-tell": ("undecided", "undecided"),
}
HIT_CASES = ("hit", "arrival")
ALL_DIFFERENT = Reason(
    code="desk.all-hits-cleared",
    detail=Text(
        "Every hit was found to be another person.",
        "Chaque concordance visait une autre personne.",
    ),
)


def decide_hit(s: Session, node: Node, hit_id: str, judgement: str,
               reasons: tuple[Reason, ...]) -> None:  # fmt: skip
    """Record a judgement about one hit, remember it, and settle the case if it was the last.

    Raises:
        AlreadyDecided: somebody else was faster.
        OutcomeUnknown: ``judgement`` is none of the three.
    """
    judged = _judgement(judgement)
    hold_flight_of_traveller(
        s, str(s.value("SELECT traveller FROM act.hit WHERE id = :id", id=hit_id))
    )
    hit = s.one(f"SELECT * FROM act.hit h WHERE id = :id AND {visible.HIT} FOR UPDATE", id=hit_id)
    if hit["state"] not in ("open", "undecided"):
        raise AlreadyDecided("this hit was decided meanwhile", hit=hit_id)
    if hit["case_id"]:
        claims.claim(s, hit["case_id"])
    state, outcome = BECOMES[judged]
    record(s, subject=hit_id, case=hit["case_id"], outcome=outcome, reasons=reasons)
    s.run("UPDATE act.hit SET state = :state, decided_at = :now WHERE id = :id",
          state=state, now=s.now, id=hit_id)  # fmt: skip
    keep(s, hit, judged, reasons)
    if hit["case_id"]:
        claims.note(s, hit["case_id"], f"hit-{state}")
        settle(s, node, hit["case_id"])
    s.notify("queue")


def _judgement(word: str) -> Judgement:
    for known in BECOMES:
        if known == word:
            return known
    raise OutcomeUnknown("same, different or cannot-tell")


def keep(s: Session, hit: Row, judgement: Judgement, reasons: tuple[Reason, ...]) -> None:
    """Remember a judgement about this person and this entry."""
    fingerprint = s.value("SELECT fingerprint FROM act.traveller WHERE id = :t",
                          t=hit["traveller"])  # fmt: skip
    remember(
        s, fingerprint=bytes(fingerprint), entry=hit["entry"],
        entry_version=hit["entry_version"], judgement=judgement,
        why=msgspec.json.encode([r.detail for r in reasons]).decode(), case=hit["case_id"],
    )  # fmt: skip


def settle(s: Session, node: Node, case_id: str) -> None:
    """Close a hit case once nothing in it is left to decide."""
    case = s.one("SELECT * FROM act.case_file WHERE id = :id", id=case_id)
    states = {r["state"] for r in s.rows("SELECT state FROM act.hit h WHERE case_id = :id"
                                         f" AND {visible.HIT}", id=case_id)}  # fmt: skip
    if case["kind"] not in HIT_CASES or case["state"] != "open" or "open" in states:
        return
    if replies.waits(s, case):
        if states <= {"cleared", "withdrawn", "quiet"} and replies.only_lookouts(s, case):
            replies.give(s, node, case["traveller"], "ok", (ALL_DIFFERENT,), case=case_id)
        else:
            return
    if "confirmed" in states:
        close_case(s, case, "confirmed")
    else:
        close_case(s, case, "undecided" if "undecided" in states else "cleared")

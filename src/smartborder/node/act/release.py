"""A held reply that nobody decided is released by its stated default before doors close.

The default is always OK: the least intrusive lawful outcome. The case stays open as a referral
on arrival, and the release is a decision with its author, the rule, and its reasons. An officer
who decided before wins; and where something else than a look-out withholds the OK (a document
that the law asks for, say), there is no default to send.
"""

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.decision import Author, Decision
from smartborder.model.reason import Reason
from smartborder.node.act.case_opening import due
from smartborder.node.act.deciding import REDRESS, record_decisions
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.act.programme import CheckResult
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Row, Session

PURPOSE = "passenger-information"
RULE = "hold-default"
NOBODY_DECIDED = Reason(
    code="hold.default-released",
    detail=Text(
        "Nobody decided before the deadline; the stated default, OK, went out.",
        "Personne n'a décidé avant l'échéance; la valeur par défaut prévue, OK, a été envoyée.",
    ),
)
_DUE = "state = 'open' AND default_outcome IS NOT NULL AND due_at <= :now"


def release_held(node: Node) -> int:
    """Release every hold that is due, each in a transaction of its own; how many there were."""
    with node.store.act(SYSTEM, PURPOSE) as s:
        rows = s.rows(f"SELECT id FROM act.case_file WHERE {_DUE} ORDER BY due_at", now=s.now)
    return one_by_one((r["id"] for r in rows), lambda case: _release(node, case))


def _release(node: Node, case_id: str) -> None:
    with node.store.act(SYSTEM, PURPOSE) as s:
        # Everybody locks the traveller before the case, so that nobody waits in a circle.
        s.first(
            "SELECT id FROM act.traveller WHERE id ="
            " (SELECT traveller FROM act.case_file WHERE id = :id) FOR UPDATE",
            id=case_id,
        )
        case = s.first(
            f"SELECT * FROM act.case_file WHERE id = :id AND {_DUE} FOR UPDATE SKIP LOCKED",
            id=case_id,
            now=s.now,
        )
        if case is None:
            return
        flight = s.one("SELECT * FROM act.flight WHERE id = :id", id=case["flight"])
        reasons: tuple[Reason, ...] = ()
        if _nothing_else_holds(s, case):
            reasons = (NOBODY_DECIDED,)
            delegated = node.pack.delegations.get("documents")
            decision = Decision(
                id=s.new_id("decision"), subject=case["traveller"], case=case_id, outcome="ok",
                author=Author(kind="rule", id=RULE, delegated_by=delegated), reasons=reasons,
                at=s.now, redress=REDRESS,
            )  # fmt: skip
            record_decisions(s, [decision])
            change_reply(s, node, case["traveller"], "ok")
        s.run(
            "UPDATE act.case_file SET default_outcome = NULL, due_at = :due,"
            " instruction = 'board-and-refer', reasons = reasons || :reasons WHERE id = :id",
            id=case_id,
            due=due(flight, s.now, False),
            reasons=msgspec.json.encode(reasons).decode(),
        )
        s.notify("queue")


def _nothing_else_holds(s: Session, case: Row) -> bool:
    """Whether the look-out alone holds the reply, and no officer has decided it meanwhile."""
    held = s.first(
        "SELECT t.reply, EXISTS (SELECT FROM act.decision d WHERE d.id = t.reply_decision"
        " AND d.author_kind = 'officer' AND d.at >= :opened) AS decided,"
        " (SELECT results FROM act.check_result c WHERE c.traveller = t.id"
        "  ORDER BY c.at DESC, c.id DESC LIMIT 1) AS results"
        " FROM act.traveller t WHERE t.id = :t",
        t=case["traveller"],
        opened=case["opened_at"],
    )
    if held is None or held["decided"] or held["reply"] != "contact-government":
        return False
    results = msgspec.convert(held["results"] or [], tuple[CheckResult, ...])
    return all(r.result == "ok" or r.check == "lookouts" for r in results)

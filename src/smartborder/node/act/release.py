"""A held reply that nobody decided is released by its stated default before doors close.

The default is always OK: the least intrusive lawful outcome. The case stays open as a referral
on arrival, and the release is a decision with its author, the rule, and its reasons.
"""

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.decision import Author, Decision
from smartborder.model.reason import Reason
from smartborder.node.act.case_opening import due
from smartborder.node.act.deciding import REDRESS, record_decisions
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM

RULE = "hold-default"
NOBODY_DECIDED = Reason(
    code="hold.default-released",
    detail=Text(
        "Nobody decided before the deadline; the stated default, OK, went out.",
        "Personne n'a décidé avant l'échéance; la valeur par défaut prévue, OK, a été envoyée.",
    ),
)


def release_held(node: Node) -> int:
    """Release every hold that is due; how many there were."""
    with node.store.act(SYSTEM, "passenger-information") as s:
        rows = s.rows(
            "SELECT id, traveller, flight FROM act.case_file WHERE state = 'open'"
            " AND default_outcome IS NOT NULL AND due_at <= :now FOR UPDATE SKIP LOCKED",
            now=s.now,
        )
        for row in rows:
            flight = s.one("SELECT * FROM act.flight WHERE id = :id", id=row["flight"])
            record_decisions(
                s,
                [
                    Decision(
                        id=s.new_id("decision"), subject=row["traveller"], case=row["id"],
                        outcome="ok", reasons=(NOBODY_DECIDED,), at=s.now, redress=REDRESS,
                        author=Author(kind="rule", id=RULE,
                                      delegated_by=node.pack.delegations.get("documents")),
                    )
                ],
            )  # fmt: skip
            change_reply(s, node, row["traveller"], "ok")
            s.run(
                "UPDATE act.case_file SET default_outcome = NULL, due_at = :due,"
                " instruction = 'board-and-refer', reasons = reasons || :reason WHERE id = :id",
                id=row["id"],
                due=due(flight, s.now, False),
                reason=msgspec.json.encode([NOBODY_DECIDED]).decode(),
            )
            s.notify("queue")
        return len(rows)

"""An officer's decision, appended; it supersedes the one that stood."""

from smartborder.kernel.text import Text
from smartborder.model.decision import Author, Decision, Outcome
from smartborder.model.reason import Reason
from smartborder.node.act.deciding import REDRESS, record_decisions
from smartborder.node.store.session import Session

REDRESS_IN_PERSON = Text(
    "The traveller may ask for redress here, at any port of entry or in writing; no reason need be"
    " given. Tell them so.",
    "Le voyageur peut demander réparation ici, à tout point d'entrée ou par écrit, sans avoir à"
    " donner de motif. Dites-le-lui.",
)
"""For what is decided face to face; a reply to a carrier has a redress text of its own."""


def record(s: Session, *, subject: str, case: str | None, outcome: Outcome,
           reasons: tuple[Reason, ...], second: str | None = None,
           author: str | None = None, redress: Text = REDRESS) -> Decision:  # fmt: skip
    """Append an officer's decision; it supersedes the one that stood for the same subject."""
    stood = s.value("SELECT id FROM act.decision WHERE subject = :x ORDER BY at DESC, id DESC"
                    " LIMIT 1", x=subject)  # fmt: skip
    decision = Decision(
        id=s.new_id("decision"), subject=subject, case=case, outcome=outcome,
        author=Author(kind="officer", id=author or s.actor.id), reasons=reasons, at=s.now,
        supersedes=stood, second_person=second, redress=redress,
    )  # fmt: skip
    record_decisions(s, [decision])
    return decision

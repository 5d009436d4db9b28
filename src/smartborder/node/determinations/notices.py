"""The notice of a decision, in both languages: a draft until an officer's name stands under it.

It says what was decided, the reasons that were recorded with their sections, and how to contest
it. It quotes nothing that this node does not hold, and no fact of the file.
"""

from datetime import datetime

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.determinations.deciding import REDRESS
from smartborder.node.determinations.keeping import File

DRAFT = Text(
    "DRAFT, NOT VALID: no officer has decided. The law has only proposed.",
    "ÉBAUCHE, NON VALIDE : aucun agent n'a décidé. Le droit n'a fait que proposer.",
)
FROM_PROPOSAL = Text(
    "Proposal, advisory: no named counsel has reviewed this rule set.",
    "Proposition, à titre consultatif : aucun juriste nommé n'a révisé ces règles.",
)

ADVISORY = Text(
    "A section behind the proposal was coded from an excerpt or from memory: read it before "
    "deciding.",
    "Un article à l'appui de la proposition a été codé d'après un extrait ou de mémoire : le lire "
    "avant de décider.",
)


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice; ``officer`` None: a draft that nobody may hand out."""

    reference: str
    question: Text
    outcome: Text
    reasons: tuple[Reason, ...]
    redress: Text
    how_told: Text | None
    officer: str | None = None
    at: datetime | None = None
    warnings: tuple[Text, ...] = ()


def notice(file: File) -> Notice:
    """The notice of the newest decision, or a draft of what the proposal would say."""
    proposal = file.proposal
    verdict = proposal.verdict
    decided = file.decisions[0] if file.decisions else None
    word = decided.outcome if decided else verdict.verdict
    means = next(w.means for w in proposal.info.words if w.word == word)
    warnings = () if verdict.reviewed_by else (FROM_PROPOSAL,)
    if verdict.advisory:
        warnings = (*warnings, ADVISORY)
    return Notice(
        reference=file.reference,
        question=proposal.info.title,
        outcome=means,
        reasons=decided.reasons if decided else verdict.reasons,
        redress=decided.redress if decided else verdict.redress or REDRESS,
        how_told=verdict.notice,
        officer=decided.author_name if decided else None,
        at=decided.at if decided else None,
        warnings=warnings if decided else (DRAFT, *warnings),
    )

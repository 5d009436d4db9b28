"""Decisions recorded: appended, never changed, each a leaf in the ledger."""

from collections.abc import Sequence

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.decision import Decision
from smartborder.node.store.session import Session

REDRESS = Text(
    "The carrier may call the help desk at once; an officer can override this reply. The traveller"
    " may ask for redress at any port of entry or in writing; no reason need be given.",
    "Le transporteur peut appeler immédiatement le bureau d'aide; un agent peut infirmer cette"
    " réponse. Le voyageur peut demander réparation à tout point d'entrée ou par écrit, sans"
    " avoir à donner de motif.",
)


def record_decisions(s: Session, decisions: Sequence[Decision]) -> None:
    """Append decisions and commit to each in the ledger."""
    s.insert(
        "act.decision",
        ("id", "subject", "case_id", "outcome", "author_kind", "author", "delegated_by",
         "second_person", "reasons", "redress", "supersedes", "at"),
        [
            (d.id, d.subject, d.case, d.outcome, d.author.kind, d.author.id,
             d.author.delegated_by, d.second_person, msgspec.Raw(msgspec.json.encode(d.reasons)),
             msgspec.Raw(msgspec.json.encode(d.redress)), d.supersedes, d.at)
            for d in decisions
        ],
    )  # fmt: skip
    for d in decisions:
        s.leaf("decision", d.id, {"outcome": d.outcome, "author": d.author.id,
                                  "subject": d.subject})  # fmt: skip

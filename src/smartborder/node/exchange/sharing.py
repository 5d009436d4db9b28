"""Our look-outs go to the partner under the agreement on shared look-outs; nothing else does."""

import msgspec

from smartborder.model.lookout import Lookout
from smartborder.node.custody import corrections
from smartborder.node.exchange import gate
from smartborder.node.exchange.gate import Outgoing, Passed
from smartborder.node.home import NodeHome
from smartborder.node.lookouts.sealed import KEPT, said
from smartborder.node.store.session import Session

AGREEMENT = "shared-lookouts"
RECORD = (
    "id", "version", "kind", "names", "birth_dates", "nationalities", "sex", "documents", "basis",
    "originator", "office", "instruction", "default_reply", "caveats", "review_by", "created_at",
)  # fmt: skip
"""What crosses of a look-out; a note is free text and stays at home."""
WITHDRAWAL = ("id", "version", "originator", "office", "withdrawn_at")


def share_lookout(s: Session, home: NodeHome, lookout: Lookout) -> Passed | None:
    """Share a new version, in the transaction that makes it; None where there is no partner.

    To whom an earlier version was given it goes as a correction, which outlives a suspension and
    is confirmed back; a mere new review date is no correction.
    """
    told = corrections.recipients(s, lookout.id) if _says_something_else(s, lookout) else []
    partner = home.partner.node_id if home.partner else ""
    passed = gate.send(s, home, Outgoing(
        kind="correction" if f"partner:{partner}" in told else "disclosure",
        agreement=AGREEMENT, channel="push", stage="response", purpose="border-lookout",
        subject=lookout.id, record=lookout.id, fields=RECORD,
        values=msgspec.to_builtins(lookout), facts=facts(lookout), caveats=lookout.caveats,
    ))  # fmt: skip
    if told:
        envelope = passed.envelope if passed and passed.sent else None
        corrections.sent(s, lookout.id, lookout.version, told, partner, envelope)
    return passed


def share_withdrawal(s: Session, home: NodeHome, lookout: Lookout) -> Passed | None:
    """Tell the partner that a look-out ended; only its number and who withdrew it."""
    return gate.send(s, home, Outgoing(
        kind="withdrawal", agreement=AGREEMENT, channel="push", stage="response",
        purpose="lookout-withdrawal", subject=lookout.id, record=lookout.id, fields=WITHDRAWAL,
        values=msgspec.to_builtins(lookout), facts={"originator": lookout.originator},
    ))  # fmt: skip


def _says_something_else(s: Session, lookout: Lookout) -> bool:
    """Whether more than the review date differs from the version before."""
    row = s.first(f"{KEPT} WHERE l.id = :id AND l.version < :version"
                  " ORDER BY l.version DESC LIMIT 1",
                  id=lookout.id, version=lookout.version)  # fmt: skip
    if row is None:
        return False
    return lookout != msgspec.structs.replace(
        said(s, row), version=lookout.version, review_by=lookout.review_by,
        created_at=lookout.created_at,
    )  # fmt: skip


def facts(lookout: Lookout) -> dict[str, object]:
    """The facts that the agreement's clauses ask about a look-out."""
    identifiers = [
        word
        for word, held in (
            ("name", lookout.names),
            ("birth-date", lookout.birth_dates),
            ("document", lookout.documents),
        )
        if held
    ]
    return {
        "originator": lookout.originator,
        "subject_kind": lookout.kind,
        "identifiers": identifiers,
        "lookout_basis": lookout.basis,
        "review_by": lookout.review_by.isoformat(),
        **({"citizenships": list(lookout.nationalities)} if lookout.nationalities else {}),
    }

"""What the letter may say of each copy: an officer decides, an originator may forbid.

Nothing definite is said unless somebody decided so. Of a partner's record nothing may be said
that its originator did not allow.
"""

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.node.redress.requests import held_open
from smartborder.node.store.session import Session

CHOICES = ("tell", "withhold", "neither")


class OriginatorFirst(StateError):
    """The record is the partner's: ask its originator, and say only what it allows."""

    code = "redress.originator-first"
    title = Text("Ask the originator first", "Consultez d'abord l'auteur")


class UnknownChoice(InputError):
    """Tell, withhold (it exists but its content is protected), or neither confirm nor deny."""

    code = "redress.unknown-choice"
    title = Text("Unknown decision", "Décision inconnue")


def decide(s: Session, request: str, record: str, choice: str) -> None:
    """Decide what the letter says of one copy.

    Raises:
        NotOpen: the transaction is not bound to an open request.
        NotFound: no such copy was found for it.
        UnknownChoice: see there.
        OriginatorFirst: the partner's record may not be told of.

    """
    held_open(s, request)
    if choice not in CHOICES:
        raise UnknownChoice(f"one of {', '.join(CHOICES)}")
    row = s.one("SELECT originator, advice FROM redress.copy WHERE request = :q AND record = :r"
                " FOR UPDATE", q=request, r=record)  # fmt: skip
    allowed = row["originator"] is None or row["advice"] == "may-tell" or (
        row["advice"] == "may-not-tell" and choice == "withhold"
    )  # fmt: skip
    if choice != "neither" and not allowed:
        raise OriginatorFirst("its originator has not allowed it", record=record)
    s.run(
        "UPDATE redress.copy SET decision = :choice, decided_by = :by, decided_at = :now"
        " WHERE request = :q AND record = :r",
        choice=choice,
        by=s.actor.label,
        now=s.now,
        q=request,
        r=record,
    )
    s.leaf("redress", request, {"record": record, "decision": choice, "by": s.actor.label})

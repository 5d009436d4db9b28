"""Decision: what a person, or the one rule that law lets answer alone, decided."""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.reason import Reason


class NoAuthor(InputError):
    """An adverse decision without a named human author (red line 1)."""

    code = "decision.needs-a-person"
    title = Text("A person must decide this", "Une personne doit en décider")


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided: an officer by user id, or a rule with the official who delegated it."""

    kind: Literal["officer", "rule"]
    id: str
    delegated_by: str | None = None


Outcome = Literal[
    "ok", "not-ok", "contact-government", "insufficient",
    "refer", "cleared", "confirmed", "undecided", "overridden",
    "admitted", "conditions", "allowed-to-leave", "refused", "withdrew",
    "arrested", "wrong-person", "no-result", "not-presented",
]  # fmt: skip
ADVERSE: frozenset[str] = frozenset({"not-ok", "refused", "arrested", "confirmed", "refer"})
RULE_MAY: frozenset[str] = frozenset({"ok", "not-ok", "insufficient", "contact-government"})


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision; a later one supersedes it, none is ever changed."""

    id: str
    subject: str
    outcome: Outcome
    author: Author
    reasons: tuple[Reason, ...]
    at: datetime
    case: str | None = None
    supersedes: str | None = None
    second_person: str | None = None
    redress: Text

    def __post_init__(self) -> None:
        """A rule may author only what the law lets it answer alone, and must be delegated."""
        if self.author.kind == "rule":
            if self.outcome not in RULE_MAY or not self.author.delegated_by:
                raise NoAuthor(f"no rule may decide '{self.outcome}'; an officer must")
        if not self.reasons:
            raise NoAuthor("a decision needs at least one reason")

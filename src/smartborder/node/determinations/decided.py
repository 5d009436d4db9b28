"""What an officer decided on a determination: the shape of a decision, with the rule's word."""

from datetime import datetime
from typing import Literal

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.decision import NoAuthor
from smartborder.model.reason import Reason


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """One decision; a later one supersedes it, none is ever changed.

    ``outcome`` is a word of the rule set (``exception``, ``departure-order`` ...). The author
    is always an officer: no rule decides on its own in this room.
    """

    id: str
    file: str
    version: int
    outcome: str
    author: str
    author_name: str
    reasons: tuple[Reason, ...]
    redress: Text
    at: datetime
    author_kind: Literal["officer"] = "officer"
    supersedes: str | None = None

    def __post_init__(self) -> None:
        """No decision without a named person and a reason."""
        if not self.author or not self.author_name.strip():
            raise NoAuthor("a determination is an officer's decision, under their own name")
        if not self.reasons:
            raise NoAuthor("a decision needs at least one reason")

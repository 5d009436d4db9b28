"""What a rule is: a named function from facts and law to a verdict, with its description."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from smartborder.kernel.text import Text
from smartborder.law.facts import Facts
from smartborder.law.provisions import View
from smartborder.model.verdict import Verdict

F = TypeVar("F", bound=Facts)


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One verdict a rule can give.

    ``adverse`` verdicts hurt somebody: they are proposals that name their author-to-be.
    """

    word: str
    means: Text
    adverse: bool = False


class RuleInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as it is listed.

    Attributes:
        name: as typed (``boarding``).
        country: ISO alpha-2 of the law, ``XX`` for the rule of the neutral pack.
        words: verdicts, the one kindest to the person first.
        citations: every provision the rule may rest on.

    """

    name: str
    title: Text
    country: str
    words: tuple[Word, ...]
    citations: tuple[str, ...]


class Rule(Generic[F]):
    """A rule of one country: its description, the facts it takes and the function itself."""

    def __init__(
        self,
        *,
        name: str,
        pack: str,
        title: Text,
        facts: type[F],
        words: tuple[Word, ...],
        citations: tuple[str, ...],
        run: Callable[[F, View], Verdict],
        day_fact: str | None = None,
    ) -> None:
        """``day_fact`` names the fact that is the day asked about, when none is given."""
        self.name = name
        self.pack = pack
        self.facts = facts
        self.run = run
        self.day_fact = day_fact
        self.info = RuleInfo(
            name=name,
            title=title,
            country="XX" if pack == "neutral" else pack.upper(),
            words=words,
            citations=citations,
        )
        self.kindness = {word.word: place for place, word in enumerate(words)}
        self.adverse = frozenset(word.word for word in words if word.adverse)


AnyRule = Rule[Any]

UNDETERMINED = Word(
    word="undetermined",
    means=Text(
        "It cannot be said until the open facts are known; an officer decides.",
        "On ne peut le dire tant que les faits en suspens ne sont pas connus; un agent décide.",
    ),
)

"""The words agreements are written in: fields that can be asked for, facts that decide."""

from functools import cache
from typing import Literal

import msgspec

from smartborder.agreements.source import read_source
from smartborder.kernel.resources import read_bytes
from smartborder.kernel.text import Text
from smartborder.model.iso3166 import understand

FactType = Literal["countries", "country", "flag", "word", "words", "text", "texts", "instant"]


class FieldWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field that one side can ask of the other.

    Attributes:
        category: what kind of data it is; ``protection`` guards its own existence.
        free_text: True if people wrote it freely: it never crosses unread.
        max_bytes: the most its value may take as canonical JSON; it sizes every answer.

    """

    category: str
    en: str
    fr: str
    free_text: bool = False
    max_bytes: int = 128

    @property
    def label(self) -> Text:
        """The name on screens and pages."""
        return Text(self.en, self.fr)


class FactWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fact about the subject or the request that a clause may depend on.

    Attributes:
        absent: what leaving it out means: ``unknown`` (nobody may act on a guess) or ``none``.
        empty: what an empty list means; nobody is without citizenship but the stateless, whose
            code is XXA, so no citizenship on record is one that is not known.

    """

    type: FactType
    absent: Literal["unknown", "none"]
    en: str
    fr: str
    empty: Literal["unknown", "none"] = "none"
    values: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> Text:
        """The name on screens and pages."""
        return Text(self.en, self.fr)


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words, in one version that both nodes must share."""

    version: int
    fields: dict[str, FieldWord]
    facts: dict[str, FactWord]
    nationals_of: dict[str, str]
    unknown_countries: frozenset[str]

    def fact_name(self, key: str) -> str | None:
        """The fact that ``key`` means, by name or alias; None if there is none."""
        if key in self.facts:
            return key
        return next((n for n, f in self.facts.items() if key in f.aliases), None)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with this version."""
    data, _ = read_source(read_bytes("smartborder.agreements", "vocabulary.yaml"))
    return msgspec.convert(data, Vocabulary)


def is_country(code: str) -> bool:
    """True for an alpha-3 code of ISO 3166 or Doc 9303-3, in capitals."""
    return understand(code) == (code, "as-is")

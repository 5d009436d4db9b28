"""Words a person reads, in both official languages."""

from typing import Literal

import msgspec

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Text(msgspec.Struct, frozen=True):
    """One sentence in English and in French; neither is a translation of record.

    Both must be present: a text that exists in one language only is a defect.
    """

    en: str
    fr: str

    def in_(self, language: Language) -> str:
        """The sentence in ``language``."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> "Text":
        """Both sentences with ``{name}`` replaced by the same values."""
        return Text(self.en.format(**values), self.fr.format(**values))

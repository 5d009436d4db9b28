"""How a citation is written in French: ``IRPR 159.4(1)(b)`` is ``RIPR, art. 159.4(1)b)``.

The codes of the machine stay the official English short form; whoever reads them in French reads
the French short title, which each law file gives (``cited_fr``), and French paragraph letters.
"""

import re
from functools import cache

from smartborder.kernel.text import Language, Text
from smartborder.law.provisions import instruments

PACKS = ("ca", "us", "neutral")
ELSEWHERE = {
    "Agreement, Article": "Accord, article",
    "Schedule": "annexe",
    "Node policy of Canada": "Politique du nœud du Canada",
    "Node policy of the United States": "Politique du nœud des États-Unis",
    "Node policy": "Politique du nœud",
}
"""What is cited and has no law file of its own, longest first where one begins another."""
_LETTER = re.compile(r"\(([a-hj-uwyz](?:\.\d)?)\)")
"""English paragraphs are (a), French ones a); (i), (v) and (x) are numbers of subparagraphs."""


def cited(citation: str | None, language: Language) -> str:
    """A citation as a person reads it; what is not known to the law files stays as it is."""
    if not citation or language != "fr":
        return citation or ""
    return _french(citation)


def both(citation: str) -> Text:
    """A citation in both languages."""
    return Text(citation, cited(citation, "fr"))


@cache
def _french(citation: str) -> str:
    for english, french, letters in _titles():
        if citation.startswith(f"{english} "):
            rest = citation[len(english) + 1 :]
            rest = _labels().get(citation, rest)
            if letters:
                rest = _LETTER.sub(r"\1)", rest)
            return (
                f"{french}, art. {rest}" if letters and rest[:1].isdigit() else f"{french} {rest}"
            )
    for english, french in ELSEWHERE.items():
        if citation.startswith(english):
            return french + citation[len(english) :]
    return citation


@cache
def _titles() -> tuple[tuple[str, str, bool], ...]:
    """Short title, its French form, and whether its paragraphs have French letters."""
    found = {
        (file.instrument, file.cited_fr, pack == "ca")
        for pack in PACKS
        for file in instruments(pack)
        if file.cited_fr is not None
    }
    return tuple(sorted(found, key=lambda each: (-len(each[0]), each)))


@cache
def _labels() -> dict[str, str]:
    """Citations whose last part is a word of its own in French."""
    return {
        f"{file.instrument} {label}": provision.label_fr
        for pack in PACKS
        for file in instruments(pack)
        for label, provision in file.provisions.items()
        if provision.label_fr is not None
    }

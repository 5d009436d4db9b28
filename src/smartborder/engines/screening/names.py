"""A written name to its words: articles, titles and legal forms recognised, the rest compared."""

import re
from functools import cache
from typing import Any

import msgspec

from smartborder.engines.screening.script import is_vowelless, to_latin
from smartborder.kernel.resources import read_yaml
from smartborder.model.screening import Kind

MAX_WORDS = 12
"""Words beyond this many are ignored: no name needs them, and a hostile one may have 300."""

_APOSTROPHES = re.compile(r"[’‘'`´ʼʻʾʿ]")
_WORD = re.compile(r"[a-z0-9]+")
_GLUED = re.compile(r"^(?:al|el|ul)(?=[a-z]{4})")


class NameKey(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared.

    Attributes:
        words: lower-case Latin words that carry identity, in written order.
        forms: classes of the legal forms found (``llc``); empty for people.
        vowelless: written in a script that leaves vowels out.

    """

    words: tuple[str, ...]
    forms: frozenset[str] = frozenset()
    vowelless: bool = False


@cache
def _words() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("smartborder.engines.screening", "data/words.yaml")
    return data


@cache
def _dropped() -> frozenset[str]:
    return frozenset(_words()["particles"]) | frozenset(_words()["titles"])


@cache
def _forms() -> dict[str, str]:
    return {form: name for name, forms in _words()["legal_forms"].items() for form in forms}


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted(_words()["legal_phrases"], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b")


def name_key(text: str, kind: Kind) -> NameKey:
    """The key of ``text``, read as the name of a ``kind``.

    Words that carry no identity are dropped unless nothing else is left.
    """
    latin = to_latin(_APOSTROPHES.sub("", text))
    found = _WORD.findall(latin)
    vowelless = not text.isascii() and is_vowelless(text)
    if kind == "person":
        return NameKey(words=_person(found), vowelless=vowelless)
    forms: set[str] = set()
    if kind == "organisation":
        joined = _phrases().sub(lambda m: _words()["legal_phrases"][m[0]], " ".join(found))
        table = _forms()
        kept = []
        for word in joined.split():
            (forms.add(table[word]) if word in table else kept.append(word))
        kept = [w for w in kept if w not in {"the", "of", "and", "de", "for", "et"}] or found
        return NameKey(words=tuple(kept[:MAX_WORDS]), forms=frozenset(forms), vowelless=vowelless)
    return NameKey(words=tuple(found[:MAX_WORDS]), vowelless=vowelless)


def _person(found: list[str]) -> tuple[str, ...]:
    dropped = _dropped()
    kept: list[str] = []
    pending = ""
    for word in found:
        if word in {"abd", "abdel", "abdul", "abdal", "abed"}:
            pending = "abd"
        elif word in dropped:
            continue
        else:
            kept.append(pending + _GLUED.sub("", word))
            pending = ""
    if pending:
        kept.append(pending)
    return tuple((kept or found)[:MAX_WORDS])

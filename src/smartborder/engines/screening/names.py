"""A written name to its words: articles, titles and legal forms recognised, the rest compared."""

import re
from functools import cache, lru_cache
from typing import Any

import msgspec

from smartborder.engines.screening.script import is_vowelless, to_latin
from smartborder.kernel.resources import read_yaml
from smartborder.model.screening import Kind

MAX_WORDS = 12
"""Words beyond this many are ignored: no name needs them, and a hostile one may have 300."""

LONGEST_NAME = 400
"""Characters of a written name that are read; passports end at 39, lists at about 250."""
_LONGEST_WORD = 40

_APOSTROPHES = re.compile(r"[’‘'`´ʼʻʾʿ]")
_WORD = re.compile(r"[a-z0-9]+")
_GLUED = re.compile(r"^(?:al|el|ul)(?=[a-z]{4})")


def _with_slips(word: str) -> set[str]:
    """``word``, with two neighbours exchanged, a letter missing or one doubled."""
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    missing = {word[:i] + word[i + 1 :] for i in range(2, len(word) - 1)}
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    return {word} | swapped | missing | doubled


_ARTICLES = frozenset({"al", "el", "ul", "ud", "ad", "ed", "id", "od", "a", "e", "eldin"})
_ENDINGS = frozenset({"allah", "ullah", "ollah", "ulla", "zadeh", "zada", "zade"})
_FAITH = frozenset({"din", "deen", "dine", "dein", "islam"})
"""Second halves of compound names: Khair Ullah is Khairullah, Nur al-Din is Nuruddin."""
_SERVANTS = frozenset({"abd", "abed", "abdoul", "abdool"}).union(
    *(_with_slips(word) for word in ("abdul", "abdel", "abdal", "abdol", "abdil"))
)
"""'Servant of (the)': one name with the word that follows, however it was typed."""
_RELATED = _ARTICLES | _ENDINGS | _SERVANTS


class NameKey(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared.

    Attributes:
        words: Latin words that carry identity, in written order; in capitals if vowels are
            not written, else in lower case.
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
    text = text[:LONGEST_NAME]
    if kind == "person" and (plain := _plain(text)):
        return NameKey(words=plain)
    if kind == "person" and text.count(",") == 1:  # 'SURNAME, Given' back to spoken order
        surname, _, given = text.partition(",")
        text = f"{given} {surname}"
    latin = to_latin(_APOSTROPHES.sub("", text))
    found = _WORD.findall(latin)
    if kind == "person":
        words, forms = _person(found), frozenset[str]()
    elif _is_registration(text.strip()):
        words, forms = (latin.strip(),), frozenset[str]()
    elif kind == "organisation":
        words, forms = _organisation(_WORD.findall(_TAIL.sub("", latin)) or found)
    else:
        words, forms = tuple(found), frozenset[str]()
    vowelless = not text.isascii() and is_vowelless(text)
    words = tuple(word[:_LONGEST_WORD] for word in words[:MAX_WORDS])
    return NameKey(
        words=tuple(w.upper() for w in words) if vowelless else words,
        forms=forms,
        vowelless=vowelless,
    )


def _plain(text: str) -> tuple[str, ...]:
    """The words of a name that needs no more than to be taken apart; () if it may need more."""
    if not text.isascii() and (is_vowelless(text) or _APOSTROPHES.search(text)):
        return ()
    words = [_plain_word(word) for word in to_latin(text).split()]
    return tuple(words[:MAX_WORDS]) if all(words) else ()


@lru_cache(maxsize=200_000)
def _plain_word(word: str) -> str:
    """``word`` as :func:`_person` keeps it wherever it stands; '' if that depends."""
    if not word.isalnum() or word in _dropped() or word in _RELATED:
        return ""
    return _GLUED.sub("", word)[:_LONGEST_WORD]


_REGISTRATION = re.compile(r"([A-Z][A-Z0-9])-(?:[A-Z]{3}|[0-9]{3,5})")
_LETTERS = re.compile(r"\b[a-z](?: [a-z]\b)+")
_TAIL = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
"""An acronym or remark in brackets after a name."""
_LINKS = frozenset({"the", "of", "and", "de", "for", "et", "y", "i"})


def _organisation(found: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Words and the classes of legal forms taken out of them; ``S A L`` is one word."""
    together = _LETTERS.sub(lambda m: m[0].replace(" ", ""), " ".join(found))
    joined = _phrases().sub(lambda m: _words()["legal_phrases"][m[0]], together)
    table = _forms()
    forms = {table[word] for word in joined.split() if word in table}
    kept = [w for w in joined.split() if w not in table]
    return tuple([w for w in kept if w not in _LINKS] or found), frozenset(forms)


def _is_registration(text: str) -> bool:
    """An aircraft's mark: it is the same or another, EP-ITB is not nearly EP-ITG (ICAO Annex 7)."""
    found = _REGISTRATION.fullmatch(text.upper())
    return found is not None and found[1].lower() in _words()["aircraft_marks"]


def _person(found: list[str]) -> tuple[str, ...]:
    dropped = _dropped()
    kept: list[str] = []
    pending = ""
    article = False
    for word in found:
        if word in _SERVANTS:
            pending = "abd"
        elif kept and (word in _ENDINGS or (article and word in _FAITH)):
            kept[-1] += word
        elif word not in dropped:
            kept.append(pending + _GLUED.sub("", word))
            pending = ""
        article = word in _ARTICLES
    if pending:
        kept.append(pending)
    return tuple(kept or found)

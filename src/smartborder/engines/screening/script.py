"""Any script to plain lower-case Latin.

Letter tables are data (``data/scripts.yaml``); scripts that are not in them go through anyascii.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from smartborder.kernel.resources import read_yaml

_PACKAGE = "smartborder.engines.screening"
_HANGUL = 0xAC00, 0xD7A3
_SYLLABLE = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ABJAD = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_ARTICLE = re.compile(r"(?<![\u0600-\u06ff])(?:ال|أل|إل)(?=[\u0600-\u06ff]{2})")


@cache
def _tables() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml(_PACKAGE, "data/scripts.yaml")
    return data


@cache
def _letters() -> dict[str, str]:
    data = _tables()
    return {
        **data["arabic"],
        **data["cyrillic"],
        **data["greek"],
        **data["hebrew"],
        **data["latin"],
    }


def is_vowelless(text: str) -> bool:
    """True for Arabic and Hebrew script, which leave short vowels unwritten."""
    return _ABJAD.search(text) is not None


def to_latin(text: str) -> str:
    """``text`` in lower-case ASCII; marks, direction marks and joiners are gone.

    Han characters become one space-separated syllable each; Arabic articles are cut off.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    if is_vowelless(text):
        text = text.replace("ـ", "").replace(" الله", "الله")  # Atiq Allah is Atiqullah
        return _spelt(_ARTICLE.sub("", text))
    return " ".join(map(_spelt_word, text.split(" ")))


@lru_cache(maxsize=200_000)
def _spelt_word(word: str) -> str:
    """One word, remembered: names repeat their words."""
    return word if word.isascii() else _spelt(word)


def _spelt(text: str) -> str:
    """Folded text in plain letters, sign by sign but for Greek pairs and Korean syllables."""
    if _HAN.search(text):
        text = _HAN.sub(lambda m: f" {anyascii(m[0]).lower()} ", text)
    if _GREEK.search(text):
        text = _without_accents(text)
        for pair, sound in _tables()["greek_pairs"].items():
            text = text.replace(pair, sound)
    letters = _letters()
    out: list[str] = []
    for char in _hangul(text):
        if char < "\x80":
            out.append(char)
        elif char in letters:
            out.append(letters[char])
        else:
            out.extend(_plain(c, letters) for c in unicodedata.normalize("NFKD", char))
    return "".join(out)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def _plain(char: str, letters: dict[str, str]) -> str:
    """One decomposed character; marks, format characters and controls say nothing."""
    if char < "\x80":
        return char
    if char in letters:
        return letters[char]
    return "" if unicodedata.category(char)[0] in "MC" else anyascii(char).lower()


def _hangul(text: str) -> str:
    """Hangul as passports spell it; in short words each syllable, the first maybe a surname."""
    if not _SYLLABLE.search(text):
        return text
    data = _tables()
    return " ".join(_hangul_word(word, data) for word in text.split(" "))


def _hangul_word(word: str, data: dict[str, Any]) -> str:
    out: list[str] = []
    for position, char in enumerate(word):
        number = ord(char) - _HANGUL[0]
        if not 0 <= number <= _HANGUL[1] - _HANGUL[0]:
            out.append(char)
            continue
        surname = position == 0 and len(word) <= 4 and char in data["hangul_surname"]
        spelt = (
            data["hangul_surname"][char]
            if surname
            else data["hangul_initial"][number // 588]
            + data["hangul_medial"][number % 588 // 28]
            + data["hangul_final"][number % 28]
        )
        out.append(spelt + (" " if 2 <= len(word) <= 4 else ""))
    return "".join(out)

"""What spellings of one word have in common: three keys, each coarser than the last.

* *sound* keeps the vowels as three classes and merges spellings of one consonant;
* *fold*, the skeleton, drops vowels: Mohammed, Muhamad and محمد are all ``mhmd``;
* *coarse* also merges consonants that scripts and ears exchange (b/p, d/t, g/k/q/j, z/s).

A word in capitals comes from a script that leaves vowels out; only its skeleton can be compared.
"""

import re
from functools import lru_cache

import msgspec

_CONSONANTS: dict[str, str] = {
    **dict.fromkeys(("shch", "sch", "sh", "sz"), "s"),
    **dict.fromkeys(("dzh", "dj"), "j"),
    **dict.fromkeys(("tsch", "tch", "ch", "cz"), "C"),
    **dict.fromkeys(("ts", "tz", "dz", "zh"), "z"),
    **dict.fromkeys(("ck", "q", "c"), "k"),
    "kh": "h",
    "gh": "g",
    "dh": "d",
    "th": "t",
    "ph": "f",
    "x": "ks",
    "ce": "se",
    "ci": "si",
    "cy": "sy",
}
"""Spellings of one consonant; ``C`` is the ch of church, kept apart from the hard c."""
_VOWELS: dict[str, str] = {
    **dict.fromkeys(("ou", "oo", "au", "aw", "ow"), "u"),
    **dict.fromkeys(("ee", "ei", "ey", "ie", "iy", "yi"), "i"),
    **dict.fromkeys(("ai", "ay", "aa", "ae"), "a"),
}


def _any_of(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


_CONSONANT = _any_of(_CONSONANTS)
_VOWEL = _any_of(_VOWELS)
_SERVANT = re.compile(r"^abd[aeuo]?(?:l|([rsntzd])(?=\1))")
"""'Abd al-', 'servant of the', glued on: Abdulrahman, Abdelrahman, Abdurrahman."""
_PLAIN = str.maketrans(
    {"v": "f", "p": "b", "w": None, "y": None, "C": "j", **dict.fromkeys("aeiou")}
)
_CLASSES = str.maketrans("oveyw", "ufiiu")
_MERGED = str.maketrans("bpdtgkqjzsfvclr", "bbddkkkkzzffkrr")
_TWICE = re.compile(r"(.)\1+")


class WordKeys(msgspec.Struct, frozen=True):
    """The three keys of a word."""

    fold: str
    sound: str
    coarse: str


@lru_cache(maxsize=500_000)
def word_keys(word: str) -> WordKeys:
    """Keys of one Latin word; digits stay as they are. No key is empty unless ``word`` is."""
    lower = word.lower()
    merged = _CONSONANT.sub(lambda m: _CONSONANTS[m[0]], lower)
    bones = _skeleton(merged)
    sound = _VOWEL.sub(lambda m: _VOWELS[m[0]], merged)
    sound = _TWICE.sub(r"\1", sound.lower().translate(_CLASSES))
    if len(sound) > 3 and sound.endswith("h"):
        sound = sound[:-1]
    coarse = _TWICE.sub(r"\1", bones.translate(_MERGED).replace("h", ""))
    return WordKeys(bones or lower[:1], sound or lower, coarse or bones or lower[:1])


def fold(word: str) -> str:
    """The skeleton alone."""
    return word_keys(word).fold


def _skeleton(merged: str) -> str:
    """A leading vowel or ``y`` stays as ``a``: Umar and Amr agree, Hamid and Ahmad do not."""
    merged = _SERVANT.sub("abd", merged)
    if merged[:1] == "w":
        merged = "v" + merged[1:]
    head = "a" if merged[:1] in tuple("aeiouy") else ""
    body = merged.translate(_PLAIN)
    if len(body) > 1 and body.endswith("h"):
        body = body[:-1]
    return _TWICE.sub(r"\1", (head + body).lower())

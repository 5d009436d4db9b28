"""Other ways to divide a name into words: written together, or apart, where the lists do so.

``Kim Jongun`` is also tried as ``Kim Jong Un`` if the lists know those words; ``Jong Un`` as
``Jongun`` likewise. Nothing is tried that no listed name could answer.
"""

from collections.abc import Iterator

from smartborder.engines.screening.lexicon import Lexicon
from smartborder.engines.screening.names import MAX_WORDS, NameKey
from smartborder.engines.screening.wordkeys import fold

_MOST = 3
_SPLITTABLE = 6
_LONGEST_SPLIT = 40
_FOLD_ENOUGH = 5
_VOWELS = frozenset("aeiouyAEIOUY")


def variants(name: NameKey, lexicon: Lexicon) -> Iterator[NameKey]:
    """Up to three other divisions of ``name``."""
    made = 0
    words = name.words
    if name.vowelless:
        other = tuple(w.replace("TH", "S").replace("DH", "Z") for w in words)
        if other != words:  # one letter, read differently in Arabic and in Persian or Urdu
            yield _with(name, other)
    known = lexicon.number
    for at in range(len(words) - 1):
        joined = words[at] + words[at + 1]
        if joined in known or _bones_known(words[at], words[at + 1], lexicon):
            yield _with(name, (*words[:at], joined, *words[at + 2 :]))
            made += 1
            if made == _MOST:
                return
    for at, word in enumerate(words):
        pieces = _pieces(word, lexicon)
        if pieces:
            yield _with(name, (*words[:at], *pieces, *words[at + 1 :]))
            made += 1
            if made == _MOST:
                return


class Joints:
    """Quick answers whether two words may be one in the lists: what such words begin and end with.

    A "no" is certain.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        """Every beginning and end of the words and of the skeletons that are long enough."""
        words = lexicon.number
        bones = [b for b in lexicon.known_folds if len(b) >= _FOLD_ENOUGH]
        self._heads = {w[:n] for w in words for n in range(1, len(w))}
        self._tails = {w[n:] for w in words for n in range(1, len(w))}
        self._head_bones = {b[:n] for b in bones for n in range(1, len(b) + 1)}
        self._tail_bones = {b[n:] for b in bones for n in range(len(b) + 1)}

    def first(self, word: str) -> bool:
        """Whether ``word`` may be the first of two."""
        return word in self._heads or fold(word) in self._head_bones

    def second(self, word: str) -> bool:
        """Whether ``word`` may be the second of two."""
        return word in self._tails or _tail(word) in self._tail_bones


def splittable(word: str, lexicon: Lexicon) -> bool:
    """Whether ``word`` is several listed words written together."""
    return bool(_pieces(word, lexicon))


def _pieces(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    known = lexicon.number
    if (
        word not in known
        and _SPLITTABLE <= len(word) <= _LONGEST_SPLIT
        and word[:2] in lexicon.beginnings
    ):
        return _split(word, known)
    return ()


def _bones_known(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether a listed word has the skeleton of both written as one; worked out from the parts."""
    head, tail = fold(first), _tail(second)
    bones = head + (tail[1:] if tail[:1] == head[-1:] else tail)
    return len(bones) >= _FOLD_ENOUGH and bones in lexicon.known_folds


def _tail(word: str) -> str:
    """The skeleton of ``word`` behind another: the vowel it begins with is heard no more."""
    return fold(word)[1:] if word[0] in _VOWELS else fold(word)


def _with(name: NameKey, words: tuple[str, ...]) -> NameKey:
    return NameKey(words=words[:MAX_WORDS], forms=name.forms, vowelless=name.vowelless)


def _split(word: str, known: dict[str, int]) -> tuple[str, ...]:
    """``word`` as the fewest listed words of three letters or more (one may have two), or ()."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for start in range(len(word) - 1):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 2, len(word) + 1):
            piece = word[start:end]
            if piece not in known:
                continue
            pieces = (*before, piece)
            short = sum(len(p) == 2 for p in pieces)
            held = best[end]
            if short <= 1 and (held is None or len(pieces) < len(held)):
                best[end] = pieces
    found = best[len(word)]
    return found if found and len(found) <= 4 else ()

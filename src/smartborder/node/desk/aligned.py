"""Two names laid side by side for the eye: word beside word, and which letters differ.

This only draws; whether two names agree is the matcher's judgement and comes with its reasons.
"""

import unicodedata
from difflib import SequenceMatcher
from typing import Literal

import msgspec

Likeness = Literal["same", "alike", "alone"]
_ALIKE = 0.5


class WordPair(msgspec.Struct, frozen=True, kw_only=True):
    """One word of each name, or one that stands alone.

    ``ours`` and ``theirs`` are pieces (text, differs), so that a page can mark letters.
    """

    likeness: Likeness
    ours: tuple[tuple[str, bool], ...] = ()
    theirs: tuple[tuple[str, bool], ...] = ()


def side_by_side(ours: str, theirs: str) -> list[WordPair]:
    """The words of two names, paired best first, in the order of ``ours``; leftovers at the end."""
    left, right = ours.replace(",", " ").split(), theirs.replace(",", " ").split()
    rated = sorted(
        ((_ratio(a, b), -abs(i - j), i, j) for i, a in enumerate(left) for j, b in
         enumerate(right)), reverse=True,
    )  # fmt: skip
    partner: dict[int, int] = {}
    for ratio, _, i, j in rated:
        if ratio >= _ALIKE and i not in partner and j not in partner.values():
            partner[i] = j
    pairs = [
        _pair(a, right[partner[i]])
        if i in partner
        else WordPair(likeness="alone", ours=((a, True),))
        for i, a in enumerate(left)
    ]
    alone = [b for j, b in enumerate(right) if j not in partner.values()]
    return pairs + [WordPair(likeness="alone", theirs=((b, True),)) for b in alone]


def _pair(a: str, b: str) -> WordPair:
    if _plain(a) == _plain(b):
        return WordPair(likeness="same", ours=((a, False),), theirs=((b, False),))
    ours, theirs = [], []
    for what, i, j, k, m in SequenceMatcher(
        None, _plain(a), _plain(b), autojunk=False
    ).get_opcodes():
        if i < j:
            ours.append((a[i:j], what != "equal"))
        if k < m:
            theirs.append((b[k:m], what != "equal"))
    return WordPair(likeness="alike", ours=tuple(ours), theirs=tuple(theirs))


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, _plain(a), _plain(b), autojunk=False).ratio()


def _plain(word: str) -> str:
    """Lower case without accents, of the same length as the word wherever that is possible."""
    plain = "".join((unicodedata.normalize("NFD", c)[:1] or c).lower()[:1] for c in word)
    return plain if len(plain) == len(word) else word.lower()

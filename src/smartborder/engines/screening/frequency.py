"""How common a word is in names: what the loaded lists show, on top of a world background.

The background makes scores mean the same with five look-outs loaded or with a million names.
It is two things: a short table of words known to be common (``data/common_words.yaml``), and
how much a skeleton of a given length tells when nothing else is known.
"""

import re
from collections.abc import Mapping
from functools import cache
from math import log

from smartborder.engines.screening.wordkeys import fold
from smartborder.kernel.resources import read_yaml

BACKGROUND_NAMES = 50_000
"""The size of the imagined sample that the background counts refer to."""

_RARE_WORD = 1.0
_BY_FOLD_LENGTH = (60.0, 60.0, 25.0, 8.0, 3.0, 1.5)
"""Expected count of an unknown skeleton of 0, 1, 2 ... letters; the last also for longer ones."""

_FATHERS = re.compile(r"(?:[oe]v[iy]ch|[oe]vna|ichna|[iy]vna|[oy]v[iy]tch)$")
_PATRONYMIC = 4.0
"""A father's name repeats a given name."""
_INITIAL = 2.0


def is_patronymic(word: str) -> bool:
    """True for East Slavic patronymics, which are left out as often as not."""
    return _FATHERS.search(word) is not None


@cache
def _common() -> tuple[Mapping[str, float], Mapping[str, float]]:
    words: dict[str, float] = {}
    folds: dict[str, float] = {}
    table = read_yaml("smartborder.engines.screening", "data/common_words.yaml")
    for count, listed in table.items():
        for word in listed:
            if word not in words:
                words[word] = float(count)
                key = fold(word)
                folds[key] = folds.get(key, 0.0) + float(count)
    return words, folds


class Frequency:
    """Counts of words and skeletons over ``total`` listed names."""

    def __init__(self, total: int, words: Mapping[str, int], folds: Mapping[str, int]) -> None:
        """``words`` and ``folds`` count the names that hold them."""
        self._words = words
        self._folds = folds
        self._log_total = log(total + BACKGROUND_NAMES)

    def weight(self, word: str, skeleton: str) -> float:
        """Information in nats: the mean of what the word and its skeleton tell.

        A misspelling of a common name is rare as written but has a common skeleton.
        """
        common_words, common_folds = _common()
        own = self._words.get(word, 0) + common_words.get(word, _RARE_WORD)
        expected = _BY_FOLD_LENGTH[min(len(skeleton), len(_BY_FOLD_LENGTH) - 1)]
        folded = self._folds.get(skeleton, 0) + common_folds.get(skeleton, expected)
        told = max(self._log_total - 0.5 * (log(own) + log(folded)), 0.5)
        if len(word) == 1 and word.isalpha():
            return min(told, _INITIAL)
        return min(told, _PATRONYMIC) if is_patronymic(word) else told

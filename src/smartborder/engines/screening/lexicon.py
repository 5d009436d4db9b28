"""The words of all listed names: their keys, and how much agreement on each one tells."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.script import fold

WIDTH = 8
"""Words of a name that take part in the vectorised alignment; further ones are ignored there."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


class Lexicon:
    """Words by number; ``weight`` is the information of a word in nats (rare words tell more).

    A word's frequency is the mean of its own and of its skeleton's, on a log scale: a
    misspelling of a common name is rare as written but tells little.
    """

    def __init__(self, names: Sequence[NameKey]) -> None:
        """Count the words of ``names``; numbers are given in order of first appearance."""
        self.number: dict[str, int] = {}
        counts: list[int] = []
        folded: dict[str, int] = {}
        for name in names:
            for word in set(name.words):
                at = self.number.setdefault(word, len(counts))
                if at == len(counts):
                    counts.append(0)
                counts[at] += 1
            for key in {fold(w) for w in name.words}:
                folded[key] = folded.get(key, 0) + 1
        self.words = list(self.number)
        self.folds = [fold(w) for w in self.words]
        self._folded = folded
        self._log_total = float(np.log(max(len(names), 2)))
        own = self._log_total - np.log(np.array(counts, dtype=np.float32))
        of_fold = np.array([self._fold_weight(f) for f in self.folds], dtype=np.float32)
        self.weight: Floats = np.maximum(0.5 * (own + of_fold), 0.5).astype(np.float32)

    def _fold_weight(self, key: str) -> float:
        return self._log_total - float(np.log(self._folded.get(key, 1)))

    def weigh(self, word: str) -> float:
        """Information of any word; one the lists do not know is judged by its skeleton."""
        at = self.number.get(word)
        if at is not None:
            return float(self.weight[at])
        return max(0.5 * (self._log_total + self._fold_weight(fold(word))), 0.5)

    def rows(self, names: Iterable[NameKey], count: int) -> Ints:
        """Word numbers of each name, shape (count, WIDTH), padded with -1."""
        rows = np.full((count, WIDTH), -1, dtype=np.int32)
        number = self.number
        for row, name in enumerate(names):
            words = name.words[:WIDTH]
            rows[row, : len(words)] = [number[w] for w in words]
        return rows

"""The words of all listed names, by number, with their skeletons and their information."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.frequency import Frequency
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.script import fold

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


class Lexicon:
    """Words in order of first appearance; see :mod:`frequency` for what ``weight`` means."""

    def __init__(self, names: Sequence[NameKey]) -> None:
        """Count the words of ``names``."""
        self.number: dict[str, int] = {}
        counts: dict[str, int] = {}
        folded: dict[str, int] = {}
        skeleton: dict[str, str] = {}
        for name in names:
            seen = set(name.words)
            for word in seen:
                if word not in counts:
                    self.number[word] = len(self.number)
                    skeleton[word] = fold(word)
                counts[word] = counts.get(word, 0) + 1
            for key in {skeleton[w] for w in seen}:
                folded[key] = folded.get(key, 0) + 1
        self.words = list(self.number)
        self.folds = [skeleton[w] for w in self.words]
        self.known_folds: frozenset[str] = frozenset(folded)
        self._frequency = Frequency(len(names), counts, folded)
        weigh = self._frequency.weight
        self.weight: Floats = np.array(
            [weigh(w, f) for w, f in zip(self.words, self.folds, strict=True)], dtype=np.float32
        )

    def weigh(self, word: str, skeleton: str) -> float:
        """Information of any word in nats, listed or not."""
        return self._frequency.weight(word, skeleton)

"""The words of all listed names, by number, with their information."""

from collections.abc import Sequence

import numpy as np

from smartborder.engines.screening.frequency import Frequency
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.wordkeys import fold
from smartborder.engines.screening.words import Floats, Words


class Lexicon:
    """Words in order of first appearance; see :mod:`frequency` for what ``weight`` means."""

    def __init__(self, names: Sequence[NameKey], like: Frequency | None = None) -> None:
        """Count the words of ``names``; with ``like``, weigh words by those counts instead."""
        self.number: dict[str, int] = {}
        counts: dict[str, int] = {}
        folded: dict[str, int] = {}
        for name in names:
            seen = set(name.words)
            for word in seen:
                if word not in counts:
                    self.number[word] = len(self.number)
                counts[word] = counts.get(word, 0) + 1
            for key in {fold(w) for w in seen}:
                folded[key] = folded.get(key, 0) + 1
        self.words = Words(list(self.number))
        self.beginnings: frozenset[str] = frozenset(word[:2] for word in self.number)
        """The first two letters of every word: what can begin a name written together."""
        self.known_folds: frozenset[str] = frozenset(folded)
        self.frequency: Frequency = like or Frequency(len(names), counts, folded)
        self.weight: Floats = self.weigh(list(self.number))

    def weigh(self, words: Sequence[str]) -> Floats:
        """Information of any words in nats, listed or not."""
        weight = self.frequency.weight
        return np.array([weight(w, fold(w)) for w in words], dtype=np.float32)

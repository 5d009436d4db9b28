"""Which listed names are worth comparing: one sparse product over letter groups.

A name is a bag of three-letter groups of its words and two-letter groups of their skeletons,
weighted by rarity. The cosine between bags finds candidates; it decides nothing.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.script import fold


def grams(word: str, skeleton: str) -> list[str]:
    """Letter groups of one word: ``$ab abc bc$`` of the word, ``~ab ~bc`` of its skeleton."""
    framed = f"${word}$"
    letters = [framed[i : i + 3] for i in range(len(framed) - 2)]
    return [
        *letters,
        f"~{skeleton}$",
        *(f"~{skeleton[i : i + 2]}" for i in range(len(skeleton) - 1)),
    ]


class Candidates:
    """An index over the names of one snapshot."""

    def __init__(self, names: Sequence[NameKey]) -> None:
        """Build the index; about a second for 50,000 names."""
        self._feature: dict[str, int] = {}
        self._of_word: dict[str, tuple[int, ...]] = {}
        indptr = [0]
        indices: list[int] = []
        for name in names:
            for word in name.words:
                indices.extend(self._learn(word))
            indptr.append(len(indices))
        size = len(self._feature)
        data = np.ones(len(indices), dtype=np.float32)
        counts = csr_matrix((data, indices, indptr), shape=(len(names), size), dtype=np.float32)
        counts.sum_duplicates()
        counts.data[:] = 1.0
        frequency = np.bincount(counts.indices, minlength=size)
        self._idf = np.log((len(names) + 1) / (frequency + 1)).astype(np.float32) + 0.1
        self._index = csr_matrix(_normalise(counts, self._idf).T.tocsr())

    def _learn(self, word: str) -> tuple[int, ...]:
        known = self._of_word.get(word)
        if known is None:
            feature = self._feature
            known = tuple(feature.setdefault(g, len(feature)) for g in grams(word, fold(word)))
            self._of_word[word] = known
        return known

    def _known(self, word: str) -> tuple[int, ...]:
        known = self._of_word.get(word)
        if known is None:
            numbers = (self._feature.get(g) for g in grams(word, fold(word)))
            known = tuple(n for n in numbers if n is not None)
        return known

    def find(
        self, queries: Sequence[NameKey], *, top: int, threshold: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Pairs (query, name) by number whose cosine reaches ``threshold``, at most ``top`` each."""
        indptr = [0]
        indices: list[int] = []
        for query in queries:
            for word in query.words:
                indices.extend(self._known(word))
            indptr.append(len(indices))
        size = self._idf.shape[0]
        data = np.ones(len(indices), dtype=np.float32)
        bags = csr_matrix((data, indices, indptr), shape=(len(queries), size), dtype=np.float32)
        bags.sum_duplicates()
        bags.data[:] = 1.0
        found = sp_matmul_topn(
            _normalise(bags, self._idf), self._index, top_n=top, threshold=threshold
        )
        rows = np.repeat(np.arange(len(queries), dtype=np.int32), np.diff(found.indptr))
        return rows, found.indices.astype(np.int32)


def _normalise(bags: csr_matrix, idf: np.ndarray) -> csr_matrix:
    bags.data *= idf[bags.indices]
    square = np.zeros(bags.shape[0], dtype=np.float32)
    np.add.at(square, np.repeat(np.arange(bags.shape[0]), np.diff(bags.indptr)), bags.data**2)
    length = np.sqrt(np.maximum(square, 1e-12))
    bags.data /= np.repeat(length, np.diff(bags.indptr))
    return bags

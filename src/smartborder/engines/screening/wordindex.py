"""Which listed words are like a given word.

Letter groups (pairs and triples of the word, pairs of its skeleton) find likely neighbours with
one sparse product; :func:`word_similarity` then decides. ``exhaustive`` compares with every
listed word instead. Answers are remembered: names repeat their words.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from smartborder.engines.screening.lexicon import Floats, Ints, Lexicon
from smartborder.engines.screening.script import fold
from smartborder.engines.screening.wordpairs import word_similarity

_TOP = 150
_COSINE = 0.3
_REMEMBER = 200_000


class Neighbours(msgspec.Struct, frozen=True):
    """Numbers of listed words and how like each is (0..1)."""

    words: Ints
    similarity: Floats


def grams(word: str, skeleton: str) -> list[str]:
    """Letter groups of a word: ``^a ab abc``... and, marked, those of its skeleton."""
    framed = f"^{word}$"
    pairs = [framed[i : i + 2] for i in range(len(framed) - 1)]
    triples = [framed[i : i + 3] for i in range(len(framed) - 2)]
    bones = f"~{skeleton}"
    return pairs + triples + ["~" + bones[i : i + 2] for i in range(len(bones) - 1)] + ["=" + skeleton]


class WordIndex:
    """An index over the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the index; about a second for 40,000 words."""
        self._lexicon = lexicon
        self._feature: dict[str, int] = {}
        self._memory: dict[str, Neighbours] = {}
        feature = self._feature
        indptr = [0]
        indices: list[int] = []
        for word, skeleton in zip(lexicon.words, lexicon.folds, strict=True):
            indices.extend({feature.setdefault(g, len(feature)) for g in grams(word, skeleton)})
            indptr.append(len(indices))
        count = len(lexicon.words)
        frequency = np.bincount(np.array(indices, dtype=np.int64), minlength=len(feature))
        self._idf = (np.log((count + 1) / (frequency + 1)) + 0.1).astype(np.float32)
        self._index = csr_matrix(self._bags(indices, indptr).T)

    def _bags(self, indices: list[int], indptr: list[int]) -> csr_matrix:
        at = np.array(indices, dtype=np.int32)
        data = self._idf[at]
        lengths = np.diff(indptr)
        row = np.repeat(np.arange(len(lengths)), lengths)
        norm = np.sqrt(np.bincount(row, weights=data.astype(np.float64) ** 2, minlength=len(lengths)))
        data = (data / np.maximum(norm, 1e-9)[row]).astype(np.float32)
        return csr_matrix(
            (data, at, np.array(indptr, dtype=np.int32)),
            shape=(len(lengths), len(self._feature)),
            dtype=np.float32,
        )

    def neighbours(self, words: Sequence[str], *, exhaustive: bool = False) -> list[Neighbours]:
        """The listed words like each of ``words``, the word itself included if it is listed."""
        if exhaustive:
            return [self._all(word) for word in words]
        missing = [w for w in dict.fromkeys(words) if w not in self._memory]
        if missing:
            if len(self._memory) + len(missing) > _REMEMBER:
                self._memory.clear()
                missing = list(dict.fromkeys(words))
            self._memory.update(zip(missing, self._find(missing), strict=True))
        return [self._memory[w] for w in words]

    def _find(self, words: list[str]) -> list[Neighbours]:
        folds = [fold(w) for w in words]
        feature = self._feature
        indptr = [0]
        indices: list[int] = []
        for word, skeleton in zip(words, folds, strict=True):
            numbers = {feature.get(g, -1) for g in grams(word, skeleton)}
            numbers.discard(-1)
            indices.extend(numbers)
            indptr.append(len(indices))
        found = sp_matmul_topn(
            self._bags(indices, indptr), self._index, top_n=_TOP, threshold=_COSINE
        )
        rows = np.repeat(np.arange(len(words), dtype=np.int32), np.diff(found.indptr))
        return self._judge(words, folds, rows, found.indices.astype(np.int32))

    def _all(self, word: str) -> Neighbours:
        count = len(self._lexicon.words)
        rows = np.zeros(count, dtype=np.int32)
        every = np.arange(count, dtype=np.int32)
        return self._judge([word], [fold(word)], rows, every)[0]

    def _judge(self, words: list[str], folds: list[str], rows: Ints, at: Ints) -> list[Neighbours]:
        if not len(rows):
            nothing = Neighbours(np.empty(0, np.int32), np.empty(0, np.float32))
            return [nothing] * len(words)
        listed, listed_folds = self._lexicon.words, self._lexicon.folds
        left, right = rows.tolist(), at.tolist()
        similarity = word_similarity(
            [words[i] for i in left],
            [listed[j] for j in right],
            [folds[i] for i in left],
            [listed_folds[j] for j in right],
        )
        keep = similarity > 0
        rows, at, similarity = rows[keep], at[keep], similarity[keep]
        ends = np.searchsorted(rows, np.arange(len(words) + 1))
        return [
            Neighbours(at[a:b], similarity[a:b])
            for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
        ]

"""Which listed words are like a given word.

Letter groups (pairs and triples of the word, pairs of its skeleton) find likely neighbours with
one sparse product; :meth:`Words.similarity` then decides. ``exhaustive`` compares with every
listed word instead. Answers are remembered: names repeat their words.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from smartborder.engines.screening.lexicon import Lexicon
from smartborder.engines.screening.words import Floats, Ints, Words

_TOP = 150
_COSINE = 0.3
_REMEMBER = 200_000


class Neighbours(msgspec.Struct, frozen=True):
    """Numbers of listed words, how like each is (0..1), and the information of the word itself."""

    words: Ints
    similarity: Floats
    weight: float


def grams(word: str, skeleton: str) -> list[str]:
    """Letter groups of a word: ``^a ab abc``... and, marked, those of its skeleton."""
    framed = f"^{word}$"
    pairs = [framed[i : i + 2] for i in range(len(framed) - 1)]
    triples = [framed[i : i + 3] for i in range(len(framed) - 2)]
    bones = f"~{skeleton}"
    marked = ["~" + bones[i : i + 2] for i in range(len(bones) - 1)]
    return [*pairs, *triples, *marked, "=" + skeleton]


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
        known = lexicon.words
        for word, skeleton in zip(known.words, known.folds, strict=True):
            indices.extend({feature.setdefault(g, len(feature)) for g in grams(word, skeleton)})
            indptr.append(len(indices))
        count = len(known.words)
        frequency = np.bincount(np.array(indices, dtype=np.int64), minlength=len(feature))
        self._idf = (np.log((count + 1) / (frequency + 1)) + 0.1).astype(np.float32)
        self._index = csr_matrix(self._bags(indices, indptr).T)

    def _bags(self, indices: list[int], indptr: list[int]) -> csr_matrix:
        at = np.array(indices, dtype=np.int32)
        data = self._idf[at]
        lengths = np.diff(indptr)
        row = np.repeat(np.arange(len(lengths)), lengths)
        square = np.bincount(row, weights=data.astype(np.float64) ** 2, minlength=len(lengths))
        data = (data / np.maximum(np.sqrt(square), 1e-9)[row]).astype(np.float32)
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

    def _find(self, texts: list[str]) -> list[Neighbours]:
        words = Words(texts)
        feature = self._feature
        indptr = [0]
        indices: list[int] = []
        for word, skeleton in zip(words.words, words.folds, strict=True):
            numbers = {feature.get(g, -1) for g in grams(word, skeleton)}
            numbers.discard(-1)
            indices.extend(numbers)
            indptr.append(len(indices))
        found = sp_matmul_topn(
            self._bags(indices, indptr), self._index, top_n=_TOP, threshold=_COSINE
        )
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(found.indptr))
        return self._judge(texts, words, rows, found.indices.astype(np.int32))

    def _all(self, text: str) -> Neighbours:
        count = len(self._lexicon.number)
        rows = np.zeros(count, dtype=np.int32)
        return self._judge([text], Words([text]), rows, np.arange(count, dtype=np.int32))[0]

    def _judge(self, texts: list[str], words: Words, rows: Ints, at: Ints) -> list[Neighbours]:
        similarity = words.similarity(rows, at, self._lexicon.words)
        keep = similarity > 0
        rows, at, similarity = rows[keep], at[keep], similarity[keep]
        ends = np.searchsorted(rows, np.arange(len(texts) + 1)).tolist()
        weights = self._lexicon.weigh(texts).tolist()
        return [
            Neighbours(at[a:b], similarity[a:b], weight)
            for a, b, weight in zip(ends[:-1], ends[1:], weights, strict=True)
        ]

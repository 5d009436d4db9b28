"""Which listed words are like a given word.

Letter groups (pairs and triples of the word, pairs of its skeleton) find likely neighbours with
one sparse product, and words of one skeleton always do; across scripts, skeletons alone do.
:meth:`Words.similarity` then decides.
``exhaustive`` compares with every listed word instead. Answers are remembered, as names repeat
their words.
"""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from smartborder.engines.screening.lexicon import Lexicon
from smartborder.engines.screening.words import Floats, Ints, Words

_TOP = 150
_COSINE = 0.3
_TOP_BONES = 600
_COSINE_BONES = 0.45
_REMEMBER = 200_000
_TELLING = 2
"""Letters of a skeleton from which on all words that share it are compared."""


class Neighbours(msgspec.Struct, frozen=True):
    """Numbers of listed words, how like each is (0..1), and the information of the word itself."""

    words: Ints
    similarity: Floats
    weight: float


def grams(word: str) -> list[str]:
    """Letter groups of a word: ``^a ab`` ... and ``^ab abc`` ..."""
    framed = f"^{word}$"
    pairs = [framed[i : i + 2] for i in range(len(framed) - 1)]
    return pairs + [framed[i : i + 3] for i in range(len(framed) - 2)]


def bone_grams(skeleton: str) -> list[str]:
    """Letter groups of a skeleton, marked so that they differ from those of words."""
    framed = f"~{skeleton}~"
    return ["~" + framed[i : i + 2] for i in range(len(framed) - 1)] + ["=" + skeleton]


class _Grams:
    """Bags of letter groups of listed words, and the likely neighbours of others among them."""

    def __init__(self, bags: Iterable[Sequence[str]]) -> None:
        feature: dict[str, int] = {}
        indptr = [0]
        indices: list[int] = []
        for bag in bags:
            indices.extend({feature.setdefault(g, len(feature)) for g in bag})
            indptr.append(len(indices))
        self._feature = feature
        count = len(indptr) - 1
        frequency = np.bincount(np.array(indices, dtype=np.int64), minlength=len(feature))
        self._idf = (np.log((count + 1) / (frequency + 1)) + 0.1).astype(np.float32)
        self._index = csr_matrix(self._normal(indices, indptr).T)

    def _normal(self, indices: list[int], indptr: list[int]) -> csr_matrix:
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

    def near(self, bags: Sequence[Sequence[str]], *, top: int, cosine: float) -> tuple[Ints, Ints]:
        """Pairs (bag number, listed word number)."""
        indptr = [0]
        indices: list[int] = []
        for bag in bags:
            numbers = {self._feature.get(g, -1) for g in bag}
            numbers.discard(-1)
            indices.extend(numbers)
            indptr.append(len(indices))
        found = sp_matmul_topn(
            self._normal(indices, indptr), self._index, top_n=top, threshold=cosine
        )
        rows = np.repeat(np.arange(len(bags), dtype=np.int32), np.diff(found.indptr))
        return rows, found.indices.astype(np.int32)


class WordIndex:
    """An index over the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the index; about a second for 40,000 words."""
        self._lexicon = lexicon
        self._memory: dict[str, Neighbours] = {}
        known = lexicon.words
        self._letters = _Grams(
            grams(w) + bone_grams(f) for w, f in zip(known.words, known.folds, strict=True)
        )
        self._bones = _Grams(bone_grams(f) for f in known.folds)
        self._same: dict[str, list[int]] = {}
        for at, key in enumerate(known.folds):
            if len(key) >= _TELLING or known.vowelless[at]:
                self._same.setdefault(key, []).append(at)

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
        bones = [bone_grams(f) for f in words.folds]
        bags = [grams(w) + b for w, b in zip(words.words, bones, strict=True)]
        rows, at = self._letters.near(bags, top=_TOP, cosine=_COSINE)
        pairs = [np.stack([rows, at])]
        across = np.nonzero(words.vowelless)[0]
        if len(across):
            rows, at = self._bones.near(
                [bones[i] for i in across.tolist()], top=_TOP_BONES, cosine=_COSINE_BONES
            )
            pairs.append(np.stack([across[rows].astype(np.int32), at]))
        same = [
            (row, other) for row, key in enumerate(words.folds) for other in self._same.get(key, ())
        ]
        if same:
            pairs.append(np.array(same, dtype=np.int32).T)
        both = np.unique(np.concatenate(pairs, axis=1), axis=1) if len(pairs) > 1 else pairs[0]
        return self._judge(texts, words, both[0], both[1])

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

"""Which listed names are worth aligning: shared information through like words.

One sparse product: (query words to like listed words) x (listed words to names, weighted by
information), divided by the information of the query. It is an upper bound of what alignment
will find. Names of the very same words are always among them, however many others share as much.
``exhaustive`` takes every name that shares anything at all.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from smartborder.engines.screening.lexicon import Lexicon
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.wordindex import WordIndex
from smartborder.engines.screening.words import Floats, Ints

TOP = 60
SHARED = 0.42
"""Part of a query's information that a name must share to be aligned."""
SHARED_BONES = 0.3
"""The same for names in scripts without vowels, whose words agree less."""

_ANYTHING = 1e-6


class Candidates:
    """Names of one snapshot by their words."""

    def __init__(self, names: Sequence[NameKey], lexicon: Lexicon) -> None:
        """Build the index over ``names``."""
        self._lexicon = lexicon
        self._words = WordIndex(lexicon)
        number = lexicon.number
        rows: list[int] = []
        columns: list[int] = []
        for at, name in enumerate(names):
            held = {number[w] for w in name.words}
            rows.extend(held)
            columns.extend([at] * len(held))
        self._exact: dict[tuple[str, ...], list[int]] = {}
        for at, name in enumerate(names):
            self._exact.setdefault(tuple(sorted(name.words)), []).append(at)
        at_rows = np.array(rows, dtype=np.int32)
        self._names = csr_matrix(
            (lexicon.weight[at_rows], (at_rows, np.array(columns, dtype=np.int32))),
            shape=(len(lexicon.number), len(names)),
            dtype=np.float32,
        )

    def find(self, queries: Sequence[NameKey], *, exhaustive: bool) -> tuple[Ints, Ints]:
        """Pairs (query number, name number) to align."""
        own = [tuple(dict.fromkeys(query.words)) for query in queries]
        flat = [word for words in own for word in words]
        like = self._words.neighbours(flat, exhaustive=exhaustive)
        lengths = np.array([len(words) for words in own], dtype=np.int64)
        weights = np.array([n.weight for n in like], dtype=np.float32)
        owner = np.repeat(np.arange(len(queries)), lengths)
        total = np.bincount(owner, weights=weights, minlength=len(queries)).astype(np.float32)
        need = np.array(
            [_ANYTHING if exhaustive else SHARED_BONES if q.vowelless else SHARED for q in queries],
            dtype=np.float32,
        )
        counts = np.array([len(n.words) for n in like], dtype=np.int64)
        if not counts.sum():
            return np.empty(0, np.int32), np.empty(0, np.int32)
        columns = np.concatenate([n.words for n in like])
        data = np.concatenate([n.similarity for n in like])
        row = np.repeat(owner, counts)
        matrix = csr_matrix(
            (data / (total * need)[row], (row.astype(np.int32), columns)),
            shape=(len(queries), len(self._lexicon.number)),
            dtype=np.float32,
        )
        top = self._names.shape[1] if exhaustive else TOP
        found = sp_matmul_topn(matrix, self._names, top_n=top, threshold=1.0)
        pairs = np.repeat(np.arange(len(queries), dtype=np.int32), np.diff(found.indptr))
        return self._with_exact(queries, pairs, found.indices.astype(np.int32))

    def most_shared(self, words: Sequence[str], names: NDArray[np.intp]) -> Floats:
        """The information that each word shares with one of ``names`` (numbers) at most."""
        like = self._words.neighbours(words)
        indptr = np.cumsum([0, *(len(n.words) for n in like)])
        matrix = csr_matrix(
            (
                np.concatenate([n.similarity for n in like]),
                np.concatenate([n.words for n in like]),
                indptr,
            ),
            shape=(len(words), len(self._lexicon.number)),
            dtype=np.float32,
        )
        shared: Floats = (matrix @ self._names[:, names]).max(axis=1).toarray().ravel()
        return shared

    def _with_exact(
        self, queries: Sequence[NameKey], pairs: Ints, names: Ints
    ) -> tuple[Ints, Ints]:
        """The same pairs, and every name of the very same words."""
        same = [
            (number, at)
            for number, query in enumerate(queries)
            for at in self._exact.get(tuple(sorted(query.words)), ())
        ]
        if not same:
            return pairs, names
        both = np.concatenate([np.stack([pairs, names]), np.array(same, dtype=np.int32).T], axis=1)
        both = np.unique(both, axis=1)
        return both[0], both[1]

"""Words of two names laid against each other, many pairs of names at once.

Each word of one name goes to at most one word of the other, best agreement first. Order does
not matter here; what it tells is measured in :mod:`features`.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.lexicon import Floats, Ints
from smartborder.engines.screening.wordpairs import word_similarity

WIDTH = 8
"""Words of a name that take part; further ones (very rare) are ignored."""


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over the aligned words of P pairs of names, each array of shape (P,).

    Attributes:
        agreed: information on which both agree, in nats.
        query_total, listed_total: information in the whole name on either side.
        query_missing, listed_missing: information of words without a partner.
        matched: number of aligned words.
        weakest: the lowest similarity among aligned words (1 if none is aligned).

    """

    agreed: Floats
    query_total: Floats
    listed_total: Floats
    query_missing: Floats
    listed_missing: Floats
    matched: Floats
    weakest: Floats


class Words:
    """Words by number for one batch: those of the lists, then those only the queries have."""

    def __init__(self, words: Sequence[str], folds: Sequence[str], weight: Floats) -> None:
        """``words``, ``folds`` and ``weight`` belong together by position."""
        self.words = words
        self.folds = folds
        self.weight = weight

    def similarity(self, left: Ints, right: Ints) -> Floats:
        """Similarity of word numbers ``left[i]`` and ``right[i]``; each distinct pair once."""
        key = left.astype(np.int64) * len(self.words) + right
        pairs, back = np.unique(key, return_inverse=True)
        a, b = np.divmod(pairs, len(self.words))
        a_list, b_list = a.tolist(), b.tolist()
        words, folds = self.words, self.folds
        result = word_similarity(
            [words[i] for i in a_list],
            [words[i] for i in b_list],
            [folds[i] for i in a_list],
            [folds[i] for i in b_list],
        )
        return result[back]


def align(words: Words, queries: Ints, listed: Ints) -> Alignment:
    """Align row i of ``queries`` with row i of ``listed`` (word numbers, padded with -1)."""
    pairs = len(queries)
    q_used, c_used = queries >= 0, listed >= 0
    q_weight = np.where(q_used, words.weight[queries], 0.0).astype(np.float32)
    c_weight = np.where(c_used, words.weight[listed], 0.0).astype(np.float32)
    both = q_used[:, :, None] & c_used[:, None, :]
    at = np.nonzero(both)
    similarity = np.zeros((pairs, WIDTH, WIDTH), dtype=np.float32)
    if len(at[0]):
        similarity[at] = words.similarity(queries[at[0], at[1]], listed[at[0], at[2]])
    worth = similarity * np.minimum(q_weight[:, :, None], c_weight[:, None, :])
    return _greedy(similarity, worth, q_weight, c_weight)


def _greedy(similarity: Floats, worth: Floats, q_weight: Floats, c_weight: Floats) -> Alignment:
    pairs = len(worth)
    q_left, c_left = q_weight.copy(), c_weight.copy()
    agreed = np.zeros(pairs, dtype=np.float32)
    joint = np.zeros(pairs, dtype=np.float32)
    matched = np.zeros(pairs, dtype=np.float32)
    weakest = np.ones(pairs, dtype=np.float32)
    live: NDArray[np.intp] = np.nonzero(worth.reshape(pairs, WIDTH * WIDTH).max(axis=1) > 0)[0]
    rest = worth[live]
    for _ in range(WIDTH):
        if not len(live):
            break
        flat = rest.reshape(len(live), WIDTH * WIDTH)
        best = flat.argmax(axis=1)
        value = flat[np.arange(len(live)), best]
        keep = value > 0
        if not keep.all():
            live, rest, best, value = live[keep], rest[keep], best[keep], value[keep]
            if not len(live):
                break
        i, j = np.divmod(best, WIDTH)
        here = np.arange(len(live))
        agreed[live] += value
        joint[live] += np.minimum(q_weight[live, i], c_weight[live, j])
        matched[live] += 1
        weakest[live] = np.minimum(weakest[live], similarity[live, i, j])
        q_left[live, i] = 0.0
        c_left[live, j] = 0.0
        rest[here, i, :] = 0.0
        rest[here, :, j] = 0.0
    q_missing, c_missing = q_left.sum(axis=1), c_left.sum(axis=1)
    return Alignment(
        agreed=agreed,
        query_total=joint + q_missing,
        listed_total=joint + c_missing,
        query_missing=q_missing,
        listed_missing=c_missing,
        matched=matched,
        weakest=weakest,
    )

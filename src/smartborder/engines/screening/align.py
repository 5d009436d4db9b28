"""Words of two names laid against each other, many pairs of names at once.

Each word of one name goes to at most one word of the other, most information first.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.words import Floats, Ints, Words

_OPTIONAL = 0.2
WIDTH = 8
"""Words of a name that take part; further ones (very rare) are ignored."""


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """P pairs of names, aligned.

    Attributes:
        partner: for each query word the position of its listed partner, or -1; (P, WIDTH).
        similarity: of each query word with its partner, 0 without one; (P, WIDTH).
        worth: information both agree on in that word, in nats; (P, WIDTH).
        agreed: sum of ``worth``; (P,).
        joint: information of the aligned words had they been identical; (P,).
        query_missing, listed_missing: information of words without a partner; (P,).
        query_worst, listed_worst: the most telling single word without a partner; (P,).

    """

    partner: Ints
    similarity: Floats
    worth: Floats
    agreed: Floats
    joint: Floats
    query_missing: Floats
    listed_missing: Floats
    query_worst: Floats
    listed_worst: Floats


def align(words: Words, weight: Floats, queries: Ints, listed: Ints) -> Alignment:
    """Align row i of ``queries`` with row i of ``listed`` (word numbers, padded with -1).

    ``weight`` is the information of each word in nats.
    """
    q_used, c_used = queries >= 0, listed >= 0
    q_weight = np.where(q_used, weight[queries], 0.0).astype(np.float32)
    c_weight = np.where(c_used, weight[listed], 0.0).astype(np.float32)
    at = np.nonzero(q_used[:, :, None] & c_used[:, None, :])
    similarity = np.zeros((len(queries), WIDTH, WIDTH), dtype=np.float32)
    if len(at[0]):
        similarity[at] = _each_once(words, queries[at[0], at[1]], listed[at[0], at[2]])
    return _greedy(
        similarity,
        q_weight,
        c_weight,
        np.where(words.optional[queries] & q_used, _OPTIONAL, 1.0).astype(np.float32),
        np.where(words.optional[listed] & c_used, _OPTIONAL, 1.0).astype(np.float32),
    )


def _each_once(words: Words, left: Ints, right: Ints) -> Floats:
    """Similarity of pairs of words, each distinct pair worked out once."""
    pairs, back = np.unique(left.astype(np.int64) * len(words.words) + right, return_inverse=True)
    a, b = np.divmod(pairs, len(words.words))
    result: Floats = words.similarity(a, b, words)[back]
    return result


def _greedy(
    similarity: Floats, q_weight: Floats, c_weight: Floats, q_share: Floats, c_share: Floats
) -> Alignment:
    pairs = len(similarity)
    shared = np.minimum(q_weight[:, :, None], c_weight[:, None, :])
    rest = similarity * shared
    q_left, c_left = q_weight.copy(), c_weight.copy()
    partner = np.full((pairs, WIDTH), -1, dtype=np.int32)
    alike = np.zeros((pairs, WIDTH), dtype=np.float32)
    worth = np.zeros((pairs, WIDTH), dtype=np.float32)
    joint = np.zeros(pairs, dtype=np.float32)
    live: NDArray[np.intp] = np.arange(pairs)
    for _ in range(WIDTH):
        best = rest.reshape(len(live), WIDTH * WIDTH).argmax(axis=1)
        value = rest.reshape(len(live), WIDTH * WIDTH)[np.arange(len(live)), best]
        keep = value > 0
        live, rest, best, value = live[keep], rest[keep], best[keep], value[keep]
        if not len(live):
            break
        i, j = np.divmod(best, WIDTH)
        here = np.arange(len(live))
        partner[live, i] = j
        alike[live, i] = similarity[live, i, j]
        worth[live, i] = value
        joint[live] += shared[live, i, j]
        q_left[live, i] = 0.0
        c_left[live, j] = 0.0
        rest[here, i, :] = 0.0
        rest[here, :, j] = 0.0
    # A patronymic that the other name simply leaves out hardly counts as missing.
    nothing_else = q_left.sum(axis=1) == 0.0, c_left.sum(axis=1) == 0.0
    c_left = np.where(nothing_else[0][:, None], c_left * c_share, c_left)
    q_left = np.where(nothing_else[1][:, None], q_left * q_share, q_left)
    return Alignment(
        partner=partner,
        similarity=alike,
        worth=worth,
        agreed=worth.sum(axis=1),
        joint=joint,
        query_missing=q_left.sum(axis=1),
        listed_missing=c_left.sum(axis=1),
        query_worst=q_left.max(axis=1),
        listed_worst=c_left.max(axis=1),
    )

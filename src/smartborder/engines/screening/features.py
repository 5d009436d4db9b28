"""What an alignment says, as numbers that a linear model can weigh.

Each column is one thing an officer would also look at: how much of either name is covered, how
rare the agreed words are, whether both names hold something the other contradicts, how alike
the names are when written as one word, whether the order makes sense, and whether the one word that
differs is the first: a son bears his father's names after his own.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from smartborder.engines.screening.align import WIDTH, Alignment

Matrix = NDArray[np.float32]

COLUMNS = (
    "constant",
    "covered-less",
    "covered-more",
    "covered-squared",
    "agreed",
    "agreed-little",
    "contradiction",
    "surplus-query",
    "surplus-listed",
    "loss",
    "weakest",
    "one-word-agreed",
    "three-words-agreed",
    "exact-words",
    "as-one-word",
    "as-one-skeleton",
    "single-listed",
    "single-query",
    "disorder",
    "weak-name",
    "vowelless",
    "vowelless-covered",
    "vowelless-agreed-little",
    "vowelless-single",
    "forms-same",
    "forms-other",
    "numbers-other",
    "contained",
    "contained-agreed",
    "given-query-alone",
    "given-listed-alone",
)
"""Names of the columns, in order; the fitted weights use them as keys."""


def features(
    pair: Alignment,
    query_joined: Sequence[str],
    listed_joined: Sequence[str],
    query_bones: Sequence[str],
    listed_bones: Sequence[str],
    counts: tuple[NDArray[np.int32], NDArray[np.int32]],
    weak: NDArray[np.bool_],
    vowelless: NDArray[np.bool_],
    forms: NDArray[np.int8],
    numbers: NDArray[np.bool_],
) -> Matrix:
    """One row per pair, columns as in :data:`COLUMNS`.

    Args:
        pair: the aligned pairs.
        query_joined: each query's name written as one word.
        listed_joined: each listed name written as one word.
        query_bones: skeletons of the query's words, sorted, as one word.
        listed_bones: the same of the listed name.
        counts: words in the query's and the listed name.
        weak: the listed name is a low-quality alias.
        vowelless: one of the two names is in a script without vowels.
        forms: legal forms: 1 they agree, -1 they contradict, 0 one name has none.
        numbers: both names hold numbers and share none.

    """
    q_total = np.maximum(pair.joint + pair.query_missing, 1e-6)
    c_total = np.maximum(pair.joint + pair.listed_missing, 1e-6)
    covered = pair.agreed / q_total, pair.agreed / c_total
    less, more = np.minimum(*covered), np.maximum(*covered)
    matched = (pair.partner >= 0).sum(axis=1)
    aligned = np.where(pair.partner >= 0, pair.similarity, 1.0)
    contained = np.minimum(pair.query_missing, pair.listed_missing) == 0.0
    joined = cpdist(query_joined, listed_joined, scorer=OSA.normalized_similarity)
    bones = cpdist(query_bones, listed_bones, scorer=OSA.normalized_similarity)
    several = matched >= 2
    columns = (
        np.ones(len(less)),
        less,
        more,
        less**2,
        np.minimum(pair.agreed, 30.0) / 10,
        np.maximum(12.0 - pair.agreed, 0.0) / 10,
        np.minimum(pair.query_worst, pair.listed_worst) / 10,
        np.maximum(pair.query_missing - pair.listed_missing, 0.0) / 10,
        np.maximum(pair.listed_missing - pair.query_missing, 0.0) / 10,
        (pair.joint - pair.agreed) / 10,
        aligned.min(axis=1),
        matched == 1,
        matched >= 3,
        np.minimum((pair.similarity == 1.0).sum(axis=1), 3),
        np.maximum(joined - 0.7, 0.0) * 3,
        np.maximum(bones - 0.7, 0.0) * 3,
        counts[1] == 1,
        counts[0] == 1,
        _disorder(pair.partner),
        weak,
        vowelless,
        np.where(vowelless, less, 0.0),
        np.where(vowelless, np.maximum(16.0 - pair.agreed, 0.0) / 10, 0.0),
        vowelless & (counts[1] == 1),
        forms > 0,
        forms < 0,
        numbers,
        contained,
        np.where(contained, np.maximum(pair.agreed - 10.0, 0.0), 0.0) / 10,
        several & (pair.partner[:, 0] < 0),
        several & ~(pair.partner == 0).any(axis=1),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _disorder(partner: NDArray[np.int32]) -> NDArray[np.float32]:
    """Steps backwards in the partners' order beyond the one that 'surname first' explains."""
    last = np.full(len(partner), -1, dtype=np.int32)
    back = np.zeros(len(partner), dtype=np.float32)
    for column in range(WIDTH):
        here = partner[:, column]
        back += (here >= 0) & (here < last)
        last = np.where(here >= 0, here, last)
    return np.maximum(back - 1, 0.0)

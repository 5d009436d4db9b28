"""How alike two words are: one vectorised rule for all scripts, spellings and slips.

The result is a similarity in 0..1:

* 1.00  the same word
* 0.5..0.95  typing or OCR slips within a budget that grows with length (2 letters allow none)
* 0.60..0.93  the same consonant skeleton (transliterations of one name)
* 0.55  an initial and a word that begins with it
* 0.70  a short form (three letters or more) that begins the longer word
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler, Prefix
from rapidfuzz.process import cpdist

Floats = NDArray[np.float32]

FLOOR = 0.5
"""Words less alike than this are not the same word at all."""


def word_similarity(
    left: Sequence[str], right: Sequence[str], left_fold: Sequence[str], right_fold: Sequence[str]
) -> Floats:
    """Similarity of each ``left[i]`` with ``right[i]``; the folds are their skeletons."""
    length = np.array([max(len(a), len(b)) for a, b in zip(left, right, strict=True)])
    shorter = np.array([min(len(a), len(b)) for a, b in zip(left, right, strict=True)])
    edits = cpdist(left, right, scorer=OSA.distance, dtype=np.int32)
    winkler = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32)
    begins = cpdist(left, right, scorer=Prefix.similarity, dtype=np.int32)
    fold_edits = cpdist(left_fold, right_fold, scorer=OSA.distance, dtype=np.int32)
    fold_length = np.array(
        [max(len(a), len(b)) for a, b in zip(left_fold, right_fold, strict=True)]
    )

    budget = np.where(length <= 2, 0, np.where(length <= 4, 1, np.where(length <= 8, 2, 3)))
    by_edits = np.where(edits <= budget, 1.0 - 1.1 * edits / np.maximum(length, 1), 0.0)
    by_winkler = np.where(winkler >= 0.9, winkler - 0.1, 0.0)
    same_fold = fold_edits == 0
    strength = np.choose(np.minimum(fold_length, 4), [0.0, 0.62, 0.78, 0.88, 0.93])
    by_fold = np.where(same_fold, strength, 0.0)
    near_fold = np.where((fold_edits == 1) & (fold_length >= 4), 0.9 - 0.9 / fold_length, 0.0)
    initial = np.where((shorter == 1) & (begins == 1), 0.55, 0.0)
    short_form = np.where((begins == shorter) & (shorter >= 3), 0.7, 0.0)
    best = np.maximum.reduce([by_edits, by_winkler, by_fold, near_fold, initial, short_form])
    best = np.where(edits == 0, 1.0, best)
    return np.where(best >= FLOOR, best, 0.0).astype(np.float32)

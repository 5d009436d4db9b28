"""Words by number, with their keys, and how alike two of them are.

The rule was fitted on pairs of words that stand in for each other in otherwise equal names of
one listed person, against pairs that tell two listed persons apart (docs/explanation/screening).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import cpdist

from smartborder.engines.screening.frequency import is_patronymic
from smartborder.engines.screening.wordkeys import word_keys
from smartborder.kernel.resources import read_yaml

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

FLOOR = 0.4
"""Words less alike than this are not the same word at all."""
_INITIAL = 0.5
_SAME_BONES = np.array([0.0, 0.45, 0.7, 0.88, 0.94], dtype=np.float32)
"""Across scripts: equal skeletons of 1, 2, 3, 4 or more letters."""


@cache
def _rule() -> dict[str, float]:
    data: dict[str, Any] = read_yaml("smartborder.engines.screening", "data/word_rule.yaml")
    return {str(k): float(v) for k, v in data["weights"].items()}


class Words:
    """Words in a fixed order; positions are their numbers."""

    def __init__(self, words: Sequence[str]) -> None:
        """Keys are worked out once."""
        keys = [word_keys(word) for word in words]
        self.words = [word.lower() for word in words]
        self.folds = [k.fold for k in keys]
        self.sounds = [k.sound for k in keys]
        self.coarses = [k.coarse for k in keys]
        self.length = np.array([len(word) for word in words], dtype=np.int32)
        self.fold_length = np.array([len(f) for f in self.folds], dtype=np.int32)
        self.vowelless = np.array([word.isupper() for word in words], dtype=bool)
        self.optional = np.array([is_patronymic(word) for word in self.words], dtype=bool)
        self.numeric = np.array([not word.isalpha() for word in words], dtype=bool)

    def picked(self, numbers: Ints, other: "Words") -> "Words":
        """Those of these words whose numbers are given, in that order, then all of ``other``."""
        both, at = Words(()), numbers.tolist()
        both.words = [self.words[i] for i in at] + other.words
        both.folds = [self.folds[i] for i in at] + other.folds
        both.sounds = [self.sounds[i] for i in at] + other.sounds
        both.coarses = [self.coarses[i] for i in at] + other.coarses
        both.length = np.concatenate([self.length[numbers], other.length])
        both.fold_length = np.concatenate([self.fold_length[numbers], other.fold_length])
        both.optional = np.concatenate([self.optional[numbers], other.optional])
        both.numeric = np.concatenate([self.numeric[numbers], other.numeric])
        both.vowelless = np.concatenate([self.vowelless[numbers], other.vowelless])
        return both

    def similarity(self, left: NDArray[Any], right: NDArray[Any], other: "Words") -> Floats:
        """How alike word ``left[i]`` of these and word ``right[i]`` of ``other`` are, 0..1.

        1 is the same word; what is below the floor counts as 0. Words with a digit are the same
        or they are not.
        """
        a, b = left.tolist(), right.tolist()
        words, folds = [self.words[i] for i in a], [self.folds[i] for i in a]
        others, other_folds = [other.words[i] for i in b], [other.folds[i] for i in b]
        plain = cpdist(words, others, scorer=OSA.normalized_similarity, dtype=np.float32)
        begins = cpdist(words, others, scorer=Prefix.similarity, dtype=np.int32)
        bones = cpdist(folds, other_folds, scorer=OSA.normalized_similarity, dtype=np.float32)
        sounds = cpdist(
            [self.sounds[i] for i in a],
            [other.sounds[i] for i in b],
            scorer=OSA.normalized_similarity,
            dtype=np.float32,
        )
        coarse = cpdist(
            [self.coarses[i] for i in a],
            [other.coarses[i] for i in b],
            scorer=OSA.normalized_similarity,
            dtype=np.float32,
        )
        shorter = np.minimum(self.length[left], other.length[right])
        rule = _rule()
        logit = (
            rule["constant"]
            + rule["sound"] * sounds
            + rule["plain"] * plain
            + rule["fold"] * bones
            + rule["coarse"] * coarse
            + rule["same-fold"] * (bones == 1.0)
            + rule["shorter"] * np.minimum(shorter, 10)
            + rule["begins"] * begins / shorter
        )
        alike = 1.0 / (1.0 + np.exp(rule["prior"] - logit))
        alike = np.where((shorter == 1) & (begins == 1), _INITIAL, alike)
        across = self.vowelless[left] ^ other.vowelless[right]
        if across.any():
            size = np.maximum(self.fold_length[left], other.fold_length[right])
            same = np.where(bones == 1.0, _SAME_BONES[np.minimum(size, 4)], 0.0)
            near = np.where((size >= 4) & (bones >= 1.0 - 1.01 / size), 0.9 - 0.9 / size, 0.0)
            close = np.where((coarse == 1.0) & (size >= 3), 0.82, 0.0)
            alike = np.where(across, np.maximum.reduce([same, near, close]), alike)
        alike = np.where(self.numeric[left] | other.numeric[right], 0.0, alike)
        alike = np.where((plain == 1.0) & ~across, 1.0, alike)
        return np.where(alike >= FLOOR, alike, 0.0).astype(np.float32)

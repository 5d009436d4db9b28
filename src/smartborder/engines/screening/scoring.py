"""From features to a calibrated log-odds that two records mean the same subject."""

from functools import cache
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.features import COLUMNS, Matrix
from smartborder.engines.screening.words import Floats
from smartborder.kernel.resources import read_yaml
from smartborder.model.screening import HitVerdict

POSSIBLE = 0.36
"""From here on an officer sees the hit; chosen by ``benchmarks/screening_threshold.py``."""
POSSIBLE_ACROSS = 0.8
"""The same where only skeletons could be compared: common ones meet by chance."""
MATCH = 0.9
"""From here on the hit is called a match; a person still decides."""


@cache
def _weights(kind: str) -> Floats:
    data: dict[str, Any] = read_yaml("smartborder.engines.screening", "data/name_model.yaml")
    weights = data[kind]
    return np.array([float(weights[c]) for c in COLUMNS], dtype=np.float32)


_KNEE, _SLOPE = 2.4, 0.08
_VOWELLESS = COLUMNS.index("vowelless")


def name_logit(rows: Matrix, person: NDArray[np.bool_]) -> Floats:
    """Log-odds from names alone; ``person`` says which pairs are of people."""
    if not len(rows):
        return np.empty(0, dtype=np.float32)
    people = np.where(rows[:, _VOWELLESS] > 0, rows @ _weights("across"), rows @ _weights("person"))
    result: Floats = np.where(person, people, rows @ _weights("other"))
    return result


def probability(logit: float) -> float:
    """Log-odds to probability, safe at both ends."""
    return 1.0 / (1.0 + exp(-min(max(logit, -30.0), 30.0)))


def stated(logit: float, *, supported: bool) -> float:
    """The probability that is shown.

    Names alone never settle who somebody is: two people may bear one. Above the knee their
    log-odds count for little, unless a birth date, a document or the like supports them. Knee and
    slope were fitted on the tuning half (``benchmarks/screening_fit.py``).
    """
    if supported or logit <= _KNEE:
        return probability(logit)
    return probability(_KNEE + _SLOPE * (logit - _KNEE))


def verdict(logit: float, *, across: bool) -> HitVerdict | None:
    """The band of a log-odds; None below the lowest."""
    chance = probability(logit)
    if chance >= MATCH:
        return "match"
    return "possible" if chance >= (POSSIBLE_ACROSS if across else POSSIBLE) else None

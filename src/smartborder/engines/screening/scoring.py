"""From aligned names to a calibrated log-odds that two records mean the same subject."""

import msgspec
import numpy as np

from smartborder.engines.screening.align import Alignment
from smartborder.engines.screening.lexicon import Floats

POSSIBLE = 0.5
"""From here on an officer sees the hit."""
MATCH = 0.9
"""From here on the hit is called a match; a person still decides."""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """Weights of the name features."""

    intercept: float = -13.0
    coverage: float = 14.0
    agreed: float = 0.25


def name_logit(pair: Alignment, model: Model) -> Floats:
    """Log-odds from the names alone, one value per pair."""
    total = np.maximum(pair.query_total, 1e-6), np.maximum(pair.listed_total, 1e-6)
    coverage = 0.5 * (pair.agreed / total[0] + pair.agreed / total[1])
    result: Floats = (
        model.intercept + model.coverage * coverage + model.agreed * np.minimum(pair.agreed, 20.0)
    ).astype(np.float32)
    return result


def probability(logit: float) -> float:
    """Log-odds to probability, safe at both ends."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))))

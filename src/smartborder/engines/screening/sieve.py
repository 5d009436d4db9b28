"""Who cannot be meant by any of a few names, told quickly; for large stores and short lists.

A name is a candidate only where it shares enough of a query's information
(:mod:`candidates`). What a word can share at most with any one listed name is worked out once for
each word; where the sum over a query's words is not enough, nothing can be found, and the query is
left out. Nothing is ever lost by it: whoever passes is screened as always.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.candidates import SHARED, Candidates
from smartborder.engines.screening.lexicon import Lexicon
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.variants import Joints, splittable, variants

_REMEMBER = 500_000
_SLACK = 0.999
"""Sums here and there are made in another order."""


class Sieve:
    """Quick answers about the names of one kind in a snapshot."""

    def __init__(self, lexicon: Lexicon, candidates: Candidates, names: NDArray[np.bool_]) -> None:
        """``names`` marks the listed names that count."""
        self._lexicon = lexicon
        self._candidates = candidates
        self._names = np.nonzero(names)[0]
        self._joints = Joints(lexicon)
        self._known: dict[str, tuple[float, bool, bool, bool]] = {}

    def passing(self, queries: Sequence[NameKey]) -> list[int]:
        """Positions of the queries that may have a candidate, in order."""
        if not len(self._names):
            return []
        self._learn(queries)
        return [at for at, query in enumerate(queries) if self._passes(query)]

    def _passes(self, query: NameKey) -> bool:
        words = query.words
        if query.vowelless or len(set(words)) < len(words):
            return True
        spare = 0.0
        other = head = False
        for word in words:
            own, first, second, splits = self._known[word]
            spare += own
            other |= splits or (head and second)
            head = first
        return spare >= 0.0 or (other and next(variants(query, self._lexicon), None) is not None)

    def _learn(self, queries: Sequence[NameKey]) -> None:
        """For each new word: what it shares at most, less what it would have to."""
        new = list(dict.fromkeys(w for q in queries for w in q.words if w not in self._known))
        if not new:
            return
        if len(self._known) + len(new) > _REMEMBER:
            self._known.clear()
            new = list(dict.fromkeys(w for q in queries for w in q.words))
        most = self._candidates.most_shared(new, self._names)
        need = self._lexicon.weigh(new) * (SHARED * _SLACK)
        for word, spare in zip(new, (most - need).tolist(), strict=True):
            self._known[word] = (
                spare,
                self._joints.first(word),
                self._joints.second(word),
                splittable(word, self._lexicon),
            )

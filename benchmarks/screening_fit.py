"""Fits the matcher's weights on the tuning half of the public lists and writes them as data.

    python -m benchmarks.screening_fit

1. Words: pairs of words that stand in for each other in otherwise equal names of one listed
   person (alike) against pairs that tell two listed persons apart (not alike).
2. Names: every alias asked against its list without it; its own entry is a true pair, entries
   that share no identical name with it are false ones; travellers who are on no list add false
   pairs. For each query and entry the best pair of names counts.

Reported figures never use this half (``screening_material.reporting``).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Prefix
from rapidfuzz.process import cpdist
from scipy.optimize import minimize

from benchmarks.screening_material import (
    FITTED_ON,
    REPOSITORY,
    latin_only,
    negatives,
    ofac,
    original_script,
    reporting,
    un,
)
from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.features import COLUMNS
from smartborder.engines.screening.names import name_key
from smartborder.engines.screening.snapshot import query_keys
from smartborder.engines.screening.wordkeys import word_keys
from smartborder.model.screening import ListEntry, Query

DATA = REPOSITORY / "src/smartborder/engines/screening/data"
_VOWELLESS = COLUMNS.index("vowelless")
_NUMBERS = COLUMNS.index("numbers-other")
_GIVEN = [COLUMNS.index("given-query-alone"), COLUMNS.index("given-listed-alone")]
"""Columns about given names: organisations have none."""
_OTHER_NUMBER = -1.5
"""Brigade 44 is not Brigade 45: the lists hold too few such pairs to learn it from."""
Array = NDArray[np.float64]


def logistic(rows: Array, true: NDArray[np.bool_], weight: Array, strength: float) -> Array:
    """Weights of a logistic model with an L2 penalty of 1/(2 ``strength``)."""
    sign = np.where(true, 1.0, -1.0)

    def loss(w: Array) -> tuple[float, Array]:
        margin = sign * (rows @ w)
        value = float((weight * np.logaddexp(0, -margin)).sum() + w @ w / (2 * strength))
        pull = weight * sign / (1 + np.exp(np.clip(margin, -50, 50)))
        return value, -(rows.T @ pull) + w / strength

    start = np.zeros(rows.shape[1])
    found: Array = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 3000}).x
    return found


def fit_words() -> dict[str, float]:
    """The word rule."""
    alike: Counter[tuple[str, str]] = Counter()
    apart: Counter[tuple[str, str]] = Counter()
    for entries in (ofac("a"), un()):
        rest: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for entry in entries:
            if entry.kind != "person" or reporting(entry.id):
                continue
            for name in entry.names:
                words = name_key(name.text, "person").words
                if name.quality != "weak" and 2 <= len(words) <= 5:
                    for i, word in enumerate(words):
                        rest[tuple(sorted(words[:i] + words[i + 1 :]))].append((entry.id, word))
        for held in rest.values():
            unique = list(dict.fromkeys(held))[:60]
            for at, (owner, word) in enumerate(unique):
                for other_owner, other in unique[:at]:
                    if word != other:
                        pair = (min(word, other).lower(), max(word, other).lower())
                        (alike if owner == other_owner else apart)[pair] += 1
    pairs = [(p, True) for p in sorted(alike)] + [(p, False) for p in sorted(apart - alike)]
    left, right = [p[0][0] for p in pairs], [p[0][1] for p in pairs]
    keys = [word_keys(w) for w in left], [word_keys(w) for w in right]

    def near(field: str) -> Array:
        sides = ([getattr(k, field) for k in side] for side in keys)
        return np.asarray(cpdist(*sides, scorer=OSA.normalized_similarity), dtype=np.float64)

    shorter = np.array([min(len(a), len(b)) for a, b in zip(left, right, strict=True)], float)
    columns = {
        "constant": np.ones(len(pairs)),
        "sound": near("sound"),
        "plain": np.asarray(cpdist(left, right, scorer=OSA.normalized_similarity), np.float64),
        "fold": near("fold"),
        "coarse": near("coarse"),
        "same-fold": (near("fold") == 1).astype(float),
        "shorter": np.minimum(shorter, 10),
        "begins": cpdist(left, right, scorer=Prefix.similarity) / shorter,
    }
    true = np.array([same for _, same in pairs])
    balance = np.where(true, len(true) / (2 * true.sum()), len(true) / (2 * (~true).sum()))
    weights = logistic(np.stack(list(columns.values()), axis=1), true, balance, 0.3)
    print(f"words: {true.sum()} alike, {(~true).sum()} apart")
    return dict(zip(columns, weights.tolist(), strict=True))


class Rows:
    """Features of the pairs of one query set against one list."""

    def __init__(
        self, entries: Sequence[ListEntry], queries: Sequence[Query], gold: Sequence[int]
    ) -> None:
        """``gold`` is the position of the query's own entry, or -1."""
        snapshot = Snapshot.build(entries)
        words = [tuple(sorted(w.lower() for w in k.words)) for k in snapshot._keys]
        same: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for key, entry in zip(words, snapshot._entry.tolist(), strict=True):
            same[key].add(entry)
        related: dict[int, set[int]] = defaultdict(set)
        for key, entry in zip(words, snapshot._entry.tolist(), strict=True):
            related[entry] |= same[key]
        parts: list[Any] = []
        for start in range(0, len(queries), 1000):
            part = queries[start : start + 1000]
            found = snapshot._search.compare(query_keys(part))
            entry = snapshot._entry[found.name]
            for q, n, e, row in zip(
                found.query.tolist(), found.name.tolist(), entry.tolist(), found.rows, strict=True
            ):
                query, own = part[q], gold[start + q]
                if snapshot._person[e] != (query.kind == "person"):
                    continue
                if e == own and snapshot._names[n] == query.name:
                    continue
                if own >= 0 and e != own and e in related[own]:
                    continue
                parts.append((start + q, e, e == own, query.kind == "person", row))
        self.query = np.array([p[0] for p in parts], dtype=np.int64)
        self.entry = np.array([p[1] for p in parts], dtype=np.int64)
        self.true = np.array([p[2] for p in parts], dtype=bool)
        self.person = np.array([p[3] for p in parts], dtype=bool)
        self.rows = np.array([p[4] for p in parts], dtype=np.float64)

    def best(self, score: Array) -> NDArray[np.intp]:
        """The highest scoring pair of each query and entry."""
        key = self.query * 1_000_000 + self.entry
        order = np.lexsort((-score, key))
        first = np.r_[True, np.diff(key[order]) != 0]
        return order[first]


def _aliases(entries: list[ListEntry], qualities: set[str], limit: int) -> Rows:
    chance = random.Random(5)
    asked = [
        (Query(id=str(at), name=name.text, kind=entry.kind), at)
        for at, entry in enumerate(entries)
        if len(entry.names) > 1 and not reporting(entry.id)
        for name in entry.names
        if name.quality in qualities
    ]
    asked = chance.sample(asked, min(limit, len(asked)))
    return Rows(entries, [q for q, _ in asked], [at for _, at in asked])


def _scripts(entries: list[ListEntry]) -> Rows:
    asked = [
        (Query(id=str(at), name=text), at)
        for at, e in enumerate(entries)
        for _, text in original_script([e], reported=False)
    ]
    return Rows(latin_only(entries), [q for q, _ in asked], [at for _, at in asked])


def fit_names() -> dict[str, Array]:
    """The three name models; four rounds, since the best pair depends on the weights."""
    first, listed = ofac("a"), un()
    travellers = negatives(FITTED_ON)
    sets = (
        _aliases(first, {"strong"}, 4_000),
        _aliases(listed, {"primary", "strong"}, 4_000),
        _scripts(listed),
        Rows(first, travellers, [-1] * len(travellers)),
        Rows(listed, travellers, [-1] * len(travellers)),
    )
    models: dict[str, Array] = {}
    for _ in range(4):
        taken: dict[str, list[tuple[Array, NDArray[np.bool_]]]] = defaultdict(list)
        for part in sets:
            across = part.rows[:, _VOWELLESS] > 0
            at = part.best(_score(part, across, models))
            for kind, here in (
                ("person", part.person & ~across),
                ("across", part.person & across),
                ("other", ~part.person),
            ):
                chosen = at[here[at]]
                taken[kind].append((part.rows[chosen], part.true[chosen]))
        for kind, held in taken.items():
            rows = np.concatenate([r for r, _ in held])
            if kind == "other":
                rows[:, _GIVEN] = 0.0
            true = np.concatenate([t for _, t in held])
            strength = 0.5 if kind == "across" else 1.0
            models[kind] = logistic(rows, true, np.ones(len(true)), strength)
            print(f"{kind}: {true.sum()} true of {len(true)}")
    models["other"][_NUMBERS] = min(models["other"][_NUMBERS], _OTHER_NUMBER)
    return models


def _score(part: Rows, across: NDArray[np.bool_], models: dict[str, Array]) -> Array:
    if not models:
        return 6 * part.rows[:, 1] + 2 * part.rows[:, 4]
    people = np.where(across, part.rows @ models["across"], part.rows @ models["person"])
    return np.where(part.person, people, part.rows @ models["other"])


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Fit words, write them, fit names with them, write those."""
    lines = ["# How alike two words are: weights of a logistic rule, fitted by benchmarks/"]
    lines[0] += "screening_fit.py."
    lines += ["# 'prior' is taken off: most words that meet by chance are not alike.", "weights:"]
    words = {"prior": 1.6, **fit_words()}
    lines += [f"  {name}: {value:.3f}" for name, value in words.items()]
    _write(DATA / "word_rule.yaml", "\n".join(lines) + "\n")
    from smartborder.engines.screening import words as module
    from smartborder.kernel.resources import read_yaml

    read_yaml.cache_clear()
    module._rule.cache_clear()
    text = (
        "# Weights of the name features (features.py) as log-odds: for people, for people whose\n"
    )
    text += "# names are in two kinds of script, for other subjects. Fitted by benchmarks/"
    text += "screening_fit.py.\n"
    for kind, weights in fit_names().items():
        text += f"{kind}:\n"
        text += "".join(f"  {c}: {w:.3f}\n" for c, w in zip(COLUMNS, weights, strict=True))
    _write(DATA / "name_model.yaml", text)


if __name__ == "__main__":
    main()

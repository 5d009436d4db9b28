"""The thresholds from which an officer sees a hit, chosen on the tuning half alone and printed.

    python -m benchmarks.screening_threshold

* Names in one kind of script: the lowest, in steps of .01, at which at most one in two hundred of
  the tuning travellers is stopped by name alone, on OFAC's list with an alias of each person of
  the tuning half left out. Beside it stands how many of these aliases are found.
* Names in two kinds of script: the lowest, in steps of .05, at which at most two in a hundred of
  the original-script names of the tuning half meet an entry of somebody else, on the UN's list
  with Latin names only.

``benchmarks.screening_quality`` reports on the other half at what is chosen here
(``scoring.POSSIBLE``, ``scoring.POSSIBLE_ACROSS``).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.screening_material import (
    aliases_left_out,
    latin_only,
    names_only,
    ofac,
    original_script,
    traffic,
    un,
)
from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.scoring import (
    POSSIBLE,
    POSSIBLE_ACROSS,
    name_logit,
    probability,
)
from smartborder.engines.screening.snapshot import query_keys
from smartborder.model.screening import Query

STOPPED = 0.005
OTHER = 0.02
_BATCH = 512


class Shown(NamedTuple):
    """An entry met by a query: log-odds by name alone, and whether across scripts."""

    entry: str
    logit: float
    across: bool


def met(snapshot: Snapshot, queries: Sequence[Query]) -> list[list[Shown]]:
    """Every entry compared with each query, by its best name."""
    found: list[dict[int, tuple[float, bool]]] = []
    vowelless = np.array([key.vowelless for key in snapshot._keys], dtype=bool)
    for start in range(0, len(queries), _BATCH):
        part = queries[start : start + _BATCH]
        keys = query_keys(part)
        compared = snapshot._search.compare(keys)
        entry = snapshot._entry[compared.name]
        people = snapshot._person[entry]
        across = vowelless[compared.name] ^ np.array([k.vowelless for k in keys])[compared.query]
        best: list[dict[int, tuple[float, bool]]] = [{} for _ in part]
        for q, e, logit, over, person in zip(
            compared.query.tolist(),
            entry.tolist(),
            name_logit(compared.rows, people).tolist(),
            across.tolist(),
            people.tolist(),
            strict=True,
        ):
            if person == (part[q].kind == "person") and logit > best[q].get(e, (-99.0,))[0]:
                best[q][e] = (logit, over)
        found += best
    return [
        [Shown(snapshot.entries[e].id, logit, over) for e, (logit, over) in held.items()]
        for held in found
    ]


def main() -> None:
    """Print both curves and what is chosen from them."""
    listed, left_out = aliases_left_out(ofac("b"), reported=False)
    snapshot = Snapshot.build(listed)
    own = met(snapshot, left_out)
    people = met(snapshot, names_only(traffic(reported=False)))
    print(f"{len(left_out)} aliases and {len(people)} travellers of the tuning half")
    chosen = None
    for at in (round(0.25 + step / 100, 2) for step in range(31)):
        right = _share(
            any(m.entry == q.id and _seen(m, at, POSSIBLE_ACROSS) for m in ms)
            for q, ms in zip(left_out, own, strict=True)
        )
        wrong = _share(any(_seen(m, at, POSSIBLE_ACROSS) for m in ms) for ms in people)
        chosen = at if chosen is None and wrong <= STOPPED else chosen
        print(f"{at:.2f}  found {right:.4f}  stopped {wrong:.5f}{' <-' if at == chosen else ''}")
    print(f"chosen {chosen}, in use {POSSIBLE}")

    listed = un()
    snapshot = Snapshot.build(latin_only(listed))
    asked = [Query(id=e.id, name=text) for e, text in original_script(listed, reported=False)]
    names = met(snapshot, asked)
    print(f"{len(asked)} original-script names of the tuning half")
    chosen = None
    for at in (round(0.5 + step / 20, 2) for step in range(10)):
        seen = [{m.entry for m in ms if _seen(m, POSSIBLE, at)} for ms in names]
        right = _share(q.id in entries for q, entries in zip(asked, seen, strict=True))
        wrong = _share(bool(e - {q.id}) for q, e in zip(asked, seen, strict=True))
        chosen = at if chosen is None and wrong <= OTHER else chosen
        print(f"{at:.2f}  right {right:.4f}  other {wrong:.4f}{' <-' if at == chosen else ''}")
    print(f"chosen {chosen}, in use {POSSIBLE_ACROSS}")


def _seen(met: Shown, possible: float, across: float) -> bool:
    return probability(met.logit) >= (across if met.across else possible)


def _share(marks: Iterable[bool]) -> float:
    return float(np.mean(list(marks)))


if __name__ == "__main__":
    main()

"""False positives by the origin of names: the same rule must not stop some people more often.

Queries are people who do not exist: the first words of one listed name and the last word of
another from the same group of countries, with a random birth date, unless that very name is
listed. They resemble listed people far more than travellers do, so rates compare groups; they
are not rates to expect at a border.
"""

import math
import random

from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.origins import origins
from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListEntry, Query


def by_origin(
    snapshot: Snapshot, entries: list[ListEntry], per_group: int = 10_000
) -> dict[str, dict[str, object]]:
    """Rate, 95 % interval and ratio to the overall rate of each group that has enough names."""
    chance = random.Random(11)
    listed = {n.text.casefold() for e in entries for n in e.names}
    counts: dict[str, tuple[int, int]] = {}
    for group, origin in origins().items():
        names = [
            n.text.replace(",", "").split()
            for e in entries
            if e.kind == "person" and set(e.nationalities) & origin.countries
            for n in e.names
            if n.text.isascii() and " " in n.text
        ]
        if len(names) < 60:
            continue
        queries: list[Query] = []
        while len(queries) < per_group:
            first, last = chance.choice(names), chance.choice(names)
            text = " ".join((*first[:-1], last[-1]))
            if text.casefold() not in listed and first is not last:
                born = PartialDate(
                    chance.randint(1945, 2004), chance.randint(1, 12), chance.randint(1, 28)
                )
                queries.append(Query(id=str(len(queries)), name=text, birth_date=born))
        counts[group] = (sum(map(bool, snapshot.screen(queries))), len(queries))
    hits, asked = (sum(c[i] for c in counts.values()) for i in (0, 1))
    overall = hits / asked
    return {
        "overall": {"rate": round(overall, 4), "queries": asked},
        **{
            group: {
                "rate": round(k / n, 4),
                "interval": interval(k, n),
                "ratio": round(k / n / overall, 2) if overall else None,
                "queries": n,
            }
            for group, (k, n) in counts.items()
        },
    }


def interval(hits: int, asked: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a rate."""
    z = 1.96
    centre = (hits + z * z / 2) / (asked + z * z)
    half = z * math.sqrt(hits * (asked - hits) / asked + z * z / 4) / (asked + z * z)
    return round(centre - half, 5), round(centre + half, 5)

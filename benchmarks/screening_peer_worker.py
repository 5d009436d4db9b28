"""Scores pairs of names with nomenklatura LogicV2; runs in the peer's own environment.

Standard input: JSON Lines ``{"kind", "a", "b"}``. Standard output: one JSON document with the
scores and the CPU seconds they took. Every entity gets an id of its own: the peer remembers
names by id.
"""

import json
import sys
import time
from importlib.metadata import version

from followthemoney import EntityProxy
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig

_SCHEMA = {"person": "Person", "organisation": "Organization", "vessel": "Vessel"}


def _entity(key: str, kind: str, name: str) -> EntityProxy:
    return EntityProxy.from_dict(
        {"id": key, "schema": _SCHEMA[kind], "properties": {"name": [name]}}
    )


def main() -> None:
    """Read pairs, warm up on the first, score all."""
    algorithm = get_algorithm("logic-v2")
    config = ScoringConfig.defaults()
    pairs = [json.loads(line) for line in sys.stdin]
    made = [
        (_entity(f"q{n}", p["kind"], p["a"]), _entity(f"c{n}", p["kind"], p["b"]))
        for n, p in enumerate(pairs)
    ]
    algorithm.compare(_entity("w1", "person", "A B"), _entity("w2", "person", "A C"), config)
    began = time.process_time()
    scores = [algorithm.compare(a, b, config).score for a, b in made]
    seconds = time.process_time() - began
    done = {"scores": scores, "seconds": seconds, "version": version("nomenklatura")}
    print(json.dumps(done))


main()

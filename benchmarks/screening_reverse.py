"""``bench screening-reverse``: a change of the lists against a million stored people.

Bars: a delta of 100 entries in 20 s on two cores; a whole list of 50,000 names in 30 minutes;
through the executor, in parts, as the node does it. The people are made up by recombining the
names of the query set, stored as the node stores them; the database is left out.
"""

import random
import resource
import time
from collections.abc import Iterator
from datetime import date

import msgspec

from benchmarks.machine import rates
from benchmarks.screening_material import fifty_thousand, negatives
from smartborder.engines.screening import Snapshot
from smartborder.model.passenger_list import TravelDocument, Traveller
from smartborder.model.screening import ListEntry
from smartborder.node.lookouts.asked import stored_query
from smartborder.node.lookouts.backwards import Against, Part
from smartborder.node.lookouts.pool import ProcessPool
from smartborder.node.lookouts.stored import PART

PEOPLE = 1_000_000
WHOLE = 200_000
"""People of the whole-list run; every part costs the same, so the rest is multiplied out."""
CORES = 2
_AS_OF = date(2026, 11, 24)


def run() -> dict[str, object]:
    """The bar in the shape of ``bench NAME --json``."""
    entries = fifty_thousand()
    in_force = Snapshot.build(entries)
    people = _people(PEOPLE)
    delta = tuple(random.Random(5).sample(entries, 100))
    small = _measure(delta, in_force, people)
    whole = _measure(tuple(entries), in_force, people[: WHOLE // PART])
    per_million = round(whole["wall_s"] * PEOPLE / WHOLE / 60, 1)
    return {
        "name": "screening-reverse",
        "ours": small["wall_s"],
        "peer": None,
        "ratio": None,
        "unit": f"s for 100 changed entries against {PEOPLE:,} stored people on {CORES} cores",
        "conditions": {
            "delta": small,
            "whole_list": {**whole, "people": WHOLE, "minutes_per_million": per_million},
            "bars": {"delta_s": 20, "whole_list_minutes": 30},
            "peer": "no peer screens stored people when a list changes",
            "clock": "wall, with whatever else this machine did; CPU of the processes beside it",
            **rates(),
        },
    }


def _measure(
    entries: tuple[ListEntry, ...], in_force: Snapshot, people: list[Part]
) -> dict[str, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    against = Against(layers=((entries, in_force.frequency),), as_of=_AS_OF)
    hits = sum(len(found) for found in ProcessPool(CORES).run(against, people))
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": round(wall, 1), "cpu_s": round(spent, 1), "people_with_hits": hits}


def _people(count: int) -> list[Part]:
    chance = random.Random(5)
    traffic = negatives()
    names = [q.name.split() for q in traffic if "." not in q.name]  # no titles
    given, family = [n[0] for n in names], [n[-1] for n in names]

    def everybody() -> Iterator[tuple[str, bytes]]:
        for number in range(count):
            person = Traveller(
                surname=chance.choice(family).upper(),
                given_names=chance.choice(given).upper(),
                birth_date=f"{chance.randint(1940, 2008)}-{chance.randint(1, 12):02}-15",
                nationality=chance.choice(("USA", "CAN", "FRA", "IND", "MEX")),
                documents=(TravelDocument(type="P", number=f"P{chance.randrange(10**8):08}"),),
            )
            yield f"traveller-{number:07}", msgspec.json.encode(person)

    all_of_them = list(everybody())
    return [
        Part(asked=stored_query, records=all_of_them[i : i + PART]) for i in range(0, count, PART)
    ]

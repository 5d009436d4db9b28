"""``bench screening``: how fast the matcher is, LogicV2 over 50 candidates beside it.

Bars: about 50,000 real names, traffic that matches nobody, distinct queries: 3,000 queries a
second and core, aim 5,000; a single call p99 <= 5 ms; 1 million names: 200 a second and core;
a delta of 100 entries against 1 million stored identities: 20 s on two cores; a worst pair 50 ms.
"""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from benchmarks.screening_material import fifty_thousand, negatives, ofac, un
from benchmarks.screening_peer import NoPeer, score
from smartborder.engines.screening import IdentityIndex, Snapshot
from smartborder.model.screening import Kind, ListedName, ListEntry, Query

BLOCK = 5_000
BAR, AIM = 3_000, 5_000


def run() -> dict[str, object]:
    """The bar in the shape of ``bench NAME --json``."""
    from benchmarks.machine import rates

    entries = fifty_thousand()
    traffic = negatives(5 * BLOCK + 2_000)
    snapshot, build = _timed(lambda: Snapshot.build(entries))
    blocks = [traffic[i : i + BLOCK] for i in range(0, 5 * BLOCK, BLOCK)]
    speeds = [BLOCK / _timed(lambda part=part: snapshot.screen(part))[1] for part in blocks]
    peer, reason = _peer(entries, traffic[:30])
    ours = statistics.median(speeds)
    return {
        "name": "screening",
        "ours": round(ours, 1),
        "peer": peer,
        "ratio": round(ours / peer, 1) if peer else None,
        "unit": "non-matching queries/s of one core",
        "conditions": {
            "names": sum(len(e.names) for e in entries),
            "entries": len(entries),
            "blocks_of": BLOCK,
            "each_block": [round(s) for s in speeds],
            "build_s": round(build, 2),
            "single_call_ms": _single(snapshot, traffic[5 * BLOCK :]),
            "matching_queries_per_s": _matching(snapshot, entries),
            "exhaustive_s_per_query": _exhaustive(snapshot, traffic[:8]),
            "candidates_lost": _audit(snapshot, entries),
            "worst_pair_ms": _worst_pair(),
            "reverse": _reverse(snapshot, entries, traffic),
            "one_million": _million(entries, traffic),
            "peer": reason,
            "clock": "process CPU time; single calls by the wall clock, and by CPU time beside it",
            "bar": BAR,
            "aim": AIM,
            **rates(),
        },
    }


def _timed(step: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    result = step()
    return result, time.process_time() - began


def _peer(entries: list[ListEntry], queries: list[Query]) -> tuple[float | None, str]:
    """LogicV2 over the 50 nearest names of each query, nearest by plain edit similarity."""
    names = [(e.kind, n.text) for e in entries for n in e.names]
    nearness = cdist(
        [q.name.lower() for q in queries],
        [text.lower() for _, text in names],
        scorer=Indel.normalized_similarity,
        dtype=np.float32,
    )
    pairs: list[tuple[str, str, str]] = []
    for query, row in zip(queries, nearness, strict=True):
        for at in np.argpartition(-row, 50)[:50].tolist():
            pairs.append(("person", query.name, names[at][1]))
    try:
        done = score(pairs)
    except NoPeer as error:
        return None, str(error)
    return (
        round(len(queries) / done["seconds"], 1),
        f"nomenklatura {done['version']} LogicV2 over 50 candidates each, candidates given",
    )


def _single(snapshot: Snapshot, queries: list[Query]) -> dict[str, float]:
    wall: list[float] = []
    cpu: list[float] = []
    for query in queries:
        began, spent = time.perf_counter(), time.process_time()
        snapshot.screen([query])
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    marks, own = (statistics.quantiles(x, n=100) for x in (wall, cpu))
    return {"p50": round(marks[49], 2), "p99": round(marks[98], 2), "cpu_p50": round(own[49], 2),
            "cpu_p99": round(own[98], 2), "calls": len(wall)}  # fmt: skip


def _matching(snapshot: Snapshot, entries: list[ListEntry]) -> int:
    chance = random.Random(3)
    people = [e for e in entries if e.kind == "person" and len(e.names) > 1]
    queries = [
        Query(id=e.id, name=chance.choice(e.names).text) for e in chance.sample(people, 1_500)
    ]
    return round(len(queries) / _timed(lambda: snapshot.screen(queries))[1])


def _exhaustive(snapshot: Snapshot, queries: list[Query]) -> float:
    return round(_timed(lambda: snapshot.screen(queries, exhaustive=True))[1] / len(queries), 3)


def _audit(snapshot: Snapshot, entries: list[ListEntry]) -> dict[str, int]:
    """Hits that only a full comparison finds, on a sample of listed names."""
    chance = random.Random(4)
    sample = [
        Query(id=e.id, name=e.names[-1].text, kind=e.kind) for e in chance.sample(entries, 60)
    ]
    quick, full = snapshot.screen(sample), snapshot.screen(sample, exhaustive=True)
    lost = [
        hit
        for some, every in zip(quick, full, strict=True)
        for hit in every
        if hit.entry not in {h.entry for h in some}
    ]
    return {
        "queries": len(sample),
        "hits": sum(len(hits) for hits in full),
        "lost": len(lost),
        "lost_matches": sum(hit.verdict == "match" for hit in lost),
    }


def _worst_pair() -> float:
    hostile = ("x" * 100_000, "Aleksandrovich " * 300, "ab" * 5_000, "محمد " * 300, "王" * 3_000)
    worst = 0.0
    kinds: tuple[Kind, ...] = ("person", "organisation")
    for text in hostile:
        for kind in kinds:
            listed = ListEntry(id="t:1", list="t", kind=kind, names=(ListedName(text=text + "y"),))
            snapshot = Snapshot.build([listed])
            began = time.perf_counter()
            snapshot.screen([Query(id="q", name=text, kind=kind)])
            worst = max(worst, (time.perf_counter() - began) * 1000)
    return round(worst, 1)


def _reverse(
    snapshot: Snapshot, entries: list[ListEntry], traffic: list[Query]
) -> dict[str, object]:
    """100 entries against 200,000 synthetic identities; the rest of the million is the same."""
    chance = random.Random(5)
    given = [q.name.split()[0] for q in traffic]
    family = [q.name.split()[-1] for q in traffic]
    count = 200_000
    stored = [
        Query(id=str(n), name=f"{chance.choice(given)} {chance.choice(family)}")
        for n in range(count)
    ]
    index, build = _timed(lambda: IdentityIndex.build(stored))
    delta = chance.sample(entries, 100)
    found, spent = _timed(lambda: list(index.screen_entries(delta, like=snapshot.frequency)))
    return {
        "identities": count,
        "entries": len(delta),
        "hits": len(found),
        "cpu_s_per_million": round(spent * 1_000_000 / count, 1),
        "index_cpu_s_per_million": round(build * 1_000_000 / count, 1),
    }


def _million(entries: list[ListEntry], traffic: list[Query]) -> dict[str, object]:
    """Real names, and recombined ones up to a million."""
    chance = random.Random(6)
    words = [
        n.text.split()
        for e in (*un(), *ofac("a"))
        if e.kind == "person"
        for n in e.names
        if " " in n.text
    ]
    made = list(entries)
    for number in range(1_000_000 - sum(len(e.names) for e in entries)):
        text = " ".join((*chance.choice(words)[:-1], chance.choice(words)[-1]))
        made.append(ListEntry(id=f"s:{number}", list="s", names=(ListedName(text=text),)))
    snapshot, build = _timed(lambda: Snapshot.build(made))
    _hits, spent = _timed(lambda: snapshot.screen(traffic[:2_000]))
    return {"queries_per_s": round(2_000 / spent), "build_s": round(build, 1)}

"""``bench screening-quality``: how right the matcher is, LogicV2 on the same pairs beside it.

Everything is measured on the reporting half (the other half tuned the models): labelled pairs,
people of the UN list as queries, aliases left out, names in their original script, calibration,
and false positives by the origin of names.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from benchmarks.screening_fairness import by_origin, interval
from benchmarks.screening_material import (
    aliases_left_out,
    latin_only,
    names_only,
    negatives,
    ofac,
    original_script,
    positives,
    reporting,
    traffic,
    un,
)
from benchmarks.screening_pairs import Pair, pairs
from benchmarks.screening_peer import NoPeer, score
from benchmarks.screening_threshold import Shown, met
from smartborder.engines.screening import Snapshot
from smartborder.engines.screening.scoring import POSSIBLE, stated
from smartborder.model.screening import ListedName, ListEntry, Query

SLICES = ("all", "persons", "organisations", "non-latin", "short")
_PEER_THRESHOLD = 0.7


def run() -> dict[str, object]:
    """The bar in the shape of ``bench NAME --json``."""
    from benchmarks.machine import rates

    labelled = pairs()
    ours = _f1_by_slice(labelled, _our_decisions(labelled))
    try:
        done = score([(p.kind, p.left, p.right) for p in labelled])
        theirs = _f1_by_slice(labelled, [s >= _PEER_THRESHOLD for s in done["scores"]])
        reason = f"nomenklatura {done['version']} LogicV2 at {_PEER_THRESHOLD}"
    except NoPeer as error:
        theirs, reason = None, str(error)
    listed = un()
    return {
        "name": "screening-quality",
        "ours": ours["all"],
        "peer": theirs["all"] if theirs else None,
        "ratio": round(ours["all"] / theirs["all"], 3) if theirs else None,
        "unit": "F1 on labelled pairs of real names, names only",
        "conditions": {
            "pairs": len(labelled),
            "positive": sum(p.same for p in labelled),
            "f1": ours,
            "peer_f1": theirs,
            "peer": reason,
            "un_list": _un(listed),
            "aliases_left_out": _aliases(),
            "original_script": _original_script(listed),
            "calibration": _calibration(),
            "false_positives_by_name_origin": _fairness(),
            **rates(),
        },
    }


def _our_decisions(labelled: Sequence[Pair]) -> list[bool]:
    """Each right-hand name is a list of one; the left-hand name is screened against it."""
    found: list[bool] = []
    for pair in labelled:
        entry = ListEntry(id="t:1", list="t", kind=pair.kind, names=(ListedName(text=pair.right),))
        query = Query(id="q", name=pair.left, kind=pair.kind)
        found.append(bool(Snapshot.build([entry]).screen([query])[0]))
    return found


def _f1_by_slice(labelled: Sequence[Pair], said: Sequence[bool]) -> dict[str, float]:
    result: dict[str, float] = {}
    for name in SLICES:
        part = [
            (p.same, s)
            for p, s in zip(labelled, said, strict=True)
            if name == "all" or name in p.slices
        ]
        right = sum(same and s for same, s in part)
        wrong = sum(same != s for same, s in part)
        result[name] = round(2 * right / (2 * right + wrong), 4) if right else 0.0
    return result


def _rate(hits: int, asked: int) -> dict[str, object]:
    return {"rate": round(hits / asked, 5), "interval": interval(hits, asked), "n": asked}


def _count(snapshot: Snapshot, queries: list[Query]) -> int:
    return sum(map(bool, snapshot.screen(queries)))


def _un(listed: list[ListEntry]) -> dict[str, object]:
    """Recall on those of the positives whose unaltered name is on the list; false positives."""
    snapshot = Snapshot.build(listed)
    written = {n.text.casefold() for e in listed for n in e.names}
    as_listed = positives("untreated")
    on_list = [q.name.casefold() in written for q in as_listed]
    result: dict[str, object] = {}
    for kind in ("treated", "untreated"):
        found = snapshot.screen(positives(kind))
        held = [bool(h) for h, on in zip(found, on_list, strict=True) if on]
        result[f"recall_{kind}"] = _rate(sum(held), len(held))
        result[f"recall_{kind}_all_rows"] = round(sum(map(bool, found)) / len(found), 5)
    people = negatives()
    result["false_positives"] = _rate(_count(snapshot, people), len(people))
    fresh = traffic(reported=True)
    result["false_positives_reporting_half"] = _rate(_count(snapshot, fresh), len(fresh))
    result["false_positives_names_only"] = _rate(_count(snapshot, names_only(fresh)), len(fresh))
    return result


def _aliases() -> dict[str, object]:
    """One alias of each person of the reporting half is taken off the list and asked about."""
    listed, left_out = aliases_left_out(ofac("b"), reported=True)
    snapshot = Snapshot.build(listed)
    found = snapshot.screen(left_out)
    right = sum(any(h.entry == q.id for h in hits) for q, hits in zip(left_out, found, strict=True))
    people = names_only(traffic(reported=True))
    return {
        "recall": _rate(right, len(left_out)),
        "false_positives_names_only": _rate(_count(snapshot, people), len(people)),
    }


def _original_script(listed: list[ListEntry]) -> dict[str, object]:
    """Names in Arabic or Cyrillic letters against a list with Latin names only."""
    snapshot = Snapshot.build(latin_only(listed))
    asked = original_script(listed)
    result: dict[str, object] = {"names": len(asked)}

    def decide(with_births: bool, keep: Callable[[ListEntry], bool]) -> dict[str, object]:
        part = [(e, t) for e, t in asked if keep(e)]
        queries = [
            Query(
                id=e.id,
                name=text,
                birth_date=e.birth_dates[0].date if with_births and e.birth_dates else None,
            )
            for e, text in part
        ]
        found = snapshot.screen(queries)
        right = sum(any(h.entry == q.id for h in hs) for q, hs in zip(queries, found, strict=True))
        other = sum(any(h.entry != q.id for h in hs) for q, hs in zip(queries, found, strict=True))
        return {"right": _rate(right, len(part)), "other_entry_hit": _rate(other, len(part))}

    result["names_only"] = decide(False, lambda e: True)
    result["names_only_reporting_half"] = decide(False, lambda e: reporting(e.id))
    result["with_birth_dates"] = decide(True, lambda e: True)
    result["with_birth_dates_reporting_half"] = decide(True, lambda e: reporting(e.id))
    result["candidates"] = _ranks(snapshot, asked)
    return result


def _ranks(snapshot: Snapshot, asked: list[tuple[ListEntry, str]]) -> dict[str, float]:
    """How often the own entry is among the first 1, 10, 50 by names alone."""
    queries = [Query(id=e.id, name=text) for e, text in asked]
    ranks = [
        next((at for at, m in enumerate(sorted(ms, key=_likeliest)) if m.entry == q.id), 999)
        for q, ms in zip(queries, met(snapshot, queries), strict=True)
    ]
    return {f"@{k}": round(sum(r < k for r in ranks) / len(ranks), 4) for k in (1, 10, 50)}


def _likeliest(shown: Shown) -> float:
    return -shown.logit


def _calibration() -> dict[str, Any]:
    """Stated probability against the share of true pairs, for left-out aliases, ten bins."""
    chance = random.Random(31)
    table: list[tuple[float, bool]] = []
    for entries in (ofac("b"), un()):
        queries: list[Query] = []
        listed: list[ListEntry] = []
        for entry in entries:
            names = [n for n in entry.names if n.quality != "weak"]
            if len(names) > 1 and reporting(entry.id):
                name = chance.choice(names)
                queries.append(Query(id=entry.id, name=name.text, kind=entry.kind))
                rest = tuple(n for n in entry.names if n is not name)
                entry = msgspec.structs.replace(entry, names=rest)
            listed.append(entry)
        snapshot = Snapshot.build(listed)
        for query, ms in zip(queries, met(snapshot, queries), strict=True):
            table += [(stated(m.logit, supported=False), m.entry == query.id) for m in ms]
    said = np.array([p for p, _ in table])
    true = np.array([t for _, t in table])
    bins = np.minimum((said * 10).astype(int), 9)
    rows = [
        (float(said[bins == b].mean()), float(true[bins == b].mean()), int((bins == b).sum()))
        for b in range(10)
        if (bins == b).any()
    ]
    shown = [r for r in rows if r[0] >= POSSIBLE]

    def error(part: list[tuple[float, float, int]]) -> float:
        total = sum(n for _, _, n in part)
        return round(sum(abs(p - t) * n for p, t, n in part) / total, 4)

    return {
        "expected_error_all_pairs": error(rows),
        "expected_error_from_possible_up": error(shown),
        "bins": [{"said": round(p, 3), "true": round(t, 3), "pairs": n} for p, t, n in rows],
    }


def _fairness() -> dict[str, Any]:
    entries = [*un(), *ofac("b")]
    return by_origin(Snapshot.build(entries), entries)

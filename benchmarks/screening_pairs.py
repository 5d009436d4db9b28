"""Labelled pairs of real names, made without any generator.

Positive: two names of one listed subject. Negative: a name each of two different subjects that
an officer could mix up: same surname, same given name, relatives (two words shared), names made
of common words, organisations with a shared telling word. Chosen by shared words alone, before
any system is asked, from the reporting half.
"""

import random
import re
from collections import defaultdict
from typing import NamedTuple

from benchmarks.screening_material import ofac, other_script, reporting, un
from smartborder.model.screening import Kind, ListEntry

_WORD = re.compile(r"\w{2,}")


class Pair(NamedTuple):
    """Two names, whether they are of one subject, and the slices the pair belongs to."""

    kind: Kind
    left: str
    right: str
    same: bool
    slices: tuple[str, ...]


def pairs(seed: int = 20261124, per_kind: int = 700) -> list[Pair]:
    """About equally many positive and negative pairs of people and of organisations."""
    chance = random.Random(seed)
    entries = [e for e in (*ofac("b"), *un()) if reporting(e.id) and e.kind != "vessel"]
    found: list[Pair] = []
    for kind in ("person", "organisation"):
        own = [e for e in entries if e.kind == kind]
        positive = [p for e in own for p in _positive(e, chance)]
        negative = _negative(own, chance)
        foreign = [p for p in positive if "non-latin" in p.slices]
        chance.shuffle(positive)
        chance.shuffle(negative)
        found += positive[:per_kind] + negative[:per_kind] + foreign[:150]
    return list(dict.fromkeys(found))


def _names(entry: ListEntry) -> list[str]:
    return [n.text for n in entry.names if n.quality != "weak"]


def _slices(kind: Kind, left: str, right: str) -> tuple[str, ...]:
    words = min(len(_WORD.findall(left)), len(_WORD.findall(right)))
    short = words <= 1 or min(len(left), len(right)) <= 9
    return (
        "persons" if kind == "person" else "organisations",
        *(("non-latin",) if other_script(left) or other_script(right) else ()),
        *(("short",) if short else ()),
    )


def _pair(kind: Kind, left: str, right: str, *, same: bool) -> Pair:
    return Pair(kind, left, right, same, _slices(kind, left, right))


def _positive(entry: ListEntry, chance: random.Random) -> list[Pair]:
    names = _names(entry)
    if len(names) < 2:
        return []
    picked = [chance.sample(names, 2)]
    foreign = [n for n in names if other_script(n)]
    latin = [n for n in names if not other_script(n)]
    if foreign and latin:
        picked.append([chance.choice(foreign), chance.choice(latin)])
    return [_pair(entry.kind, a, b, same=True) for a, b in picked if a.casefold() != b.casefold()]


def _negative(entries: list[ListEntry], chance: random.Random) -> list[Pair]:
    """Pairs of names of different entries that share a word; each shared word counts once."""
    holders: dict[str, list[tuple[int, str]]] = defaultdict(list)
    known = [{n.casefold() for n in _names(e)} for e in entries]
    for at, entry in enumerate(entries):
        for name in _names(entry)[:4]:
            for word in sorted(set(_WORD.findall(name.casefold()))):
                holders[word].append((at, name))
    found: list[Pair] = []
    shared = [w for w, held in holders.items() if len({a for a, _ in held}) > 1]
    chance.shuffle(shared)
    for word in shared:
        (a, left), (b, right) = chance.sample(holders[word], 2)
        if a != b and not known[a] & known[b]:
            found.append(_pair(entries[a].kind, left, right, same=False))
    return found

"""The YAML cases that a lawyer can read, each put to its rule.

Cases were written from the section, not from the code. ``defaults`` of a file are facts
common to its cases; a case's ``facts`` add to them, and a fact given as ``unknown`` is
taken away again.
"""

import re
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from smartborder import law


class Loader(yaml.SafeLoader):
    """YAML in which only true and false are truth values: 'on', 'no' and 'NO' are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))

CASES = Path(__file__).parents[2] / "cases"
KEYS = {"name", "section", "facts", "on", "as_known", "expect"}
EXPECT = {"verdict", "needs_officer", "reasons", "open_facts", "confidence", "clocks", "cites"}


def load():
    for path in sorted(CASES.glob("*/*.yaml")):
        data = yaml.load(path.read_text(), Loader)
        for case in data["cases"]:
            assert set(case) <= KEYS, (path, case["name"], set(case) - KEYS)
            assert set(case["expect"]) <= EXPECT, (path, case["name"])
            facts = {**data.get("defaults", {}), **case.get("facts", {})}
            facts = {k: v for k, v in facts.items() if v != "unknown"}
            yield {
                "rule": path.parent.name,
                "country": data["country"],
                "facts": facts,
                "on": case.get("on", data.get("on")),
                "as_known": case.get("as_known", data.get("as_known", case.get("on", data["on"]))),
                "name": case["name"],
                "section": case["section"],
                "expect": case["expect"],
            }


ALL = list(load())


def ask(case):
    return law.evaluate(
        case["rule"],
        json_facts(case["facts"]),
        country=case["country"],
        on=case["on"],
        as_known=case["as_known"],
    )


def json_facts(value):
    """As a JSON file would have it: days are text."""
    if isinstance(value, dict):
        return {k: json_facts(v) for k, v in value.items()}
    if isinstance(value, list):
        return [json_facts(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c['rule']}-{c['country']}-{c['name']}")
def test_case(case):
    verdict = ask(case)
    expect = case["expect"]
    found = {
        "verdict": verdict.verdict,
        "needs_officer": verdict.needs_officer,
        "reasons": [r.code for r in verdict.reasons],
        "open_facts": list(verdict.open_facts),
        "confidence": verdict.confidence,
        "clocks": {c.name: c.due for c in verdict.clocks},
    }
    for key in set(expect) - {"cites"}:
        assert found[key] == expect[key], (key, [f"{e.citation} {e.state}" for e in verdict.trace])
    states = {(e.citation, e.state) for e in verdict.trace}
    for citation, state in expect.get("cites", {}).items():
        assert (citation, state) in states, sorted(states)


@pytest.mark.parametrize("name", sorted({r.name for r in law.rules()}))
def test_every_rule_set_has_cases_and_both_axes_flip(name):
    mine = [c for c in ALL if c["rule"] == name]
    assert len(mine) >= 12, f"{name} has {len(mine)} cases"
    assert all(c["section"] for c in mine)
    for axis, other in (("on", "as_known"), ("as_known", "on")):
        pairs = (
            (a, b)
            for a, b in combinations(mine, 2)
            if a["facts"] == b["facts"]
            and a["country"] == b["country"]
            and a[other] == b[other]
            and a[axis] != b[axis]
            and a["expect"]["verdict"] != b["expect"]["verdict"]
        )
        assert next(pairs, None) is not None, f"{name}: no case that only {axis} flips"


def test_names_are_unique():
    counts = Counter((c["rule"], c["country"], c["name"]) for c in ALL)
    assert [n for n, count in counts.items() if count > 1] == []

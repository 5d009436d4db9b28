"""The YAML cases, each put to its rule; written from the section, not from the code."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from smartborder import law
from smartborder.law.cases import differences, read_cases

FOLDER = Path(__file__).parents[2] / "cases"
FILES = {
    f"{name}/{path.name}": read_cases(path.read_text(), name, path.name)
    for name in sorted({r.name for r in law.rules()})
    for path in sorted((FOLDER / name).glob("*.yaml"))
}
ALL = [case for cases in FILES.values() for case in cases]


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.rule}-{c.country}-{c.name}")
def test_case(case):
    verdict = case.ask()
    assert differences(case.expect, verdict) == [], [
        f"{e.citation} {e.state}" for e in verdict.trace
    ]


@pytest.mark.parametrize("name", sorted({r.name for r in law.rules()}))
def test_every_rule_set_has_cases_and_both_axes_flip(name):
    mine = [c for c in ALL if c.rule == name]
    assert len(mine) >= 12, f"{name} has {len(mine)} cases"
    assert all(c.section for c in mine)
    for axis, other in (("on", "as_known"), ("as_known", "on")):
        pairs = (
            (a, b)
            for a, b in combinations(mine, 2)
            if a.facts == b.facts
            and a.country == b.country
            and getattr(a, other) == getattr(b, other)
            and getattr(a, axis) != getattr(b, axis)
            and a.expect.verdict != b.expect.verdict
        )
        assert next(pairs, None) is not None, f"{name}: no case that only {axis} flips"


@pytest.mark.parametrize("file", FILES)
def test_a_rule_that_always_says_the_same_fails_every_file(file):
    answers = [(case, case.ask()) for case in FILES[file]]
    for word in {case.expect.verdict for case in FILES[file]}:
        spoilt = [(case.expect, msgspec.structs.replace(a, verdict=word)) for case, a in answers]
        assert any(differences(expect, answer) for expect, answer in spoilt), word


def test_names_are_unique():
    counts = Counter((c.rule, c.country, c.name) for c in ALL)
    assert [n for n, count in counts.items() if count > 1] == []

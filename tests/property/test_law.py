"""What must hold of every rule, whatever the facts: no law from the future, no guess."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder.law import registry
from smartborder.law.cases import read_cases
from smartborder.law.errors import FactsUnusable
from smartborder.law.evaluate import evaluate, evaluate_in
from smartborder.law.facts import far_day
from smartborder.law.provisions import (
    Version,
    View,
    in_force,
    interval,
    provisions,
    view,
)

CASES = [
    case
    for name in sorted({r.name for r in registry.ALL})
    for path in sorted((Path(__file__).parents[1] / "cases" / name).glob("*.yaml"))
    for case in read_cases(path.read_text(), path.parent.name, path.name)
]
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
VERSIONS = st.builds(
    lambda start, enacted, repealed, length: Version(
        start=start,
        enacted=enacted,
        repealed=repealed,
        end=None if length is None else start + timedelta(days=length),
    ),
    DAYS,
    DAYS,
    st.booleans(),
    st.none() | st.integers(0, 3000),
)


@given(st.lists(VERSIONS, max_size=6), st.lists(VERSIONS, max_size=6), DAYS, DAYS)
@settings(deadline=None)
def test_law_enacted_later_changes_nothing(known, later, on, as_known):
    later = [v for v in later if v.enacted > as_known]
    before = in_force(known, on, as_known)
    assert in_force([*later, *known], on, as_known) == before
    if before is not None:
        assert interval([*known, *later], before, as_known) == interval(known, before, as_known)
        assert before.start <= on
        assert before.enacted <= as_known


def with_future_law(case, pack):
    tomorrow = case.as_known + timedelta(days=1)
    future = Version(start=date(1900, 1, 1), enacted=tomorrow, repealed=True)
    known = {
        citation: msgspec.structs.replace(p, versions=(*p.versions, future))
        for citation, p in provisions(pack).items()
    }
    return View(pack, case.on, case.as_known, country=case.country, known=known)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule}-{c.country}-{c.name}")
def test_repealing_all_law_tomorrow_changes_no_answer_today(case):
    rule = registry.find(case.rule, case.country)
    assert evaluate_in(rule, case.facts, with_future_law(case, rule.pack)) == case.ask()


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule}-{c.country}-{c.name}")
def test_leaving_out_a_fact_never_makes_an_adverse_answer(case):
    """An unasked question may open an answer; it never turns a kind answer into a hard one."""
    rule = registry.find(case.rule, case.country)
    if case.ask().verdict in rule.adverse:
        return
    law = view(rule.pack, case.country, case.on, case.as_known)
    # Which question is put, and the day asked about, are not facts.
    for name in set(case.facts) - {"question", rule.day_fact}:
        fewer = {k: v for k, v in case.facts.items() if k != name}
        assert evaluate_in(rule, fewer, law).verdict not in rule.adverse, name


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.rule}-{c.country}-{c.name}")
def test_every_answer_keeps_what_is_promised_of_it(case):
    rule = registry.find(case.rule, case.country)
    verdict = case.ask()
    assert verdict.verdict in rule.kindness
    assert verdict.status == "proposal"
    assert verdict.reviewed_by is None
    assert verdict.reasons
    assert all(r.detail.en and r.detail.fr for r in verdict.reasons)
    assert verdict.advisory == (verdict.confidence != "law")
    if verdict.verdict in rule.adverse:
        assert verdict.author is not None
        assert verdict.notice is not None
        assert verdict.redress is not None
        assert not verdict.open_facts
        assert verdict.needs_officer or (rule.name, rule.pack) == ("boarding", "ca")
    if verdict.verdict == "undetermined":
        assert verdict.needs_officer


LONG_AGO = date(1950, 1, 1)


@pytest.mark.parametrize("rule", registry.ALL, ids=lambda r: f"{r.name}-{r.pack}")
def test_before_there_was_law_nothing_adverse_is_proposed(rule):
    """A section that was not law, or not known to be, bears nothing; and no day is a fault."""
    for case in (c for c in CASES if registry.find(c.rule, c.country) is rule):
        for on, known in ((LONG_AGO, case.as_known), (case.on, LONG_AGO)):
            verdict = evaluate(rule.name, case.facts, country=case.country, on=on, as_known=known)
            assert verdict.verdict not in rule.adverse, case.name


@given(st.sampled_from(CASES), st.dates(), st.dates())
@settings(deadline=None, max_examples=300)
def test_no_pair_of_days_makes_a_fault(case, on, as_known):
    ask = partial(evaluate, case.rule, case.facts, country=case.country, on=on, as_known=as_known)
    if any(far_day(day) is not None for day in (on, as_known)):
        with pytest.raises(FactsUnusable, match="lies outside 1850 to 2199"):
            ask()
    else:
        assert ask().reasons

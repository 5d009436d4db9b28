"""Facts as they come: missing, partial, disputed; only the impossible is an error."""

from datetime import date

import pytest

from smartborder import law
from smartborder.law.ca.stca_facts import StcaFacts
from smartborder.law.facts import understand

DAY = date(2026, 5, 4)


def ask(rule, facts):
    return law.evaluate(rule, facts, country="CA", on=DAY, as_known=DAY)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"entry_date": "2026-02-30"}, "not a day|date"),
        ({"entry_date": {"from": "2026-05-05", "to": "2026-05-01"}}, "ends before"),
        ({"no_such_fact": 1}, "not a fact of this rule"),
        ({"came_from_us": "perhaps"}, "bool"),
        ({"place": "moon"}, "Invalid enum"),
        ({"birth_date": {"value": "1990-01-01", "colour": "red"}}, "unknown key"),
    ],
)
def test_the_impossible_is_a_coded_error_that_names_the_field(facts, says):
    with pytest.raises(law.FactsUnusable, match=says) as caught:
        ask("stca", facts)
    assert caught.value.code == "law.facts-unusable"


@pytest.mark.parametrize("facts", [[], "text", 3])
def test_facts_are_one_object(facts):
    with pytest.raises(law.FactsUnusable, match="one JSON object"):
        ask("stca", facts)


@pytest.mark.parametrize("rule", sorted({r.name for r in law.rules()}))
def test_no_facts_at_all_is_an_answer_never_an_error(rule):
    verdict = ask(rule, {})
    assert verdict.verdict == "undetermined"
    assert verdict.open_facts


def test_kebab_and_snake_names_are_the_same_fact():
    assert ask("stca", {"came-from-us": False}) == ask("stca", {"came_from_us": False})


def test_a_month_is_read_as_each_of_its_days_and_a_range_likewise():
    month = understand(StcaFacts, {"entry_date": "2026-02"})
    assert len(month.readings) == 28
    assert month.disputed == ("entry_date",)
    days = understand(StcaFacts, {"entry_date": {"from": "2026-05-01", "to": "2026-05-05"}})
    assert [r.facts.entry_date.day for r in days.readings] == [1, 2, 3, 4, 5]


def test_a_sourced_undisputed_fact_is_just_its_value():
    plain = understand(StcaFacts, {"came_from_us": {"value": True, "source": "stamp"}})
    assert plain.readings[0].facts.came_from_us is True
    assert plain.disputed == ()


def test_disputed_without_readings_is_not_known():
    found = understand(StcaFacts, {"came_from_us": {"value": True, "disputed": True}})
    assert found.readings[0].facts.came_from_us is None
    assert found.unsettled == ("came_from_us",)


def test_two_disputed_facts_are_read_in_every_combination():
    found = understand(
        StcaFacts,
        {
            "birth_date": {"readings": ["2008-01-01", "2009-01-01"]},
            "entry_date": {"readings": ["2026-05-01", "2026-05-02", "2026-05-03"]},
        },
    )
    assert len(found.readings) == 6


def test_more_readings_than_can_be_worked_through_are_not_known():
    found = understand(StcaFacts, {"birth_date": "1990", "entry_date": "2025"})
    assert len(found.readings) == 365
    assert found.unsettled == ("entry_date",)


def test_readings_that_differ_say_which_and_which_is_kinder():
    verdict = ask(
        "stca",
        {
            "came_from_us": True,
            "place": "between-ports",
            "nationalities": ["HND"],
            "entry_date": {"from": "2026-04-18", "to": "2026-04-22"},
            "birth_date": "1990-01-01",
            "family": [],
            "document": "none",
            "us_permanent_resident": False,
            "refused_by_us_unadjudicated": False,
            "resident_removed_from_us": False,
            "death_penalty": False,
            "fear_asked": True,
        },
    )
    assert verdict.verdict == "undetermined"
    assert verdict.needs_officer
    codes = [r.code for r in verdict.reasons]
    assert codes == ["law.readings-differ", "law.readings-differ", "law.benefit-of-doubt"]
    assert {r.compared.ours for r in verdict.reasons[:2]} == {"applies", "not-applicable"}
    assert verdict.reasons[2].compared.ours == "not-applicable"
    assert verdict.author is None


def test_errors_never_repeat_a_value_of_a_fact():
    with pytest.raises(law.FactsUnusable) as caught:
        ask("stca", {"birth_date": {"from": "SECRET", "to": "2026-01-01"}})
    assert "SECRET" not in caught.value.detail


@pytest.mark.parametrize("readings", [5, "FRA", {"a": 1}, True])
def test_readings_that_are_no_list_are_unusable(readings):
    given = {"mode": {"value": "air", "disputed": True, "readings": readings}}
    with pytest.raises(law.FactsUnusable, match="must be a list"):
        law.evaluate("boarding", given, country="CA", on=DAY, as_known=DAY)

"""A scenario describes a journey; whoever writes a kind of people into one gets a reason."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartborder.engines.scenarios import ScenarioRefused, compile_scenario
from smartborder.engines.scenarios.fields import PROTECTED, USABLE, protected
from smartborder.engines.scenarios.scenario import Condition

LATE = {"field": "booking.days_before_departure", "at_most": 1,
        "because": "Targeting report 2026-14, page 3"}  # fmt: skip
GOOD: dict[str, Any] = {
    "id": "late-cash", "title": {"en": "Late, in cash", "fr": "Tardif, comptant"},
    "owner": "Targeting centre", "legal_basis": "IRPR 269", "from": "2026-11-24",
    "until": "2027-11-24", "conditions": [LATE],
}  # fmt: skip


def refused(**changes: Any) -> list[str]:
    with pytest.raises(ScenarioRefused) as error:
        compile_scenario({**GOOD, **changes})
    assert all(r.detail.en != r.detail.fr for r in error.value.reasons)
    return [r.code for r in error.value.reasons]


def test_a_journey_compiles() -> None:
    made = compile_scenario(GOOD)
    assert (made.from_, made.until) == (date(2026, 11, 24), date(2027, 11, 24))
    assert made.conditions == (
        Condition(field="booking.days_before_departure", test="at_most", value=1,
                  because="Targeting report 2026-14, page 3"),
    )  # fmt: skip


@pytest.mark.parametrize("field", sorted(PROTECTED))
def test_every_protected_attribute_and_proxy_is_a_compile_error(field: str) -> None:
    condition = {"field": field, "is": "X", "because": LATE["because"]}
    assert refused(conditions=[LATE, condition]) == ["scenario.protected-attribute"]


@pytest.mark.parametrize(
    ("field", "attribute"),
    [("nationality", "nationality"), ("traveller.Birth-Date", "age"), ("Passenger.SEX", "sex"),
     ("pnr.meal", "religion"), ("person.Citizenships", "nationality")],
)  # fmt: skip
def test_another_spelling_does_not_help(field: str, attribute: str) -> None:
    found = protected(field)
    assert found is not None
    assert found.attribute.en == attribute


def test_the_reason_names_condition_attribute_and_line() -> None:
    kind = {"field": "person.nationality", "is": "MAR", "because": "because I say so"}
    with pytest.raises(ScenarioRefused) as error:
        compile_scenario({**GOOD, "conditions": [LATE, kind]})
    (reason,) = error.value.reasons
    assert reason.citation == "Red line 4"
    assert reason.detail.en == (
        "Condition 2: 'person.nationality' is nationality, which no scenario may use."
    )
    assert "MAR" not in str(error.value)


def test_no_usable_field_is_protected() -> None:
    assert [f for f in USABLE if f in PROTECTED or protected(f)] == []


@pytest.mark.parametrize(
    ("conditions", "codes"),
    [
        ([{**LATE, "field": "flight.number", "at_most": None, "is": "344"}], ["comparison"]),
        ([{"field": "flight.number", "is": "344", "because": "the whole flight"}],
         ["whole-flight"]),
        ([{"field": "flight.origin", "in": ["CDG"], "because": "everybody from there"}],
         ["whole-flight"]),
        ([{**LATE, "weight": 3}], ["score"]),
        ([{**LATE, "because": "yes"}], ["unjustified"]),
        ([{**LATE, "at_most": "1"}], ["comparison"]),
        ([{**LATE, "at_most": True}], ["comparison"]),
        ([{**LATE, "field": "person.mood"}], ["unknown-field"]),
        (["nationality"], ["condition"]),
        ([], ["incomplete"]),
    ],
)  # fmt: skip
def test_what_else_is_refused(conditions: list[Any], codes: list[str]) -> None:
    assert refused(conditions=conditions) == [f"scenario.{c}" for c in codes]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"until": "2027-11-26"}, ["no-end"]),
        ({"until": "2026-11-23"}, ["no-end"]),
        ({"until": "2026-02-30"}, ["no-end"]),
        ({"risk_score": 80}, ["score"]),
        ({"owner": ""}, ["incomplete"]),
        ({"title": {"en": "Only English"}}, ["title"]),
        ({"colour": "red"}, ["unknown-key"]),
    ],
)
def test_the_frame_is_held_too(changes: dict[str, Any], codes: list[str]) -> None:
    assert refused(**changes) == [f"scenario.{c}" for c in codes]


def test_a_leap_year_is_a_year() -> None:
    leap = {**GOOD, "from": "2027-03-01", "until": "2028-03-01"}
    assert compile_scenario(leap).until == date(2028, 3, 1)


@given(
    st.dictionaries(
        st.text(),
        st.none()
        | st.text()
        | st.lists(
            st.dictionaries(
                st.sampled_from(["field", "is", "in", "at_most", "because"]),
                st.text() | st.integers(),
            )
        ),
    )
)
def test_any_document_compiles_or_has_reasons(document: dict[str, Any]) -> None:
    try:
        made = compile_scenario({**GOOD, **document})
    except ScenarioRefused as error:
        made, why = None, error.reasons
    assert made or why

"""Conditions are three-valued: true, false, and not known."""

from datetime import UTC, datetime
from typing import Any

import pytest

from smartborder.agreements.conditions import BadCondition, Situation, compile_condition
from smartborder.agreements.facts import check_facts
from smartborder.agreements.vocabulary import vocabulary
from smartborder.model.agreement import ShareRequest

WORDS = vocabulary()


def judge(when: dict[str, Any], **subject: Any) -> bool | None:
    request = ShareRequest(
        sender="CAN",
        receiver="USA",
        channel="push",
        stage="response",
        purpose="p",
        on="2026-11-24T14:00:00Z",
        fields=("id",),
    )
    situation = Situation(
        request=request,
        facts=check_facts(subject, WORDS),
        instant=datetime(2026, 11, 24, 14, tzinfo=UTC),
    )
    return compile_condition(when, WORDS).test(situation)


CITIZEN = {"citizenships": {"any_of": ["CAN", "USA"]}}
NONE = {"citizenships": {"none_of": ["CAN", "USA"]}}


@pytest.mark.parametrize(
    ("when", "subject", "expected"),
    [
        ({}, {}, True),
        (CITIZEN, {"citizenships": ["MEX"]}, False),
        (CITIZEN, {"citizenships": ["MEX", "USA"]}, True),
        (CITIZEN, {"citizenships": ["XXX"]}, None),
        (CITIZEN, {"citizenships": ["XXX", "CAN"]}, True),
        (CITIZEN, {"citizenships": []}, None),
        (CITIZEN, {"citizenships": ["XXA"]}, False),
        ({"permanent_resident_of": {"any_of": ["CAN"]}}, {"permanent_resident_of": []}, False),
        (CITIZEN, {}, None),
        (NONE, {"citizenships": ["MEX"]}, True),
        (NONE, {"citizenships": ["USA"]}, False),
        (NONE, {"citizenships": ["XXX"]}, None),
        (NONE, {}, None),
        ({"citizenships": {"all_of": ["CAN", "USA"]}}, {"citizenships": ["CAN"]}, False),
        ({"citizenships": {"any_of": ["$to"]}}, {"citizenships": ["USA"]}, True),
        ({"citizenships": {"any_of": ["$from"]}}, {"citizenships": ["USA"]}, False),
        ({"officer_confirmed": True}, {}, None),
        ({"officer_confirmed": False}, {"officer_confirmed": False}, True),
        ({"officer_reviewed": True}, {}, False),
        ({"officer_reviewed": False}, {}, True),
        ({"match_basis": "name-only"}, {}, False),
        ({"mistreatment_risk": {"none_of": ["none"]}}, {}, True),
        ({"mistreatment_risk": {"none_of": ["none"]}}, {"mistreatment_risk": "none"}, False),
        ({"offence": ["terrorism", "other"]}, {"offence": "other"}, True),
        ({"offence": "terrorism"}, {}, None),
        ({"originator": {"none_of": ["$from"]}}, {"originator": "CAN"}, False),
        ({"originator": {"none_of": ["$from"]}}, {}, None),
        ({"officer": {"any_of": ["$named_officers"]}}, {"officer": "a"}, None),
        (
            {"officer": {"any_of": ["$named_officers"]}},
            {"officer": "a", "named_officers": ["a"]},
            True,
        ),
        ({"on": {"before": "$release_at"}}, {"release_at": "2026-11-24T14:00:01Z"}, True),
        ({"on": {"before": "$release_at"}}, {"release_at": "2026-11-24T14:00:00Z"}, False),
        ({"on": {"not_before": "$release_at"}}, {"release_at": "2026-11-24T09:00:00-05:00"}, True),
        ({"on": {"before": "$release_at"}}, {}, None),
        ({"on": {"before": "2027-01-01"}}, {}, True),
        ({"review_by": {"before": "$on"}}, {"review_by": "2026-11-24"}, True),
        ({"review_by": {"before": "$on"}}, {"review_by": "2026-11-25"}, False),
        ({"match": True}, {}, False),
        ({"match": None}, {}, True),
        ({"channel": ["push", "query"]}, {}, True),
        ({"channel": "query", **CITIZEN}, {}, False),
        ({"channel": "push", **CITIZEN}, {}, None),
        ({"any": [CITIZEN, {"officer_reviewed": True}]}, {}, None),
        ({"any": [CITIZEN, {"officer_reviewed": True}]}, {"officer_reviewed": True}, True),
        ({"any": [CITIZEN, {"officer_reviewed": True}]}, {"citizenships": ["MEX"]}, False),
    ],
)
def test_true_false_and_not_known(
    when: dict[str, Any], subject: dict[str, Any], expected: bool | None
) -> None:
    assert judge(when, **subject) is expected


@pytest.mark.parametrize(
    "when",
    [
        {"any": []},
        {"any": "x"},
        {"hair": "red"},
        {"channel": []},
        {"channel": {"any_of": ["push"]}},
        {"officer_confirmed": "yes"},
        {"citizenships": ["CAN"]},
        {"citizenships": {"any_of": []}},
        {"citizenships": {"any_of": ["Canada"]}},
        {"citizenships": {"any_of": [1]}},
        {"citizenships": {"any_of": ["$nobody"]}},
        {"citizenships": {"any_of": ["CAN"], "none_of": ["USA"]}},
        {"offence": "parking"},
        {"release_at": "2026-01-01"},
        {"release_at": {"before": "soon"}},
        {"release_at": {"before": 7}},
    ],
)
def test_conditions_that_say_nothing(when: dict[str, Any]) -> None:
    with pytest.raises(BadCondition):
        compile_condition(when, WORDS)

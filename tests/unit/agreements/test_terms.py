"""Custody terms travel with every answer, and their clock ends on the right day."""

from datetime import date
from typing import Any

import pytest

from smartborder import agreements
from smartborder.model.exchange import CustodyTerms

CROSSING: dict[str, Any] = {
    "from": "USA",
    "to": "CAN",
    "channel": "push",
    "stage": "response",
    "purpose": "border-crossing-record",
    "on": "2026-11-24",
    "fields": ["surname"],
}


def terms(agreement: str, **change: Any) -> CustodyTerms:
    request = agreements.decode_request({**CROSSING, **change})
    return agreements.custody_terms(agreements.load(agreement), request)


def test_s9_canada_keeps_an_exit_record_fifteen_years() -> None:
    received = terms("entry-exit")
    assert received.duties == ("send-as-soon-as-available", "correct-and-confirm", "retain-at-most")
    assert received.retain_years == 15
    assert agreements.delete_by(received, date(2026, 11, 24)) == date(2041, 11, 24)


def test_the_other_way_only_the_law_of_the_united_states_sets_a_limit() -> None:
    sent = terms("entry-exit", **{"from": "CAN", "to": "USA"})
    assert sent.duties[-1] == "retain-by-own-law"
    assert agreements.delete_by(sent, date(2026, 11, 24)) is None


@pytest.mark.parametrize(
    ("received", "days", "years", "due"),
    [
        (date(2028, 2, 29), None, 15, date(2043, 2, 28)),
        (date(2028, 2, 29), None, 4, date(2032, 2, 29)),
        (date(2026, 3, 1), 1825, None, date(2031, 2, 28)),
        (date(2026, 3, 1), 10, 1, date(2026, 3, 11)),
        (date(2026, 3, 1), 0, None, date(2026, 3, 1)),
        (date(2026, 3, 1), None, None, None),
    ],
)
def test_the_last_day(received: date, days: int | None, years: int | None, due: date) -> None:
    held = CustodyTerms(retain_days=days, retain_years=years)
    assert agreements.delete_by(held, received) == due


def test_terms_follow_from_the_question_not_from_the_answer() -> None:
    question = {
        "from": "CAN",
        "to": "USA",
        "channel": "query",
        "purpose": "benefit-application",
        "match": True,
    }
    subjects: list[dict[str, Any]] = [
        {},
        {"citizenships": ["USA"]},
        {"citizenships": ["MEX"], "refugee_claimant_in": [], "previous_finding": ["inadmissible"]},
    ]
    seen = {terms("us-visa-sharing", **question, subject=subject) for subject in subjects}
    assert len(seen) == 1
    (only,) = seen
    assert only.stops_on_use
    assert only.duties == (
        "state-quality", "destroy-if-not-used", "notify-and-correct", "correct-and-confirm",
        "note-to-file",
    )  # fmt: skip
    asked = terms("us-visa-sharing", **question, stage="query")
    assert "state-quality" not in asked.duties


def test_a_withdrawal_is_not_kept_like_a_look_out() -> None:
    lookout = terms("shared-lookouts", purpose="border-lookout")
    withdrawal = terms("shared-lookouts", purpose="lookout-withdrawal")
    assert "report-encounter" in lookout.duties
    assert withdrawal.duties == ("destroy-on-withdrawal",)

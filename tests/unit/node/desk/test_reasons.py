"""A decision has a reason: a preset, or ten characters of one's own."""

import pytest

from smartborder.node.desk.errors import ReasonNeeded
from smartborder.node.desk.reasons import JUDGEMENTS, REFERRALS, REPLIES, reasons_from


def test_a_preset_is_a_reason_and_own_words_are_a_second_one():
    alone = reasons_from(JUDGEMENTS, "different", "document", "  ")
    assert [r.code for r in alone] == ["desk.different.document"]
    both = reasons_from(JUDGEMENTS, "different", "document", "seen it")
    assert [r.code for r in both] == ["desk.different.document", "desk.words"]


def test_other_needs_ten_characters():
    with pytest.raises(ReasonNeeded):
        reasons_from(JUDGEMENTS, "same", "other", "too short")
    (own,) = reasons_from(JUDGEMENTS, "same", "other", "just enough")
    assert own.detail.en == own.detail.fr == "just enough"


@pytest.mark.parametrize(("outcome", "preset"), [("different", ""), ("", "document"), ("x", "y")])
def test_what_was_not_offered_is_no_reason(outcome, preset):
    with pytest.raises(ReasonNeeded):
        reasons_from(JUDGEMENTS, outcome, preset, "some words of explanation")


def test_an_adverse_reply_cites_its_section():
    (reason,) = reasons_from(REPLIES, "not-ok", "prescribed-person", "")
    assert reason.citation == "IRPR 258.1"


@pytest.mark.parametrize("said", [t for p in (*JUDGEMENTS.values(), *REPLIES.values(), REFERRALS)
                                  for t in p.values()])  # fmt: skip
def test_every_preset_is_said_in_both_languages(said):
    assert said.en and said.fr and said.en != said.fr

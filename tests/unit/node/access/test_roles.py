import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartborder.node.access.roles import Act, Circumstances, Role, clash, may, refusal
from smartborder.node.access.table import TABLE
from smartborder.node.access.vocabulary import APART, MACHINE_ROLES, ROLE_NAMES, Condition


def test_every_act_is_in_the_table_and_somebody_may_do_it() -> None:
    assert set(TABLE) == set(Act)
    assert all(entry.holders for entry in TABLE.values())
    assert set(ROLE_NAMES) == set(Role)
    assert {role for entry in TABLE.values() for role in entry.holders} == set(Role)


@given(st.sampled_from(Act), st.sampled_from(Role))
def test_what_is_not_written_is_refused(act: Act, role: Role) -> None:
    if role not in TABLE[act].holders:
        anything = Circumstances(user="u", assigned_to="u", first_by="v", owner="u")
        assert not may([role], act, anything)


@given(st.sampled_from(Act), st.sets(st.sampled_from(Role)), st.sampled_from(Role))
def test_another_role_never_takes_something_away(act: Act, roles: set[Role], more: Role) -> None:
    here = Circumstances(user="u", assigned_to="u", first_by="v", owner="w")
    if may(roles, act, here):
        assert may(roles | {more}, act, here)


@pytest.mark.parametrize(
    ("assigned_to", "allowed"), [("user-a", True), ("user-b", False), (None, False)]
)
def test_a_hit_is_decided_by_whoever_holds_the_case(assigned_to: str | None, allowed: bool) -> None:
    here = Circumstances(user="user-a", assigned_to=assigned_to)
    assert may([Role.OFFICER], Act.HIT_DECIDE, here) is allowed


@pytest.mark.parametrize(
    ("first_by", "allowed"), [("user-b", True), ("user-a", False), (None, False)]
)
def test_the_second_decision_comes_from_another_person(first_by: str | None, allowed: bool) -> None:
    here = Circumstances(user="user-a", first_by=first_by)
    assert may([Role.OFFICER, Role.SUPERVISOR], Act.DECISION_SECOND, here) is allowed


def test_a_condition_without_circumstances_is_not_met() -> None:
    reason = refusal([Role.OFFICER], Act.HIT_DECIDE)
    assert reason is not None
    assert reason.code == "access.assigned"


def test_the_refusal_names_who_may() -> None:
    reason = refusal([Role.AUDITOR], Act.QUEUE_SEE)
    assert reason is not None
    assert reason.code == "access.role"
    assert reason.detail.en == (
        "'See the queue' is for: Carrier desk, Officer, Secondary examination, Supervisor."
    )
    assert reason.detail.fr.startswith("« Voir la file » est réservé : Bureau des transporteurs")


def test_whoever_administers_or_watches_sees_no_traveller_and_decides_nothing() -> None:
    personal = {
        Act.QUEUE_SEE, Act.CASE_SEE, Act.FLIGHT_SEE, Act.TRAVELLER_SEE, Act.MESSAGE_SEE,
        Act.ARRIVAL_SEE, Act.SECONDARY_SEE, Act.LOOKOUT_SEE, Act.HIT_DECIDE, Act.REPLY_DECIDE,
        Act.DECISION_SECOND, Act.LOOKOUT_WRITE,
    }  # fmt: skip
    for act in personal:
        assert Role.ADMINISTRATOR not in TABLE[act].holders
        assert Role.AUDITOR not in TABLE[act].holders


def test_an_adverse_act_is_never_unconditional() -> None:
    for act in (Act.HIT_DECIDE, Act.REPLY_DECIDE, Act.DECISION_SECOND, Act.PARTNER_REQUEST):
        assert Condition.ALWAYS not in TABLE[act].holders.values()


@pytest.mark.parametrize("other", sorted(set(Role) - {Role.AUDITOR} - MACHINE_ROLES))
def test_an_auditor_holds_no_other_role(other: Role) -> None:
    assert clash([Role.AUDITOR, other]) == {Role.AUDITOR, other}


def test_working_roles_may_be_held_together() -> None:
    assert clash([Role.OFFICER, Role.SECONDARY, Role.CARRIER_DESK]) is None
    assert len(APART) == 18

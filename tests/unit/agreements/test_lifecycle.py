"""An agreement is in force when every party signed one text, and ends when any party says so."""

from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from smartborder.agreements.lifecycle import (
    ActRefused,
    Standing,
    apply,
    as_shipped,
    may_send,
    standing,
)
from smartborder.model.agreement import AgreementAct
from smartborder.model.exchange import EnvelopeKind

PARTIES = frozenset({"CAN", "USA"})
OFFICIALS = {"CAN": frozenset({"deputy"}), "USA": frozenset({"secretary"})}
KINDS: tuple[EnvelopeKind, ...] = get_args(EnvelopeKind)


def act(what: Any, party: str = "CAN", version: int = 1, digest: str = "d1", **change: Any) -> Any:
    official = "deputy" if party == "CAN" else "secretary"
    sound = {"official": official, "at": datetime(2026, 11, 24, tzinfo=UTC), **change}
    return AgreementAct(
        act=what, agreement="sample", version=version, digest=digest, party=party, **sound
    )


SIGNED = [act("propose"), act("counter-sign", "USA")]


def after(*acts: AgreementAct) -> Standing:
    return standing(acts, PARTIES, OFFICIALS)


def test_nothing_goes_before_both_have_signed() -> None:
    assert not any(may_send(after(), kind) for kind in KINDS)
    proposed = after(act("propose"))
    assert proposed.state == "not-signed"
    assert proposed.signed == {"CAN"}
    assert not any(may_send(proposed, kind) for kind in KINDS)
    signed = after(*SIGNED)
    assert (signed.state, signed.version, signed.digest) == ("in-force", 1, "d1")
    assert all(may_send(signed, kind) for kind in KINDS)


@pytest.mark.parametrize(
    "wrong",
    [
        [act("propose", official="clerk")],
        [act("propose", party="MEX", official="deputy")],
        [act("propose"), act("counter-sign")],
        [act("propose"), act("counter-sign", "USA", digest="d2")],
        [act("propose"), act("counter-sign", "USA", version=2)],
        [act("counter-sign", "USA")],
        [act("suspend")],
        [*SIGNED, act("propose")],
        [*SIGNED, act("suspend", digest="d2")],
        [*SIGNED, act("resume")],
        [*SIGNED, act("suspend"), act("resume", "USA")],
        [*SIGNED, act("terminate"), act("resume")],
        [*SIGNED, act("terminate"), act("terminate", "USA")],
    ],
)
def test_acts_that_do_not_count(wrong: list[AgreementAct]) -> None:
    with pytest.raises(ActRefused):
        after(*wrong)


def test_either_side_suspends_and_both_must_resume() -> None:
    both = [*SIGNED, act("suspend"), act("suspend", "USA")]
    assert after(*both, act("resume")).state == "suspended"
    assert after(*both, act("resume"), act("resume", "USA")).state == "in-force"


@pytest.mark.parametrize("end", ["suspend", "terminate"])
def test_what_was_exchanged_is_still_looked_after(end: str) -> None:
    ended = after(*SIGNED, act(end, "USA"))
    allowed = {kind for kind in KINDS if may_send(ended, kind)}
    assert allowed == {"correction", "withdrawal", "destruction", "notice"}


def test_a_new_version_supersedes_only_when_both_have_signed_it() -> None:
    second = [*SIGNED, act("propose", "USA", 2, "d2")]
    assert after(*second).version == 1
    assert after(*second, act("counter-sign", "CAN", 2, "d2")).version == 2
    again = [*SIGNED, act("terminate"), act("propose", "CAN", 2, "d2")]
    assert after(*again).state == "terminated"
    assert after(*again, act("counter-sign", "USA", 2, "d2")).state == "in-force"


def test_as_shipped_stands_until_the_same_version_or_a_higher_one_is_signed() -> None:
    shipped = as_shipped(2, "d2")
    assert all(may_send(shipped, kind) for kind in KINDS)
    now = shipped
    for step in (act("propose", version=2, digest="d2"),
                 act("counter-sign", "USA", version=2, digest="d2")):  # fmt: skip
        now = apply(now, step, PARTIES, OFFICIALS)
        assert now.state == "in-force"  # a proposal stops nothing
    assert (now.unsigned, now.version) == (False, 2)
    with pytest.raises(ActRefused):
        apply(shipped, act("propose", version=1), PARTIES, OFFICIALS)


def test_two_proposals_of_one_text_are_two_signatures() -> None:
    assert after(act("propose"), act("propose", "USA")).state == "in-force"
    with pytest.raises(ActRefused):
        after(act("propose"), act("propose"))

"""A few seeded rounds of every class of fault; ``./check --nightly`` plays two hundred of each."""

import pytest

from smartborder.node import failpoints
from smartborder.world.laboratory.checker import check
from tests.faults.classes import CLASSES
from tests.faults.nightly import play
from tests.support.pair import joined

pytestmark = pytest.mark.node
ROUNDS = {"process killed": 3, "database killed": 1, "day-old backup": 1}


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        pair.settle()
        yield pair


@pytest.mark.parametrize("name", CLASSES)
def test_nothing_is_lost_doubled_or_mixed_up(pair, name):
    for seed in range(ROUNDS.get(name, 2)):
        play(pair, name, seed)


def test_the_checker_sees_what_is_wrong(pair):
    """It is worth as much as the faults it finds: each kind is planted and named."""
    made = play(pair, "cable cut", 99)
    with pair.ca.act() as s:
        s.run("UPDATE lookouts.lookout SET current = false WHERE id = :i", i=made[0])
        s.run("UPDATE exchange.inbox SET sequence = 100 - sequence WHERE record = :i", i=made[1])
    with pair.us.act() as s:
        s.run("UPDATE exchange.outbox SET state = 'waiting' WHERE record = :i", i=made[2])
    found = check(pair.us.home, pair.ca.home, made)
    assert made[0] in found.lost
    assert found.unsettled
    assert not found.holds


def test_failpoints_are_off_unless_a_laboratory_arms_them_and_never_in_production(pair):
    for step in failpoints.STEPS:
        failpoints.reach(step)  # nothing happens
    production = pair.us.home.changed(mode="production")
    with pytest.raises(failpoints.NotInProduction):
        failpoints.arm(production, failpoints.STEPS[0])

"""The state of a point follows from what passes, never from a word."""

import pytest

from smartborder.kernel.text import Text
from smartborder.programmes.points import Point, points


def point(*scenarios):
    return Point(n=1, title=Text("a", "b"), scenarios=scenarios)


LAW = [f"tests/scenarios/test_law_pages.py::test_{n}" for n in range(9)]
ACT = [f"tests/scenarios/test_intake.py::test_{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("scenarios", "state"),
    [((), "not-yet"), (ACT[:4], "begun"), (ACT, "works"), (LAW, "begun"), (LAW + ACT[:1], "works")],
)
def test_states(scenarios, state):
    assert point(*scenarios).state == state


def test_there_are_thirty_in_order_and_in_both_languages():
    assert [p.n for p in points()] == list(range(1, 31))
    assert all(p.title.en and p.title.fr for p in points())

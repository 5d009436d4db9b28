"""The thirty points: which of them work, computed from the scenarios that passed.

Every scenario of the test suite names the points it proves; the last full check wrote how many
passed for each into ``points_state.json``. A point without a passing scenario does not work,
whatever anybody says.
"""

from functools import cache
from typing import Literal

import msgspec

from smartborder.kernel.resources import read_bytes, read_yaml
from smartborder.kernel.text import Text

State = Literal["works", "begun", "not-yet"]
WHOLE = 5
"""Scenarios that must pass before a point counts as working; fewer means that it has begun."""
_LAW_ALONE = "test_law"
_PACKAGE = "smartborder.programmes.data"


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One point of the plan and its scenarios (node ids of the test suite)."""

    n: int
    title: Text
    scenarios: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """What the passing scenarios say of it; rules alone, without the act, are a beginning."""
        acted = [name for name in self.scenarios if _LAW_ALONE not in name]
        if len(self.scenarios) >= WHOLE and acted:
            return "works"
        return "begun" if self.scenarios else "not-yet"


class _Passing(msgspec.Struct, frozen=True):
    passing: dict[int, tuple[str, ...]] = {}


@cache
def points() -> tuple[Point, ...]:
    """All thirty, in order."""
    passed = msgspec.json.decode(read_bytes(_PACKAGE, "points_state.json"), type=_Passing).passing
    rows = msgspec.convert(read_yaml(_PACKAGE, "points.yaml"), tuple[Point, ...])
    return tuple(msgspec.structs.replace(p, scenarios=passed.get(p.n, ())) for p in rows)

"""A share is shown with what it rests on."""

import pytest

from smartborder.node.desk.figures import Share


def test_nothing_to_count_has_no_share_and_no_interval():
    assert Share(count=0, of=0).value is None
    assert Share(count=0, of=0).interval is None


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (1, 1, 0.2065, 1.0)],
)
def test_the_interval_is_wilsons(count, of, low, high):
    assert Share(count=count, of=of).interval == pytest.approx((low, high), abs=5e-5)

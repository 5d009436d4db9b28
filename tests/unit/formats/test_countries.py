"""Countries as messages and documents name them."""

import pytest

from smartborder.model.iso3166 import ALPHA2_TO_ALPHA3, ASSIGNED, DOC_9303, WITHDRAWN, understand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAN", ("CAN", "as-is")),
        (" can ", ("CAN", "as-is")),
        ("CA", ("CAN", "from-alpha-2")),
        ("D", ("DEU", "from-mrz")),
        ("D<<", ("DEU", "from-mrz")),
        ("XXA", ("XXA", "as-is")),
        ("XXB", ("XXB", "as-is")),
        ("XXC", ("XXC", "as-is")),
        ("XXX", ("XXX", "as-is")),
        ("UNO", ("UNO", "as-is")),
        ("GBN", ("GBN", "as-is")),
        ("RKS", ("RKS", "as-is")),
        ("YUG", ("YUG", "withdrawn")),
        ("QQQ", None),
        ("ZZ", None),
        ("UK", None),
        ("", None),
    ],
)
def test_what_is_understood(text: str, expected: tuple[str, str] | None) -> None:
    assert understand(text) == expected


def test_the_table_is_iso_3166_1_in_force() -> None:
    assert len(ALPHA2_TO_ALPHA3) == 249
    assert len(set(ALPHA2_TO_ALPHA3.values())) == 249
    assert not (DOC_9303 & set(ALPHA2_TO_ALPHA3.values()))
    assert not (WITHDRAWN & ASSIGNED)

"""Countries, dates and text as lists write them."""

import pytest

from smartborder.formats.lists import alpha3
from smartborder.formats.lists.dates import listed_date, partial
from smartborder.formats.lists.source import text_lines
from smartborder.model.dates import PartialDate
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedDate


@pytest.mark.parametrize(
    "text, code",
    [
        ("Canada", "CAN"), ("ca", "CAN"), ("CAN", "CAN"), ("États-Unis", "USA"),
        ("Belarus / Bélarus", "BLR"), ("Iran (Islamic Republic of)", "IRN"),
        ("Korea, North", "PRK"), ("Virgin Islands, British", "VGB"), ("Burma", "MMR"),
        ("possibly Palestinian", "PSE"), ("XXA", "XXA"), ("UNO", "UNO"),
        ("former Soviet Union", "RUS"),
        ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_countries(text: str, code: str | None) -> None:
    assert alpha3(text) == code


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1957-03-10", PartialDate(1957, 3, 10)),
        ("1957-3-9", PartialDate(1957, 3, 9)),
        ("30 Jul 1957", PartialDate(1957, 7, 30)),
        ("Jul 1957", PartialDate(1957, 7)),
        ("1957", PartialDate(1957)),
        ("30/07/1957", PartialDate(1957, 7, 30)),
        ("dd/mm/1957", PartialDate(1957)),
        ("00/00/1957", PartialDate(1957)),
        ("15 août 1957", PartialDate(1957, 8, 15)),
        ("July 30, 1957", PartialDate(1957, 7, 30)),
        ("21036", PartialDate(1957, 8, 4)),
        ("30 Feb 1957", PartialDate(1957, 2)),
        ("1957-13-01", PartialDate(1957)),
        ("12", None),
        ("yesterday", None),
        ("99999", None),
    ],
)
def test_single_dates(text: str, expected: PartialDate | None) -> None:
    assert partial(text) == expected


def test_month_first_only_where_asked() -> None:
    assert partial("07/30/1957", month_first=True) == PartialDate(1957, 7, 30)
    assert partial("07/30/1957") == PartialDate(1957)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("circa 1957", ListedDate(date=PartialDate(1957), precision="approximate")),
        ("Approximately 1957", ListedDate(date=PartialDate(1957), precision="approximate")),
        (
            "1955 to 1958",
            ListedDate(date=PartialDate(1955), precision="between", until=PartialDate(1958)),
        ),
        (
            "Between 1955 and 1958",
            ListedDate(date=PartialDate(1955), precision="between", until=PartialDate(1958)),
        ),
        (
            "1955-1958",
            ListedDate(date=PartialDate(1955), precision="between", until=PartialDate(1958)),
        ),
        ("unknown", None),
    ],
)
def test_precision(text: str, expected: ListedDate | None) -> None:
    assert listed_date(text) == expected


@pytest.mark.parametrize(
    "data, lines, codes",
    [
        (b"a\nb\n", ["a\n", "b\n"], []),
        (b"\xef\xbb\xbfa\nb", ["a\n", "b"], []),
        ("a\nb".encode("utf-16"), ["a\n", "b"], []),
        (b"caf\xe9\nna\xefve\n", ["café\n", "naïve\n"], ["list.encoding"]),
        (b"\n\n\nx\n", ["\n", "\n", "\n", "x\n"], []),
        (b"a\x00b\n", ["ab\n"], []),
        (b"", [], []),
    ],
)
def test_lines_of_any_encoding(data: bytes, lines: list[str], codes: list[str]) -> None:
    findings: list[Finding] = []
    assert list(text_lines(data, findings)) == lines
    assert [f.code for f in findings] == codes

from datetime import UTC, date, datetime, timedelta

import pytest

from smartborder.kernel.text import Text
from smartborder.web.filters import clock, dated, for_language, lasting, when

AT = datetime(2026, 11, 24, 3, 2, 53, tzinfo=UTC)


def test_an_instant_is_shown_at_its_place_and_in_utc() -> None:
    assert when(AT, "America/Toronto") == (
        '<time class="sb-time" datetime="2026-11-24T03:02:53Z"><span class="sb-day">2026-11-23'
        "</span> 22:02 EST"
        ' <span class="sb-time__utc">(03:02 UTC)</span></time>'
    )


def test_utc_is_not_said_twice() -> None:
    assert when(AT) == (
        '<time class="sb-time" datetime="2026-11-24T03:02:53Z"><span class="sb-day">2026-11-24'
        "</span> 03:02 UTC</time>"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [(date(1980, 5, 14), '<span class="sb-day">1980-05-14</span>'),
     ("1980-05", '<span class="sb-day">1980-05</span>'),
     ("born 1980-05-14 & listed", 'born <span class="sb-day">1980-05-14</span> &amp; listed'),
     ("9-1980-05-14-7", "9-1980-05-14-7"), ("<b>", "&lt;b&gt;"), (None, "–"), ("", "–")],
)  # fmt: skip
def test_a_date_stays_on_one_line_and_the_text_around_it_stays_text(
    value: date | str | None, shown: str
) -> None:
    assert dated(value) == shown


def test_what_is_not_known_is_a_dash() -> None:
    assert (when(None), clock(None), lasting(None)) == ("–", "–", "–")
    assert for_language("en")["number"](None) == "–"
    assert for_language("fr")["percent"](None) == "–"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (4, "4 min"), (59, "59 min"), (60, "1 h 00 min"), (65, "1 h 05 min"),
     (24 * 60 - 1, "23 h 59 min"), (24 * 60, "1 d 00 h"), (-90, "−1 h 30 min")],
)  # fmt: skip
def test_spans(minutes: int, text: str) -> None:
    assert lasting(timedelta(minutes=minutes)) == text
    assert for_language("fr")["lasting"](timedelta(minutes=minutes)) == text.replace("d", "j")


@pytest.mark.parametrize(
    ("language", "number", "share"),
    [("en", "1,234,567.50", "12.5%"), ("fr", "1\u00a0234\u00a0567,50", "12,5\u202f%")],
)
def test_numbers_as_each_language_writes_them(language: str, number: str, share: str) -> None:
    filters = for_language("fr" if language == "fr" else "en")
    assert filters["number"](1234567.5, 2) == number
    assert filters["percent"](0.125, 1) == share


def test_text_from_structs_json_and_plain() -> None:
    said = for_language("fr")["said"]
    assert said(Text("Queue", "File")) == "File"
    assert said({"en": "Queue", "fr": "File"}) == "File"
    assert said("YUL") == "YUL"
    assert said(None) == ""

"""The raw segments of one traveller: each at its place, marked where something was noticed."""

import pytest

from smartborder.formats.edifact import decode, raw_segments, read_messages
from smartborder.node.desk.timeline import lines

BODY = (
    "UNA:+.? 'UNB+UNOA:4+XX+YY+260601:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
    "NAD+FL+++O?'BRIEN:TOM'DTM+329:900230'DOC+P+12AB34567'\r\n"
    "NAD+FL+++ROY:ANNA'DTM+329:900203'DOC+P'UNT+9+1'UNZ+1+1'"
)


def pages(text):
    """Each traveller's lines as (segment, marked texts, codes noticed there)."""
    (message,) = read_messages(text.encode(), travel_year=2026)
    found = []
    for place, person in enumerate(message.travellers):
        own = [f for f in message.findings if f.traveller == place]
        segments = raw_segments(decode(text.encode()), *person.raw)
        found.append(
            [
                (line.segment, [p.text for p in line.pieces if p.mark],
                 sorted(f.code for f in line.findings))
                for line in lines(segments, person, ["ROY"], own)
            ]
        )  # fmt: skip
    return found


@pytest.mark.parametrize("marks", [":+.? '", ":*.? $"])
def test_a_finding_stands_at_the_segment_it_is_about_whatever_separates_them(marks):
    text = BODY.replace("?'", "\0").replace("'", marks[5]).replace("+", marks[1])
    text = text.replace("\0", "?" + marks[5]).replace("UNA:" + marks[1] + ".? $", "UNA:*.? $")
    tom, anna = pages(text)
    assert tom == [
        ("NAD#3", [], ["edifact.no-locator"]),
        ("DTM#4", [], ["edifact.impossible-date"]),
        ("DOC#5", [], []),
    ]
    assert anna == [
        ("NAD#6", ["ROY"], ["edifact.no-locator"]),
        ("DTM#7", [], []),
        ("DOC#8", [], ["edifact.incomplete-document"]),
    ]


def test_the_segments_of_a_traveller_stay_as_they_were_sent():
    (message,) = read_messages(BODY.encode(), travel_year=2026)
    assert raw_segments(BODY, *message.travellers[0].raw) == (
        "NAD+FL+++O?'BRIEN:TOM'", "DTM+329:900230'", "DOC+P+12AB34567'",
    )  # fmt: skip

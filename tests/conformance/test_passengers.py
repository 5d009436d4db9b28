"""Third-party passenger messages: read every one, and reproduce what is known of them.

The material is not part of this repository; SMARTBORDER_CORPUS names its folder.
"""

import os
import re
from pathlib import Path

import pytest

from smartborder.formats.edifact import decode, read_messages
from smartborder.model.passenger_list import PassengerList, UnknownMessage

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("SMARTBORDER_CORPUS", ROOT / "../shared/corpus")) / "passengers"
FILES = sorted(p for p in CORPUS.glob("*/*") if p.is_file())

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not FILES, reason="SMARTBORDER_CORPUS has no passenger messages"),
]


def lists(name: str) -> tuple[PassengerList, str]:
    data = (CORPUS / "paxlst" / name).read_bytes()
    (message,) = read_messages(data, travel_year=2026)
    assert isinstance(message, PassengerList)
    return message, decode(data)


def places(message: PassengerList) -> set[tuple[str, str | None]]:
    return {(f.code, f.segment) for f in message.findings}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_file_gives_records_or_coded_findings(path: Path) -> None:
    data = path.read_bytes()
    messages = read_messages(data, travel_year=2026)
    headers = len(re.findall(r"(?<![A-Z])UNH[^A-Za-z0-9 ]", decode(data)))
    assert len(messages) == max(headers, 1)
    for message in messages:
        if isinstance(message, UnknownMessage):
            assert message.format == "PNRGOV"
            assert message.version is not None
            assert "edifact.not-yet-read" in [f.code for f in message.findings]
        else:
            assert isinstance(message, PassengerList)
            assert message.travellers


def test_two_flights_two_travellers_and_four_references() -> None:
    message, text = lists("apisMessage.txt")
    assert [
        (leg.carrier, leg.number, leg.origin, leg.destination) for leg in message.itinerary
    ] == [
        ("AA", "123", "ATL", "ORD"),
        ("AA", "124", "ORD", "JFK"),
    ]
    assert [leg.departs.isoformat() for leg in message.itinerary if leg.departs] == [
        "2007-02-19T15:40:00",
        "2007-02-19T18:40:00",
    ]
    first, second = message.travellers
    assert [qualifier for qualifier, _ in first.references] == ["AVF", "ABO", "AEA", "CR"]
    assert (first.birth_date, second.birth_date) == ("1972-09-07", "1973-04-07")
    assert (first.sex, second.sex) == ("M", "F")
    assert message.transaction
    assert message.findings == ()
    for person in message.travellers:
        start, end = person.raw or (0, 0)
        assert text[start:end].startswith("NAD+FL+++" + (person.surname or ""))


def test_eight_crew_and_a_total_with_the_wrong_separator() -> None:
    message, _ = lists("Test1.txt")
    assert (message.purpose, message.function) == ("crew-list", "C")
    assert [p.role for p in message.travellers] == ["crew"] * 8
    assert message.counts == (("41", 8),)
    assert {p.documents[0].expires for p in message.travellers} == {"2061-02-18"}
    assert {p.nationality for p in message.travellers} == {"GBR"}
    (leg,) = message.itinerary
    assert (leg.carrier, leg.number, leg.origin, leg.destination) == ("UA", "989", "FRA", "IAD")
    assert {
        ("edifact.wrong-separator", "CNT#106"),
        ("edifact.count-mismatch", "UNT#107"),
    } <= places(message)


def test_the_last_part_of_a_longer_list() -> None:
    message, _ = lists("airline2.edi")
    assert (message.part, message.common_reference) == ((10, True), "AA346")
    assert len(message.travellers) == 10
    assert message.counts == (("42", 136),)
    assert len({p.locator for p in message.travellers}) == 1
    assert len({p.documents[0].number for p in message.travellers}) == 10
    assert {p.birth_date for p in message.travellers} == {"1954-10-16"}
    assert {
        ("edifact.tag-blank", "UNG"),
        ("edifact.count-mismatch", "CNT#110"),
        ("edifact.count-mismatch", "UNT#111"),
        ("edifact.reference-mismatch", "UNT#111"),
    } <= places(message)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_cut_anywhere_no_file_makes_the_reader_fail(path: Path) -> None:
    data = path.read_bytes()
    for length in range(1, len(data), max(1, len(data) // 60)):
        assert data[:length].strip() == b"" or read_messages(data[:length], travel_year=2026)

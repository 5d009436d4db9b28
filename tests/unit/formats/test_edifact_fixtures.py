"""Each quirk of a real message, as a message of our own with the full record expected of it."""

import json
from pathlib import Path

import msgspec
import pytest

from smartborder.cli.read import as_record
from smartborder.formats.edifact import read_messages

FIXTURES = Path(__file__).parents[2] / "fixtures" / "edifact"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.edi"))


def records(name: str) -> list[dict[str, object]]:
    messages = read_messages((FIXTURES / f"{name}.edi").read_bytes(), travel_year=2026)
    return [
        msgspec.to_builtins(as_record(f"{name}.edi", n, message))
        for n, message in enumerate(messages)
    ]


def test_every_message_has_its_record_and_every_record_its_message() -> None:
    assert sorted(path.stem for path in FIXTURES.glob("*.json")) == NAMES
    assert len(NAMES) > 60


@pytest.mark.parametrize("name", NAMES)
def test_the_message_gives_exactly_this_record(name: str) -> None:
    expected = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    assert records(name) == expected


SAME = [
    "una-absent", "una-star-dollar", "una-brackets", "una-backslash", "una-curly",
    "una-curly-mixed", "una-short", "una-lies", "type-b-header", "blanks-and-bom",
    "quote-terminator", "no-final-terminator", "no-unz", "no-unt", "junk-after", "broken-lines",
    "lost-terminators", "counts-wrong",
]  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_damaged_envelope_changes_no_traveller_and_no_flight(name: str) -> None:
    (full,), (found,) = records("full"), records(name)
    assert found["travellers"] == full["travellers"]
    assert found["itinerary"] == full["itinerary"]
    assert (found["sender"], found["reference"]) == (full["sender"], full["reference"])


QUIET = ["full", "una-absent", "una-star-dollar", "una-brackets", "una-backslash",
         "blanks-and-bom", "ung", "crew-list", "two-groups", "progressive-two-tdt", "two-messages",
         "charset-latin-1", "charset-utf-8"]  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_what_the_specification_allows_gives_no_finding(name: str) -> None:
    assert [record["findings"] for record in records(name)] == [[] for _ in records(name)]


def test_three_ways_of_writing_a_progressive_flight_give_one_itinerary() -> None:
    one, two, stop = (
        records(f"progressive-{way}")[0]["itinerary"] for way in ("one-tdt", "two-tdt", "one-stop")
    )
    assert one == two == stop
    assert [(leg["number"], leg["from"], leg["to"]) for leg in one] == [
        ("250", "JFK", "ANC"),
        ("250", "ANC", "ICN"),
    ]


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    (record,) = records("full")
    assert list(record) == [
        "file", "index", "format", "version", "sender", "recipient", "reference", "purpose",
        "itinerary", "travellers", "findings",
    ]  # fmt: skip
    assert list(record["travellers"][0]) == [
        "role", "surname", "given_names", "sex", "birth_date", "nationality", "residence",
        "embarks", "disembarks", "documents", "locator", "seat", "bags",
    ]  # fmt: skip

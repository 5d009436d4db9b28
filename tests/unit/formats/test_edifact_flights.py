"""Flight numbers, dates and times of flights, and the legs that places and times make."""

from datetime import datetime

import pytest

from smartborder.formats.edifact import read_messages
from smartborder.formats.edifact.flight import read_designator
from smartborder.model.passenger_list import Leg, PassengerList


def legs(segments: str, year: int = 2026) -> tuple[tuple[Leg, ...], list[str]]:
    text = (
        "UNB+UNOA:4+XX+YY+260601:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
        f"{segments}'NAD+FL+++TESTER:TOM'RFF+AVF:QXGY12'CNT+42:1'"
    )
    text += f"UNT+{text.count(chr(39)) - text.count('?' + chr(39))}+1'UNZ+1+1'"
    (message,) = read_messages(text.encode(), travel_year=year)
    assert isinstance(message, PassengerList)
    assert [p.surname for p in message.travellers] == ["TESTER"]
    return message.itinerary, [f.code for f in message.findings]


def route(itinerary: tuple[Leg, ...]) -> list[tuple[str | None, str | None]]:
    return [(leg.origin, leg.destination) for leg in itinerary]


@pytest.mark.parametrize(
    ("text", "carrier", "expected"),
    [
        ("AA0123", "AA", ("AA", "123", True)),
        ("AA123", None, ("AA", "123", True)),
        ("0123", "AA", ("AA", "123", True)),
        ("KE0250A", "KE", ("KE", "250A", True)),
        ("9W0007", None, ("9W", "7", True)),
        ("S71234", None, ("S7", "1234", True)),
        ("BAW0012", None, ("BAW", "12", True)),
        ("BAW0012", "BAW", ("BAW", "12", True)),
        ("AA 123", "AA", ("AA", "123", True)),
        ("aa123", "aa", ("AA", "123", True)),
        ("UA988", "LH", ("UA", "988", True)),  # the number as reported, not its partner's
        ("0000", "AA", ("AA", "0", True)),
        ("123", None, (None, "123", False)),
        ("AA12345", "AA", ("AA", "AA12345", False)),
        ("", "AA", ("AA", None, False)),
        ("#?", None, (None, "#?", False)),
    ],
)
def test_flight_numbers(text: str, carrier: str | None, expected: tuple[str, str, bool]) -> None:
    assert read_designator(text, carrier) == expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2606011340:201", datetime(2026, 6, 1, 13, 40)),
        ("260601134059:202", datetime(2026, 6, 1, 13, 40)),
        ("202606011340:203", datetime(2026, 6, 1, 13, 40)),
        ("20260601134059:204", datetime(2026, 6, 1, 13, 40)),
        ("202606011340?+0200:205", datetime(2026, 6, 1, 13, 40)),
        ("260601:101", datetime(2026, 6, 1)),
        ("20260601:102", datetime(2026, 6, 1)),
        ("2606011340", datetime(2026, 6, 1, 13, 40)),
        ("9906011340:201", datetime(1999, 6, 1, 13, 40)),
        ("2606012400:201", None),
        ("2602301340:201", None),
        ("26060113:201", None),
        ("ABC:201", None),
        ("", None),
    ],
)
def test_departure_times(time: str, expected: datetime | None) -> None:
    (leg,), found = legs(f"TDT+20+XX412+++XX'LOC+125+CDG'DTM+189:{time}'LOC+87+YUL")
    assert leg.departs == expected
    assert bool(found) == (expected is None)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ("LOC+125+CDG'LOC+87+YUL", [("CDG", "YUL")]),
        ("LOC+125+CDG'LOC+92+KEF'LOC+87+YUL", [("CDG", "KEF"), ("KEF", "YUL")]),
        ("LOC+92+CDG'LOC+92+KEF'LOC+92+YUL", [("CDG", "KEF"), ("KEF", "YUL")]),
        ("LOC+125+CDG'LOC+87+YUL'LOC+130+YYZ", [("CDG", "YUL"), ("YUL", "YYZ")]),
        ("LOC+125+CDG'LOC+87+YUL'LOC+130+YUL", [("CDG", "YUL")]),
        ("LOC+125+CDG'LOC+87+YUL'LOC+92+YUL'LOC+92+YYZ", [("CDG", "YUL"), ("YUL", "YYZ")]),
        ("LOC+125+CDG", [("CDG", None)]),
        ("LOC+87+YUL", [(None, "YUL")]),
    ],
)
def test_places_without_times(segments: str, expected: list[tuple[str, str]]) -> None:
    itinerary, found = legs(f"TDT+20+XX412+++XX'{segments}")
    assert (route(itinerary), found) == (expected, [])


def test_a_flight_alone_is_one_leg_without_places() -> None:
    itinerary, found = legs("TDT+20+XX412+++XX")
    assert (itinerary, found) == ((Leg(carrier="XX", number="412"),), [])


def test_two_flights_keep_their_own_places_and_times() -> None:
    itinerary, found = legs(
        "TDT+20+XX412+++XX'LOC+125+CDG'DTM+189:2606011340:201'LOC+87+YUL'DTM+232:2606011530:201'"
        "TDT+20+XX8+++XX'LOC+92+YUL'DTM+189:2606011730:201'LOC+92+YYZ'DTM+232:2606011900:201"
    )
    assert [(leg.number, leg.origin, leg.destination) for leg in itinerary] == [
        ("412", "CDG", "YUL"),
        ("8", "YUL", "YYZ"),
    ]
    assert [leg.arrives for leg in itinerary] == [
        datetime(2026, 6, 1, 15, 30),
        datetime(2026, 6, 1, 19, 0),
    ]
    assert found == []


def test_an_overflight_is_marked() -> None:
    (leg,), _ = legs("TDT+34+XX412+++XX'LOC+125+CDG'LOC+87+YUL")
    assert leg.overflight


def test_a_lost_arrival_place_does_not_give_the_time_to_the_departure() -> None:
    (leg,), found = legs(
        "TDT+20+XX412+++XX'LOC+125+CDG'DTM+189:2606011340:201'DTM+232:2606011530:201"
    )
    assert (leg.origin, leg.destination) == ("CDG", None)
    assert leg.departs == datetime(2026, 6, 1, 13, 40)
    assert leg.arrives == datetime(2026, 6, 1, 15, 30)
    assert found == ["edifact.missing-segment"]


def test_places_before_any_flight_are_kept_with_a_finding() -> None:
    itinerary, found = legs("LOC+125+CDG'DTM+189:2606011340:201'LOC+87+YUL")
    assert (route(itinerary), found) == ([("CDG", "YUL")], ["edifact.missing-segment"])


def test_a_flight_time_far_ahead_does_not_make_old_people_young() -> None:
    text = (
        "UNB+UNOA:4+A+B+1+1'UNH+1+PAXLST:D:05B:UN'BGM+745'TDT+20+XX1'LOC+125+CDG'"
        "DTM+189:6006011340:201'NAD+FL+++TESTER:TOM'DTM+329:540310'"
    )
    (message,) = read_messages(text.encode(), travel_year=2026)
    assert isinstance(message, PassengerList)
    assert message.travellers[0].birth_date == "1954-03-10"

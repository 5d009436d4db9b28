"""A flight stays one flight through delays, diversions, returns, cancellations and code shares."""

from datetime import timedelta

import pytest

from smartborder.kernel.time import FixedTime
from smartborder.node.act.alarms import missing_close_outs
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst, person

pytestmark = [pytest.mark.node, pytest.mark.points(8)]


@pytest.fixture(scope="module")
def clock():
    return FixedTime(AT)


@pytest.fixture(scope="module")
def node(node, clock):
    opened = open_node(node.home, store=Store(node.home, time=clock))
    yield opened
    opened.close()


@pytest.fixture
def flight(node, airline, request):
    """A flight number of its own for each test, with one traveller reported on it."""
    number = str(1000 + sum(map(ord, request.node.name)) % 8000)
    receive(node, airline, paxlst(f"A{number}", number=number))

    def see(columns="*"):
        with node.store.act(SYSTEM, "test") as s:
            return s.rows(
                f"SELECT {columns} FROM act.flight WHERE number = :n ORDER BY created_at", n=number
            )

    def send(reference, **what):
        return receive(node, airline, paxlst(f"{reference}{number}", number=number, **what))

    def presence():
        with node.store.act(SYSTEM, "test") as s:
            rows = s.rows(
                "SELECT t.presence FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                " WHERE f.number = :n ORDER BY t.id",
                n=number,
            )
        return [r["presence"] for r in rows]

    see.send, see.presence, see.number = send, presence, number
    return see


def test_a_delay_past_midnight_is_an_estimate_not_another_flight(flight):
    flight.send("D", bgm="266+CF", departs="2611250040", arrives="2611250220", people="")
    (row,) = flight()
    assert row["departs_on"].isoformat() == "2026-11-24"
    assert row["scheduled_departure"].isoformat() == "2026-11-24T12:30:00+00:00"
    assert row["estimated_departure"].isoformat() == "2026-11-24T23:40:00+00:00"
    assert set(row["times"]) == {
        "scheduled_departure", "scheduled_arrival", "estimated_departure", "estimated_arrival",
    }  # fmt: skip


def test_a_diversion_keeps_the_people_on_their_flight(flight):
    flight.send("V", bgm="266+CF", to="YOW", people="")
    (row,) = flight()
    assert (row["destination"], row["diverted_to"]) == ("YUL", "YOW")
    assert flight.presence() == ["reported"]


def test_return_to_gate_opens_a_closed_flight_again(flight):
    flight.send("C", bgm="266+CLOB")
    assert flight("status")[0]["status"] == "closed"
    assert flight.presence() == ["boarded"]
    flight.send("R", bgm="266+CF", departs="2611241800", arrives="2611241940", people="")
    (row,) = flight()
    assert (row["status"], row["closed_at"]) == ("returned", None)
    assert flight.presence() == ["reported"]


def test_a_cancelled_flight_keeps_its_people_and_a_list_reopens_it(flight):
    flight.send("X", bgm="266+XF", people="")
    assert flight("status")[0]["status"] == "cancelled"
    assert flight.presence() == ["reported"]
    flight.send("Y")
    assert flight("status")[0]["status"] == "open"
    assert len(flight()) == 1


def test_a_suffix_splits_the_flight(flight, node, airline):
    receive(node, airline, paxlst(f"S{flight.number}", number=f"{flight.number}A"))
    first, second = flight()
    assert (second["suffix"], second["split_from"]) == ("A", first["id"])


def test_a_shared_number_is_the_operated_flight(node, flight):
    both = ReportingClient(id="client-af", carriers=frozenset({"AF", "DL"}))
    receive(node, both, paxlst(f"K{flight.number}", number=flight.number, share="DL8421"))
    receive(node, both, paxlst(f"L{flight.number}", carrier="DL", number="8421"))
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.flight WHERE carrier = 'DL'") == 0
    assert flight.presence() == ["reported"]


def test_after_close_out_nobody_is_unexplained(flight, node, airline):
    flight.send("P", people=person() + person("TR2", "ROY", "NATHAN", document="12AB34599"))
    flight.send("Q", bgm="266+CLOB", people=person() + person("TR3", "VASSEUR", "HUGO"))
    assert sorted(flight.presence()) == ["boarded", "boarded-without-ok", "no-show"]
    with node.store.act(SYSTEM, "test") as s:
        case = s.one(
            "SELECT c.kind, c.reasons FROM act.case_file c JOIN act.flight f ON f.id = c.flight"
            " WHERE f.number = :n AND c.kind = 'close-out'",
            n=flight.number,
        )
    assert case["reasons"][0]["code"] == "close-out.boarded-without-ok"


def test_a_close_out_that_does_not_come_alarms_thirty_minutes_after_departure(flight, node, clock):
    at = clock.now()
    clock.move(flight()[0]["scheduled_departure"] + timedelta(minutes=29) - at)
    missing_close_outs(node)
    assert flight()[0]["alarmed_at"] is None
    clock.move(timedelta(minutes=1))
    missing_close_outs(node)
    assert flight()[0]["alarmed_at"] == clock.now()
    clock.move(at - clock.now())


def test_a_shared_number_reported_first_is_joined_to_the_operated_flight(node, flight):
    both = ReportingClient(id="client-af", carriers=frozenset({"AF", "DL"}))
    early = person("TRD1", "ROY", "NATHAN", document="12AB34599")
    receive(node, both, paxlst(f"M{flight.number}", carrier="DL", number="8633", people=early))
    receive(node, both, paxlst(f"N{flight.number}", number=flight.number, share="DL8633"))
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.flight WHERE number = '8633'") == 0
    assert flight.presence() == ["reported", "reported"]


def test_nobody_redirects_the_number_of_another_carrier(node, flight):
    only_af = ReportingClient(id="client-af", carriers=frozenset({"AF"}))
    done = receive(node, only_af, paxlst(f"O{flight.number}", number=flight.number, share="LH9"))
    assert done.state == "answered"
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.code_share WHERE carrier = 'LH'") == 0

"""A flight stays one flight through delays, diversions, returns, cancellations and code shares."""

from datetime import UTC, datetime, timedelta

import pytest

from smartborder.kernel.time import FixedTime
from smartborder.node.act.alarms import missing_close_outs
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst, person
from tests.scenarios.test_intake import codes

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
                f"SELECT {columns} FROM act.flight WHERE number = :n"
                " ORDER BY created_at, departs_on",
                n=number,
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
    see.take = lambda message: receive(node, airline, message)
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


def test_somebody_reported_after_the_close_out_is_named_and_alarms_until_it_comes_again(
    flight, node, clock
):
    flight.send("C", bgm="266+CLOB")
    late = person("TRLATE", "LATE", "LEO")
    told = flight.send("L", people=late)
    assert [(f.code, f.traveller) for f in told.findings] == [("flight.already-closed", 0)]
    assert flight.presence() == ["boarded", "reported"]
    at = clock.now()
    clock.move(flight()[0]["scheduled_departure"] + timedelta(minutes=30) - at)
    missing_close_outs(node)
    alarmed = flight()[0]["alarmed_at"]
    assert alarmed == clock.now()
    clock.move(timedelta(minutes=1))
    missing_close_outs(node)
    assert flight()[0]["alarmed_at"] == alarmed  # once
    flight.send("D", bgm="266+CLOB")
    assert flight.presence() == ["boarded", "no-show"]
    clock.move(at - clock.now())


def test_without_a_departure_it_alarms_thirty_minutes_after_arrival_and_never_if_cancelled(
    flight, node, airline, clock
):
    number, at = str(int(flight.number) + 400), clock.now()
    receive(node, airline, paxlst(f"A{number}", number=number, departs=""))
    flight.send("X", bgm="266+XF", people="")

    def alarmed(of):
        with node.store.act(SYSTEM, "test") as s:
            return s.value("SELECT alarmed_at FROM act.flight WHERE number = :n", n=of)

    clock.move(datetime(2026, 11, 24, 20, 39, tzinfo=UTC) - at)
    missing_close_outs(node)
    assert alarmed(number) is None
    clock.move(timedelta(minutes=1))
    missing_close_outs(node)
    assert (alarmed(number), alarmed(flight.number)) == (clock.now(), None)
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


# --- which flight a message means ---------------------------------------------------------

SECOND = person("TR2", "ROY", "NATHAN", document="12AB34599", birth="790101", locator="DEF456")


@pytest.mark.parametrize("arrives", ["2611241510", "2611250010", ""])
def test_a_list_without_departure_means_the_flight_we_know(flight, arrives):
    done = flight.send("T", departs="", arrives=arrives, people=SECOND)
    assert "flight.no-departure-time" in [f.code for f in done.findings]
    (row,) = flight()
    assert row["departs_on"].isoformat() == "2026-11-24"
    assert flight.presence() == ["reported", "reported"]


@pytest.mark.parametrize("arrives", ["2611250110", ""])
def test_a_flight_dated_by_its_arrival_or_by_today_is_put_right_by_the_first_schedule(
    flight, node, airline, arrives
):
    number = str(int(flight.number) + 500)
    for reference, people in (("U", person()), ("V", SECOND)):
        receive(node, airline, paxlst(f"{reference}{number}", number=number, departs="",
                                      arrives=arrives, people=people))  # fmt: skip
    receive(node, airline, paxlst(f"W{number}", number=number, departs="2611242330",
                                  arrives="2611250110"))  # fmt: skip
    with node.store.act(SYSTEM, "test") as s:
        rows = s.rows("SELECT f.*, (SELECT count(*) FROM act.traveller t WHERE t.flight = f.id)"
                      " AS people FROM act.flight f WHERE number = :n", n=number)  # fmt: skip
    ((made,), day) = rows, rows[0]["departs_on"].isoformat()
    assert (day, made["people"]) == ("2026-11-24", 2)
    assert made["scheduled_departure"].isoformat() == "2026-11-24T22:30:00+00:00"
    assert made["times"]["scheduled_departure"].startswith("message:")


def test_of_two_flights_without_a_schedule_the_one_of_that_date_is_put_right(flight, node, airline):
    number = str(int(flight.number) + 600)
    for reference, day in (("E", "25"), ("F", "24")):
        receive(node, airline, paxlst(f"{reference}{number}", number=number, departs="",
                                      arrives=f"2611{day}1510"))  # fmt: skip
    receive(node, airline, paxlst(f"G{number}", number=number, departs="2611251330",
                                  arrives="2611251510"))  # fmt: skip
    with node.store.act(SYSTEM, "test") as s:
        rows = s.rows("SELECT departs_on::text AS day, scheduled_departure IS NULL AS open"
                      " FROM act.flight WHERE number = :n ORDER BY 1", n=number)  # fmt: skip
    assert [(r["day"], r["open"]) for r in rows] == [("2026-11-24", True), ("2026-11-25", False)]


def test_news_of_an_arrival_past_midnight_is_about_the_flight_under_way(flight):
    flight.send("A", bgm="266+CF", departs="", arrives="2611250110", people="")
    (row,) = flight()
    assert row["estimated_arrival"].isoformat() == "2026-11-25T06:10:00+00:00"
    assert row["estimated_departure"] is None


def test_news_of_the_next_days_flight_is_no_delay_of_todays(flight):
    flight.send("N", bgm="266+CF", departs="2611251345", arrives="2611251525", people="")
    today, tomorrow = flight("departs_on::text AS day, estimated_departure")
    assert (today["day"], today["estimated_departure"]) == ("2026-11-24", None)
    assert tomorrow["day"] == "2026-11-25"


def test_a_return_to_gate_past_midnight_is_the_flight_that_had_closed(flight):
    flight.send("C", bgm="266+CLOB")
    flight.send("R", bgm="266+CF", departs="2611250030", arrives="2611250210", people="")
    (row,) = flight()
    assert (row["status"], row["departs_on"].isoformat()) == ("returned", "2026-11-24")
    flight.send("D", bgm="266+CLOB", departs="2611241330")
    assert (flight("status")[0]["status"], flight.presence()) == ("closed", ["boarded"])


def test_a_flight_that_left_without_a_close_out_and_came_back_is_at_the_gate(flight):
    left = paxlst(f"L{flight.number}", number=flight.number, bgm="266", people="")
    flight.take(left.replace(b"LOC+87", b"DTM+186:2611241340:201'LOC+87"))
    assert flight("actual_departure")[0]["actual_departure"] is not None
    flight.send("R", bgm="266+CF", departs="2611241800", arrives="2611241940", people="")
    (row,) = flight()
    assert (row["status"], row["actual_departure"]) == ("returned", None)


def test_a_cancelled_flight_that_is_retimed_flies(flight):
    flight.send("X", bgm="266+XF", people="")
    flight.send("F", bgm="266+CF", departs="2611241600", arrives="2611241740", people="")
    assert [r["status"] for r in flight()] == ["open"]


def test_a_diversion_that_ends_as_planned_is_none(flight):
    flight.send("V", bgm="266+CF", to="YOW", people="")
    flight.send("W", bgm="266+CF", people="")
    assert [r["diverted_to"] for r in flight()] == [None]


@pytest.mark.parametrize(
    ("departs", "instant"),
    [
        ("2610250230", "2026-10-25T00:30:00+00:00"),  # twice that night: the first
        ("2603290230", "2026-03-29T01:30:00+00:00"),  # never that night: moved by the gap
    ],
)
def test_on_the_night_of_the_changed_clocks_a_flight_is_one_flight(
    flight, node, airline, departs, instant
):
    number = str(int(flight.number) + 700)
    for reference in ("G", "H"):
        receive(node, airline, paxlst(f"{reference}{departs}{number}", number=number,
                                      departs=departs, arrives=departs[:6] + "0500"))  # fmt: skip
    with node.store.act(SYSTEM, "test") as s:
        (row,) = s.rows("SELECT departs_on::text AS day, scheduled_departure AS at FROM act.flight"
                        " WHERE number = :n AND departs_on = CAST(:day AS date)",
                        n=number, day=f"20{departs[:2]}-{departs[2:4]}-{departs[4:6]}")  # fmt: skip
    assert row["at"].isoformat() == instant


def test_actual_times_stand_beside_the_schedule_with_their_source(flight):
    left = paxlst(f"J{flight.number}", number=flight.number, bgm="266+CLOB")
    left = left.replace(b"LOC+87", b"DTM+186:2611241352:201'LOC+87")
    flight.take(left)
    landed = paxlst(f"K{flight.number}", number=flight.number, bgm="266", people="", departs="",
                    arrives="")  # fmt: skip
    flight.take(landed.replace(b"LOC+87+YUL'", b"LOC+87+YUL'DTM+178:2611241502:201'"))
    (row,) = flight()
    assert row["scheduled_departure"].isoformat() == "2026-11-24T12:30:00+00:00"
    assert row["actual_departure"].isoformat() == "2026-11-24T12:52:00+00:00"
    assert row["actual_arrival"].isoformat() == "2026-11-24T20:02:00+00:00"
    assert len({row["times"][n] for n in ("scheduled_departure", "actual_departure",
                                          "actual_arrival")}) == 3  # fmt: skip


def test_who_boards_behind_the_border_is_on_the_flight_and_asked_for_nothing(flight):
    """CDG-YUL-YYZ: the leg CDG-YUL crosses; YUL-YYZ is at home."""
    without = {"document": "99ZZ99333", "locator": "ZZZ333"}
    home = person("TRHOME", "ROY", "NATHAN", **without).replace("178+CDG'LOC+179+YUL", "178+YUL'"
                                                                "LOC+179+YYZ")  # fmt: skip
    through = person("TRFAR", "PETIT", "JEAN", **without).replace("179+YUL", "179+YYZ")
    message = paxlst(f"M{flight.number}", number=flight.number, people=home + through)
    done = flight.take(message.replace(b"LOC+87+YUL'DTM+232:2611241510:201'",
                                       b"LOC+92+YUL'DTM+232:2611241510:201'DTM+189:2611241640:201'"
                                       b"LOC+130+YYZ'DTM+232:2611241800:201'"))  # fmt: skip
    assert codes(done.reply) == ["0Z", "1Z"]
    (row,) = flight()
    assert (row["origin"], row["destination"], row["direction"]) == ("CDG", "YUL", "inbound")


def test_an_outbound_list_is_taken_in_and_the_law_of_entry_is_not_asked(flight):
    out = paxlst(f"O{flight.number}", number=flight.number, people=person(document="99ZZ99444"))
    out = out.replace(b"LOC+125+CDG", b"LOC+125+YUL").replace(b"LOC+87+YUL", b"LOC+87+CDG")
    assert codes(flight.take(out).reply) == ["0Z"]
    assert {r["direction"] for r in flight()} == {"inbound", "outbound"}


def test_the_operated_number_is_that_of_the_sender_wherever_it_stands(node, flight):
    number = str(int(flight.number) + 900)
    message = paxlst(f"Q{number}", carrier="DL", number="8555", share=f"AF{number}")
    only_af = ReportingClient(id="client-af", carriers=frozenset({"AF"}))
    receive(node, only_af, message)
    with node.store.act(SYSTEM, "test") as s:
        made = s.rows("SELECT carrier FROM act.flight WHERE number IN (:n, '8555')", n=number)
    assert [r["carrier"] for r in made] == ["AF"]


def test_somebody_reported_under_both_numbers_is_offered_as_a_double(node, flight):
    both = ReportingClient(id="client-af", carriers=frozenset({"AF", "DL"}))
    twin = person("TRD9", document="12AB34567")
    receive(node, both, paxlst(f"Z{flight.number}", carrier="DL", number="8777", people=twin))
    receive(node, both, paxlst(f"Y{flight.number}", number=flight.number, share="DL8777"))
    with node.store.act(SYSTEM, "test") as s:
        rows = s.rows("SELECT t.id, t.double_of, t.reference FROM act.traveller t JOIN act.flight f"
                      " ON f.id = t.flight WHERE f.number = :n", n=flight.number)  # fmt: skip
    by = {r["reference"]: r for r in rows}
    assert by["TRD9"]["double_of"] == by["TR0000001"]["id"]

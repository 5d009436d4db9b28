"""Odd and damaged messages about a flight never cost a traveller their place or their record."""

import pytest

from smartborder.node.act.intake import receive
from smartborder.node.desk import flights, timeline
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst, person
from tests.scenarios.test_intake import codes
from tests.support.command import typed

pytestmark = [pytest.mark.node, pytest.mark.points(8)]

SECOND = person("TR2", "ROY", "NATHAN", document="12AB34599", birth="790101", locator="DEF456")


def presence(node, number):
    with node.store.act(SYSTEM, "test") as s:
        rows = s.rows(
            "SELECT t.reference, t.presence FROM act.traveller t JOIN act.flight f"
            " ON f.id = t.flight WHERE f.number = :n",
            n=number,
        )
    return {r["reference"]: r["presence"] for r in rows}


@pytest.mark.parametrize(
    ("announced", "left"), [("3", "reported"), ("0", "cancelled")], ids=["damaged", "whole list"]
)
def test_a_cancellation_that_lost_its_names_takes_nobody_off(node, airline, announced, left):
    number = f"71{announced}"
    receive(node, airline, paxlst(f"L{number}", number=number))
    off = paxlst(f"X{number}", number=number, bgm="745+XR", people="")
    receive(node, airline, off.replace(b"CNT+42:0", b"CNT+42:" + announced.encode()))
    assert presence(node, number) == {"TR0000001": left}


def test_a_cancellation_takes_off_only_whom_it_names_and_a_list_brings_them_back(node, airline):
    both = person() + SECOND
    receive(node, airline, paxlst("L720", number="720", people=both))
    receive(node, airline, paxlst("X720", number="720", bgm="745+XR", people=SECOND))
    assert presence(node, "720") == {"TR0000001": "reported", "TR2": "cancelled"}
    receive(node, airline, paxlst("M720", number="720", people=both))
    assert presence(node, "720") == {"TR0000001": "reported", "TR2": "reported"}


def test_who_leaves_a_second_close_out_was_off_loaded_with_or_without_ok(node, airline):
    receive(node, airline, paxlst("L730", number="730"))
    receive(node, airline, paxlst("C730", number="730", bgm="266+CLOB", people=person() + SECOND))
    assert presence(node, "730") == {"TR0000001": "boarded", "TR2": "boarded-without-ok"}
    receive(node, airline, paxlst("D730", number="730", bgm="266+CLOB", people=""))
    assert presence(node, "730") == {"TR0000001": "off-loaded", "TR2": "off-loaded"}


def test_an_infant_on_its_mothers_document_is_never_merged_with_her(node, airline):
    mother = person("", "ROY", "ANNA").replace("RFF+ABO:'", "")
    infant = person("", "ROY", "LEO", birth="260301").replace("RFF+ABO:'", "")
    receive(node, airline, paxlst("Q740", number="740", people=mother))
    receive(node, airline, paxlst("Q741", number="740", people=infant))
    receive(node, airline, paxlst("Q742", number="740", people=infant + mother))
    with node.store.act(SYSTEM, "test") as s:
        born = s.rows(
            "SELECT t.birth_date, t.version FROM act.traveller t JOIN act.flight f"
            " ON f.id = t.flight WHERE f.number = '740' ORDER BY 1"
        )
    assert [(str(r["birth_date"]), r["version"]) for r in born] == [
        ("1985-03-14", 2),
        ("2026-03-01", 2),
    ]


def test_a_port_we_do_not_know_is_named(node, airline):
    found = receive(node, airline, paxlst("L750", number="750", to="QQQ")).findings
    assert [f.code for f in found] == ["flight.unknown-port"]
    assert not receive(node, airline, paxlst("L751", number="751")).findings


def test_a_message_without_a_flight_says_so_to_the_carrier(node, airline):
    lost = paxlst("L760", number="760").replace(b"LOC+125+CDG'", b"").replace(b"LOC+87+YUL'", b"")
    found = receive(node, airline, lost).findings
    assert "flight.missing" in [f.code for f in found]


STRANGER = person("TR3", "VASSEUR", "HUGO", document="99ZZ99111", birth="910909", locator="GHI7")
SPARSE = "NAD+FL+++MARCHAND:CAMILLE'RFF+ABO:TR0000001'"


def found(done, code):
    return [(f.traveller, f.segment) for f in done.findings if f.code == code]


def test_a_stranger_in_a_close_out_is_named_checked_and_counted(node, airline):
    """Finding at the person's place, state of the person, figures of the flight, code told."""
    receive(node, airline, paxlst("L770", number="770", people=person() + SECOND))
    done = receive(node, airline, paxlst("C770", number="770", bgm="266+CLOB",
                                         people=person() + STRANGER))  # fmt: skip
    assert presence(node, "770") == {
        "TR0000001": "boarded", "TR2": "no-show", "TR3": "boarded-without-ok",
    }  # fmt: skip
    assert codes(done.reply) == ["0Z", "5Z"]
    ((place, segment),) = found(done, "close-out.person-not-reported")
    assert (place, segment[:3]) == (1, "NAD")
    with node.store.act(SYSTEM, "test") as s:
        flight = s.value("SELECT id FROM act.flight WHERE number = '770'")
        tally = flights.tally(flights.seats(s, flight))
        kinds = s.rows("SELECT c.kind FROM act.case_file c JOIN act.traveller t"
                       " ON t.id = c.traveller WHERE t.flight = :f AND t.reference = 'TR3'",
                       f=flight)  # fmt: skip
    assert {k: n for k, n in tally.items() if n} == {
        "boarded": 1, "no-show": 1, "boarded-without-ok": 1,
    }  # fmt: skip
    assert [k["kind"] for k in kinds] == ["close-out"]  # no reply is left to decide


def test_a_stranger_stays_without_ok_in_a_second_close_out_until_a_list_asks(node, airline):
    receive(node, airline, paxlst("C771", number="771", bgm="266+CLOB"))
    receive(node, airline, paxlst("D771", number="771", bgm="266+CLOB"))
    assert presence(node, "771") == {"TR0000001": "boarded-without-ok"}
    assert codes(receive(node, airline, paxlst("L771", number="771")).reply) == ["0Z"]


def test_a_close_out_that_says_only_who_changes_nothing_and_one_that_differs_asks_anew(
    node, airline
):
    receive(node, airline, paxlst("L772", number="772"))
    done = receive(node, airline, paxlst("C772", number="772", bgm="266+CLOB", people=SPARSE))
    assert (codes(done.reply), presence(node, "772")) == (["0Z"], {"TR0000001": "boarded"})
    other = person(document="99ZZ99222")
    done = receive(node, airline, paxlst("D772", number="772", bgm="266+CLOB", people=other))
    assert (codes(done.reply), presence(node, "772")) == (
        ["1Z"], {"TR0000001": "boarded-without-ok"},
    )  # fmt: skip
    with node.store.act(SYSTEM, "test") as s:
        t = s.value("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                    " WHERE f.number = '772'")  # fmt: skip
        pushes = timeline.pushes(s, node, t)
    assert [(p.purpose, [c[0] for c in p.changed]) for p in pushes] == [
        ("flight-close-out", ["documents"]),
        ("flight-close-out", []),
        ("passenger-list", []),
    ]


def test_somebody_who_arrived_unreported_is_no_no_show_of_a_late_close_out(node, airline):
    receive(node, airline, paxlst("L773", number="773", people=SECOND))
    with node.store.act(SYSTEM, "test") as s:
        s.run("UPDATE act.traveller t SET presence = 'arrived-unreported' FROM act.flight f"
              " WHERE f.id = t.flight AND f.number = '773'")  # fmt: skip
    receive(node, airline, paxlst("C773", number="773", bgm="266+CLOB"))
    assert presence(node, "773") == {"TR2": "arrived-unreported", "TR0000001": "boarded-without-ok"}


def test_a_cancellation_is_answered_person_by_person_and_stands_in_the_timeline(node, airline):
    receive(node, airline, paxlst("L774", number="774", people=person() + SECOND))
    off = SPARSE + STRANGER + SPARSE
    done = receive(node, airline, paxlst("X774", number="774", bgm="745+XR", people=off))
    assert codes(done.reply) == ["0Z", "5Z", "0Z"]
    assert [place for place, _ in found(done, "flight.person-not-on-it")] == [1]
    assert presence(node, "774") == {"TR0000001": "cancelled", "TR2": "reported"}
    again = receive(node, airline, paxlst("X774", number="774", bgm="745+XR", people=off))
    assert codes(again.reply) == ["0Z", "5Z", "0Z"]
    with node.store.act(SYSTEM, "test") as s:
        versions = s.rows("SELECT m.purpose FROM act.traveller_version v JOIN act.traveller t"
                          " ON t.id = v.traveller JOIN act.flight f ON f.id = t.flight"
                          " JOIN act.message m ON m.id = v.message WHERE f.number = '774'"
                          " AND t.reference = 'TR0000001' ORDER BY v.version")  # fmt: skip
    assert [v["purpose"] for v in versions] == ["passenger-list"] + 2 * ["passenger-cancel"]


def test_a_change_that_names_a_stranger_takes_them_in_and_says_so(node, airline):
    receive(node, airline, paxlst("L775", number="775"))
    done = receive(node, airline, paxlst("P775", number="775", bgm="745+CP",
                                         people=person() + STRANGER))  # fmt: skip
    assert codes(done.reply) == ["0Z", "1Z"]
    assert [place for place, _ in found(done, "change.person-not-reported")] == [1]


def test_a_close_out_of_a_flight_nobody_reported_and_one_without_a_flight(node, airline):
    done = receive(node, airline, paxlst("C776", number="776", bgm="266+CLOB"))
    assert (codes(done.reply), presence(node, "776")) == (
        ["5Z"], {"TR0000001": "boarded-without-ok"},
    )  # fmt: skip
    lost = paxlst("C777", number="777", bgm="266+CLOB")
    done = receive(node, airline, lost.replace(b"LOC+87+YUL'", b""))
    assert codes(done.reply) == ["5Z"]
    assert "flight.missing" in [f.code for f in done.findings]


def test_a_master_crew_list_clears_nobody(node, airline):
    crew = person().replace("NAD+FL", "NAD+FM")
    done = receive(node, airline, paxlst("MCL778", number="778", bgm="336+G", people=crew))
    assert b"BGM+962" in done.reply
    assert codes(done.reply) == []
    assert "crew.master-list-kept" in [f.code for f in done.findings]
    again = receive(node, airline, paxlst("MCL778", number="778", bgm="336+G", people=crew))
    assert again.messages == done.messages
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.flight WHERE number = '778'") == 0
        state = s.value("SELECT state FROM act.message WHERE id = :m", m=done.messages[0])
    assert state == "answered"


def test_a_list_of_a_flight_that_is_not_ours_says_so(node, airline):
    done = receive(node, airline, paxlst("E779", number="779", to="JFK"))
    assert [f.code for f in done.findings] == ["flight.elsewhere"]
    over = paxlst("E780", number="780", to="JFK").replace(b"TDT+20", b"TDT+34")
    assert [f.code for f in receive(node, airline, over).findings] == []


def test_a_command_without_its_database_says_so_in_one_line(tmp_path):
    away = NodeHome.create(tmp_path / "away", country="CA")
    ran = typed("client", "add", "AF", "--carrier", "AF", "--home", str(away.path))
    assert ran.returncode == 3
    assert ran.stderr.startswith("error: store.unreachable: ")
    assert ran.stderr.count("\n") == 1

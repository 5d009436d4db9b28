"""Odd and damaged messages about a flight never cost a traveller their place or their record."""

import subprocess
import sys

import pytest

from smartborder.node.act.intake import receive
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst, person

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


def test_a_command_without_its_database_says_so_in_one_line(tmp_path):
    away = NodeHome.create(tmp_path / "away", country="CA")
    ran = subprocess.run(
        [sys.executable, "-m", "smartborder", "client", "add", "AF", "--carrier", "AF",
         "--home", str(away.path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 3
    assert ran.stderr.startswith("error: store.unreachable: ")
    assert ran.stderr.count("\n") == 1

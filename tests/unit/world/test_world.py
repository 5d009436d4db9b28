"""The synthetic world: the same seed, the same day; a cable that can be cut."""

import socket
import threading
from collections import Counter

import pytest

from smartborder.formats import edifact
from smartborder.world.cable import Cable
from smartborder.world.demo.day import BEGINS, LEG_DAMAGED, LEG_MORNING, Day, damage


def test_the_same_seed_gives_the_same_day():
    assert Day(7).morning == Day(7).morning
    assert Day(7).morning != Day(8).morning


def test_the_morning_flight_has_the_people_of_the_story():
    day = Day(1)
    message = day.air_france.message(LEG_MORNING, day.morning, BEGINS)
    (read,) = edifact.read_messages(message, travel_year=2026)
    assert len(read.travellers) == 180
    assert [f.code for f in read.findings if f.severity != "info"] == []
    documents = Counter(t.documents[0].number for t in read.travellers)
    assert max(documents.values()) == 1


def test_the_damaged_list_has_four_faults_and_everybody():
    day = Day(1)
    message = day.transat.message(LEG_DAMAGED, day.damaged, BEGINS)
    (read,) = edifact.read_messages(damage(message), travel_year=2026)
    assert len(read.travellers) == len(day.damaged)
    assert len([f for f in read.findings if f.severity != "info"]) == 4


@pytest.fixture
def echo():
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                side, _ = listener.accept()
            except OSError:
                return
            with side:
                while data := side.recv(100):
                    side.sendall(data)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.close()


def test_a_pulled_cable_cuts_what_is_open_and_refuses_what_is_new(echo):
    cable = Cable(echo)
    with socket.create_connection(("127.0.0.1", cable.port), timeout=5) as line:
        line.sendall(b"hello")
        assert line.recv(5) == b"hello"
        cable.pull()
        assert line.recv(5) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", cable.port), timeout=5)
    cable.restore()
    with socket.create_connection(("127.0.0.1", cable.port), timeout=5) as line:
        line.sendall(b"again")
        assert line.recv(5) == b"again"
    cable.pull()

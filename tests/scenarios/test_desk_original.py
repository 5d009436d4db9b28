"""From a traveller's page to the sealed original: asked for, agreed, opened, in time gone."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from smartborder.node.custody.purging import purge
from smartborder.node.store.session import SYSTEM
from tests.support.desk import Desk, person
from tests.support.pages import Browser, Client, web_client

pytestmark = pytest.mark.node

DOCUMENT = "12AB34567"
ASKED = re.compile(r'href="(/seals\?record=([\w-]+))"')


@pytest.fixture(scope="module")
def desk(home) -> Iterator[Desk]:
    made = Desk(home)
    made.registers([DOCUMENT])
    made.report([person("GIRAUD", "PAUL", "1985-03-14", DOCUMENT)])
    yield made
    made.node.close()


@pytest.fixture
def client(desk) -> Iterator[Client]:
    with web_client(desk) as made:
        yield made


def test_the_form_comes_with_the_number_of_the_message_the_traveller_came_in(desk, client):
    agnes = Browser(client, desk.agnes)
    page = agnes.get(f"/travellers/{desk.traveller(DOCUMENT)}")
    assert "Ask to open the sealed original of version 1" in page
    path, record = ASKED.search(page).groups()
    assert f'name="record" value="{record}"' in agnes.get(path)
    asked = agnes.post("/seals", record=record, why="Threat against the flight")
    seal = re.search(r'id="(seal-[0-9a-z]+)"', asked)[1]
    Browser(client, desk.omar).post(f"/seals/{seal}/agree")
    opened = Browser(client, desk.agnes).post(f"/seals/{seal}/open")
    assert "GIRAUD" in opened
    assert "PAXLST" in opened


def test_the_link_speaks_french(desk, client):
    agnes = Browser(client, desk.agnes)
    client.cookies.set(f"sb-{desk.home.country.lower()}-{desk.home.port}-language", "fr")
    page = agnes.get(f"/travellers/{desk.traveller(DOCUMENT)}")
    assert "Demander l'ouverture de l'original scellé de la version 1" in page


def test_whoever_may_not_ask_is_not_offered_it(desk, client):
    secondary = Browser(client, desk.second)
    page = secondary.get(f"/travellers/{desk.traveller(DOCUMENT)}")
    assert not ASKED.search(page)
    secondary.get("/seals", status=403)


def test_a_number_from_elsewhere_is_written_as_text(desk, client):
    page = Browser(client, desk.agnes).get('/seals?record="><b>x')
    assert "<b>x" not in page


def test_a_destroyed_original_is_not_offered(desk, client):
    with desk.store.act(SYSTEM, "custody") as s:  # the person is kept longer than the message
        s.run("UPDATE act.traveller SET delete_by = delete_by + interval '1 month'")
    desk.time.move(timedelta(days=desk.node.pack.retention["raw-message"].days + 1))
    purge(desk.node)
    page = Browser(client, desk.agnes).get(f"/travellers/{desk.traveller(DOCUMENT)}")
    assert "destroyed on its delete-by date" in page
    assert not ASKED.search(page)

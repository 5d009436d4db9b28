"""From a traveller's page to the sealed original: asked for, agreed, opened, in time gone."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import escape

import pytest

from smartborder.node.custody.purging import purge
from smartborder.node.store.session import SYSTEM
from tests.support.desk import Desk, person
from tests.support.pages import Browser, cookie

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
    client.cookies.set(cookie(client, "language"), "fr")
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


@pytest.mark.parametrize(
    ("language", "what"),
    [("en", "In ten to five hundred characters, naming no person."),
     ("fr", "En dix à cinq cents caractères, sans nommer personne.")],
)  # fmt: skip
@pytest.mark.parametrize("why", ["<urgent>", "x" * 501])
def test_a_reason_that_is_refused_comes_back_in_its_field(desk, client, language, what, why):
    agnes = Browser(client, desk.agnes)
    client.cookies.set(cookie(client, "language"), language)
    before = desk.value("SELECT count(*) FROM custody.break_glass")
    page = agnes.post("/seals", 400, record="transmission-1", why=why)
    assert page.count(what) == 2  # in the summary, and beside the field
    assert 'href="#why"' in page
    (field,) = re.findall(r'<input[^>]* id="why"[^>]*>', page)
    assert f'value="{escape(why)}"' in field
    assert 'aria-describedby="why-hint why-error"' in field
    assert 'aria-invalid="true"' in field
    assert 'name="record" value="transmission-1"' in page
    assert desk.value("SELECT count(*) FROM custody.break_glass") == before


@pytest.mark.parametrize(
    ("language", "what"),
    [("en", "No record of this number lies sealed here"),
     ("fr", "Aucun enregistrement de ce numéro n&#39;est scellé ici")],
)  # fmt: skip
def test_a_number_that_nothing_sealed_has_comes_back_with_the_reason(desk, client, language, what):
    agnes = Browser(client, desk.agnes)
    client.cookies.set(cookie(client, "language"), language)
    page = agnes.post("/seals", 404, record="transmission-no", why="An emergency at the gate")
    assert page.count(what) == 2
    assert 'href="#record"' in page
    (field,) = re.findall(r'<input[^>]* id="record"[^>]*>', page)
    assert 'value="transmission-no"' in field
    assert 'aria-describedby="record-error"' in field
    assert 'value="An emergency at the gate"' in page


def test_a_destroyed_original_is_not_offered(desk, client):
    with desk.store.act(SYSTEM, "custody") as s:  # the person is kept longer than the message
        s.run("UPDATE act.traveller SET delete_by = delete_by + interval '1 month'")
    desk.time.move(timedelta(days=desk.node.pack.retention["raw-message"].days + 1))
    purge(desk.node)
    page = Browser(client, desk.agnes).get(f"/travellers/{desk.traveller(DOCUMENT)}")
    assert "destroyed on its delete-by date" in page
    assert not ASKED.search(page)

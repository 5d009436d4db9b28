"""A partner is named on every page as people name it, with its article where French needs one."""

import re

import pytest

from smartborder.node.carriers import completeness
from smartborder.node.lookouts import writing
from smartborder.node.redress import deciding, letters, requests
from smartborder.node.redress.requests import PURPOSE
from smartborder.node.store.session import SYSTEM
from tests.scenarios.test_custody import shared
from tests.scenarios.test_redress import look, opened, requester
from tests.support.pages import account, signed_in, web_client
from tests.support.pair import ANNA, content, joined

pytestmark = pytest.mark.node

CODE = re.compile(r".{0,30}\b(?:USA|CAN)\b(?!-\d).{0,20}")
"""A code with its surroundings; the id of a clause, ``USA-1``, is none."""
ROLES = ("lookout-owner", "supervisor", "officer", "privacy-officer", "counsel", "analyst")


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        yield pair


@pytest.fixture(scope="module")
def pages(pair):
    """Pages of the Canadian node that show its partner."""
    pair.theirs = shared(pair)
    with pair.ca.act() as s:
        ours = writing.create(s, pair.ca.home, content("Anton WIRSING")).id
    pair.settle()
    request = opened(pair.ca, requester())
    look(pair.ca, request)
    envelope = pair.ca.value("SELECT id FROM exchange.outbox WHERE record = :r", r=ours)
    return [
        "/exchange", f"/exchange/{envelope}", "/lookouts", f"/lookouts/{pair.theirs}",
        f"/lookouts/{ours}", "/redress", f"/redress/{request}", "/agreements",
        "/agreements/shared-lookouts", "/encounters", "/questions", "/audit", "/carriers",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def client(pair):
    with web_client(pair.ca) as made:
        made.user = account(pair.ca, "wanda", *ROLES)
        yield made


def visible(html):
    return " ".join(re.sub(r"<code>.*?</code>|<[^>]*>", " ", html).split())


@pytest.mark.parametrize(("language", "name"), [("en", "United States"), ("fr", "États-Unis")])
def test_no_page_shows_the_code_of_a_partner(pages, client, language, name):
    named = set()
    for path in pages:
        answer = signed_in(client, client.user, language).get(path)
        assert answer.status_code == 200, path
        said = visible(answer.text)
        assert not CODE.findall(said), path
        named |= {path} if name in said else set()
    assert {"/exchange", "/lookouts", "/agreements"} <= named
    assert len(named) >= 7


@pytest.mark.parametrize(
    ("language", "silent", "owner", "link"),
    [
        ("en", "The node of the United States has not been heard for",
         "This is a look-out of the United States.", "Link with the partner (United States):"),
        ("fr", "Aucune nouvelle du nœud des États-Unis depuis",
         "Il s'agit d'un signalement des États-Unis.", "Liaison avec le partenaire (États-Unis) :"),
    ],
)  # fmt: skip
def test_a_sentence_gives_the_country_its_article(
    pair, pages, client, language, silent, owner, link
):
    pair.later(minutes=7)
    client = signed_in(client, client.user, language)
    assert silent in visible(client.get("/exchange/banner").text)
    assert link in visible(client.get("/carriers/banner").text)
    assert owner in visible(client.get(f"/lookouts/{pair.theirs}").text)


def test_a_letter_names_the_authorities_of_a_country(pair, pages):
    request = opened(pair.us, requester())
    (copy,) = look(pair.us, request)
    with pair.us.store.act(ANNA, PURPOSE, request) as s:
        deciding.decide(s, request, copy.record, "tell")
        letter = letters.draft(s, pair.us.home, requests.one(s, request))
    assert any("the authorities of Canada" in p for p in letter["en"])
    assert any("les autorités du Canada" in p for p in letter["fr"])


def test_a_finding_about_a_silent_partner_names_its_country(pair, pages):
    pair.later(hours=2)
    with pair.ca.store.act(SYSTEM, "carriers") as s:
        said = completeness.said(completeness.state(s, pair.ca.node))
    assert re.search(r"partner United States \d+\.\d h old", said.en)
    assert re.search(r"partenaire États-Unis : \d+,\d h", said.fr)

"""A held question about a person, on screen: the partner's traveller and our file side by side."""

import re

import pytest

from tests.scenarios.test_exchange_query import FOURTEEN, ask, hold, met
from tests.support.pages import account, send, signed_in, web_client

pytestmark = pytest.mark.node

THEIRS = {"en": "The partner's traveller", "fr": "Le voyageur du partenaire"}
OURS = {"en": "Our file", "fr": "Notre dossier"}
ROWS = {"en": ["Name", "Born", "Document"], "fr": ["Nom", "Date de naissance", "Document"]}


@pytest.fixture(scope="module")
def client(pair):
    with web_client(pair.ca) as made:
        made.deciding = account(pair.ca, "boss", "supervisor")
        made.other = account(pair.ca, "omar", "officer")
        yield made


@pytest.fixture(scope="module")
def held(pair):
    """The number on the partner's document; on ours it differs, and so does the order of names."""
    case, number = met(pair, "660")
    hold(pair, f"Z{number}", surname="ZOLTÁN", given_names="PRUEFER")
    ask(pair, case, FOURTEEN[:3], direct="known")
    pair.settle()
    with pair.ca.act() as s:  # one in twenty is drawn for review, and stays on the page for that
        s.run("UPDATE exchange.query SET sampled = false WHERE way = 'in'")
    return number


def sections(html):
    """The questions about a person, by id."""
    return dict(re.findall(r'<section class="sb-panel" id="(query-[^"]+)">(.*?)</section>', html,
                           re.DOTALL))  # fmt: skip


def compared(section):
    """What stands in each row of the comparison, by the heading of its column."""
    return {
        row: dict(re.findall(r'<td role="cell" data-label="([^"]+)">(.*?)</td>', cells))
        for row, cells in re.findall(
            r'<th scope="row" role="rowheader">([^<]+)</th>(.*?)</tr>', plain(section)
        )
    }


def plain(html):
    return html.replace("&#39;", "'").replace('<span class="sb-day">', "").replace("</span>", "")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_side_shows_what_it_holds(pair, client, held, language):
    page = signed_in(client, client.deciding, language).get("/questions")
    (section,) = sections(page.text).values()
    theirs, ours = THEIRS[language], OURS[language]
    name, born, document = ROWS[language]
    assert compared(section) == {
        name: {theirs: "ZOLTAN PRUEFER", ours: "PRUEFER ZOLTÁN"},
        born: {theirs: "1970-02-03", ours: "1970-02-03"},
        document: {theirs: f"P {held} HUN", ours: f"Z{held} HUN"},
    }
    heads = re.findall(r'<th scope="col" role="columnheader">([^<]+)</th>', plain(section))
    assert heads == [theirs, ours]
    assert "GCMS" not in section  # the file says more; nothing of it is read for a comparison
    assert "visitor" not in section


def test_that_our_file_was_looked_at_is_on_record(pair, client, held):
    signed_in(client, client.deciding).get("/questions")
    seen = pair.ca.rows("SELECT DISTINCT purpose, what FROM audit.seen WHERE kind = 'file'"
                        " AND actor = :a", a=client.deciding.id)  # fmt: skip
    assert [(r["purpose"], r["what"]) for r in seen] == [("exchange", "question to decide")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_may_not_answer_sees_neither_side(client, held, language):
    page = signed_in(client, client.other, language).get("/questions")
    assert page.status_code == 403
    assert not re.search(rf"PRUEFER|ZOLT|{held}|1970-02-03", page.text)
    assert 'href="/questions"' not in client.get("/queue").text


def test_without_our_file_the_partners_traveller_stands_alone(pair, client, held):
    with pair.ca.act() as s:
        (gone,) = s.rows("DELETE FROM exchange.file RETURNING id")
    page = signed_in(client, client.deciding).get("/questions")
    (section,) = sections(page.text).values()
    assert compared(section)["Name"] == {THEIRS["en"]: "ZOLTAN PRUEFER"}
    assert OURS["en"] not in section
    assert gone["id"] not in page.text


def test_a_decided_question_is_on_the_page_no_more(client, held):
    page = signed_in(client, client.deciding).get("/questions")
    (question,) = sections(page.text)
    done = send(client, "/questions", f"/queries/{question}/decide", decision="refuse")
    assert done.status_code == 200
    assert "PRUEFER" not in done.text

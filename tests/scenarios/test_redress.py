"""A person asks what is held about him; the letter tells what the law lets it tell, and no more."""

import re

import pytest

from smartborder.node.act.intake import receive
from smartborder.node.custody import break_glass, corrections
from smartborder.node.custody.purging import purge
from smartborder.node.exchange import consultation
from smartborder.node.lookouts import writing
from smartborder.node.redress import consulting, deciding, finding, letters, requests
from smartborder.node.redress.requests import PURPOSE, Requester
from smartborder.node.store.session import SYSTEM, NotFound
from tests.scenarios.test_custody import OTHER_DAY, correct, shared
from tests.scenarios.test_lookouts import AIRLINE, passenger
from tests.support.pages import account, cookie, send, signed_in, web_client
from tests.support.pair import ANNA, BORIS, content, joined

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        yield pair


def requester(surname="PRUEFER", **changes):
    given = {"given_names": "ZOLTAN", "birth_date": "1970-02-03", "address": "1 Main Street"}
    return Requester(surname=surname, **(given | changes))


def opened(side, person, kind="correction"):
    with side.store.act(ANNA, PURPOSE) as s:
        return requests.open_request(s, side.home, kind, person, "I am taken for somebody else")


def look(side, request):
    with side.store.act(ANNA, PURPOSE, request) as s:
        return finding.find(s, side.node, request)


def signed(side, request):
    with side.store.act(ANNA, PURPOSE, request) as s:
        return letters.sign(s, side.home, request, "Anna Roy")


def test_every_copy_is_found_with_everybody_who_was_given_it(pair):
    lookout = shared(pair)
    request = opened(pair.us, requester())
    (copy,) = look(pair.us, request)
    assert (copy.record, copy.originator, copy.gone_to) == (lookout, None, ("partner:CAN",))
    there = opened(pair.ca, requester())
    (copy,) = look(pair.ca, there)
    assert (copy.record, copy.originator, copy.decision) == (lookout, "USA", "neither")
    seen = pair.ca.rows("SELECT purpose, case_id FROM audit.seen WHERE record = :r AND kind ="
                        " 'copy'", r=lookout)  # fmt: skip
    assert {(r["purpose"], r["case_id"]) for r in seen} == {("redress", there)}


def test_copies_are_looked_for_in_an_open_request_only(pair):
    request = opened(pair.ca, requester())
    with pair.ca.store.act(ANNA, PURPOSE) as s, pytest.raises(requests.NotOpen):
        finding.find(s, pair.ca.node, request)
    signed(pair.ca, request)
    with pytest.raises(requests.NotOpen):
        look(pair.ca, request)


def test_two_letters_side_by_side_do_not_tell_who_is_on_a_list(pair):
    shared(pair)
    letter = []
    for person in (
        requester(),
        requester("UNBEKANNT", given_names="ANNA", birth_date="1990-01-01"),
    ):
        request = opened(pair.ca, person)
        found = look(pair.ca, request)
        body = signed(pair.ca, request).body
        letter.append(msg(body, request))
        assert bool(found) == (person.surname == "PRUEFER")
    assert letter[0] == letter[1]
    assert "neither confirms nor denies" in letter[0]
    assert "ne confirme ni ne nie" in letter[0]


def msg(body, request):
    return "\n".join(p for paragraphs in body.values() for p in paragraphs).replace(request, "#")


def test_nothing_is_told_of_a_partners_record_before_its_originator_allows_it(pair):
    lookout = shared(pair)
    request = opened(pair.ca, requester())
    look(pair.ca, request)
    with pair.ca.store.act(ANNA, PURPOSE, request) as s:
        with pytest.raises(deciding.OriginatorFirst):
            deciding.decide(s, request, lookout, "tell")
        consultation.ask(s, pair.ca.home, request, lookout)
        with pytest.raises(consultation.NobodyToAsk):
            consultation.ask(s, pair.ca.home, request, lookout)
    pair.settle()
    with pair.us.store.act(ANNA, PURPOSE) as s:
        (asked,) = [c for c in consulting.waiting(s) if c.record == lookout]
        assert (asked.kind, asked.request) == ("correction", None)
        consultation.answer(s, pair.us.home, asked.id, "may-tell")
    pair.settle()
    with pair.ca.store.act(ANNA, PURPOSE, request) as s:
        deciding.decide(s, request, lookout, "tell")
    body = signed(pair.ca, request).body
    assert any(lookout in p for p in body["fr"])


def test_the_name_of_who_asks_never_crosses(pair):
    lookout = shared(pair)
    request = opened(pair.ca, requester(address="CANARYSTRASSE 5"))
    look(pair.ca, request)
    with pair.ca.store.act(ANNA, PURPOSE, request) as s:
        consultation.ask(s, pair.ca.home, request, lookout)
    (row,) = pair.ca.rows("SELECT payload, answer FROM exchange.outbox WHERE record = :r"
                          " AND purpose = 'redress-consultation'", r=lookout)  # fmt: skip
    assert b"PRUEFER" not in bytes(row["payload"])
    assert b"CANARY" not in bytes(row["payload"])
    assert row["answer"]["granted"] == ["id", "redress_kind"]


def test_the_letter_tells_of_a_correction_once_everybody_has_confirmed_it(pair):
    lookout = shared(pair, name="Soltan PRUFERT", documents=())
    request = opened(pair.us, requester())
    assert lookout in {c.record for c in look(pair.us, request)}
    with pair.us.store.act(ANNA, PURPOSE, request) as s:
        deciding.decide(s, request, lookout, "tell")
    correct(pair, lookout, name="Soltan PRUFERT", documents=(), birth_dates=OTHER_DAY)
    with pair.us.store.act(ANNA, PURPOSE, request) as s:
        before = letters.draft(s, pair.us.home, requests.one(s, request))
    assert not any("was corrected" in p for p in before["en"])
    with pytest.raises(letters.CorrectionUnderWay):
        signed(pair.us, request)
    pair.settle()
    with pair.us.store.act(ANNA, PURPOSE) as s:
        assert [c.state for c in corrections.of_record(s, lookout)] == ["confirmed"]
    body = signed(pair.us, request).body
    assert any(f"Record {lookout} was corrected" in p for p in body["en"])
    assert any("a été corrigé" in p for p in body["fr"])
    register = pair.us.rows("SELECT * FROM custody.disclosure WHERE record = :r", r=request)
    assert [(r["recipient"], r["means"], r["fields"]) for r in register] == [
        ("person:requester", "letter", [lookout])
    ]


def test_an_answered_request_is_destroyed_with_its_letter_after_its_time(pair):
    request = opened(pair.ca, requester("VERGANGEN"))
    signed(pair.ca, request)
    keep = requests.law_of("CA").keep_days
    pair.later(days=keep)
    purge(pair.ca.node)
    assert pair.ca.value("SELECT count(*) FROM redress.letter WHERE request = :r", r=request) == 1
    pair.later(days=1)
    purge(pair.ca.node)
    assert pair.ca.value("SELECT count(*) FROM redress.request WHERE id = :r", r=request) == 0
    assert pair.ca.value("SELECT count(*) FROM redress.letter WHERE request = :r", r=request) == 0
    pair.later(days=-keep - 1)


@pytest.fixture(scope="module")
def desk(pair):
    with web_client(pair.ca) as client:
        user = account(pair.ca, "paule", "privacy-officer", name="Paule Martin")
        yield signed_in(client, user, "fr")


def test_a_request_is_handled_on_screen_from_the_form_to_the_letter(pair, desk):
    lookout = shared(pair)
    form = desk.get("/redress/new")
    assert form.status_code == 200
    wrong = send(desk, "/redress/new", "/redress", kind="access", surname="X")
    assert wrong.status_code == 400
    made = send(desk, "/redress/new", "/redress", kind="correction", surname="PRUEFER",
                given_names="ZOLTAN", birth_date="1970-02-03", document="", issuer="",
                address="1, rue Principale", said="Ce n'est pas moi")  # fmt: skip
    request = re.search(r"/redress/(redress-[0-9a-z]+)/find", made.text)[1]
    found = send(desk, f"/redress/{request}", f"/redress/{request}/find")
    assert f'id="{lookout}"' in found.text
    at = f"/redress/{request}/copies/{lookout}"
    assert send(desk, f"/redress/{request}", f"{at}/decide", choice="tell").status_code == 409
    asked = send(desk, f"/redress/{request}", f"{at}/ask")
    assert "consulté, sans réponse à ce jour" in asked.text
    letter = send(desk, f"/redress/{request}", f"/redress/{request}/letter")
    assert "Paule Martin" in letter.text
    assert 'lang="en"' in letter.text
    assert lookout not in letter.text
    assert request in desk.get("/redress").text
    passed = send(desk, "/redress", "/redress/onward", record=lookout, onward_to="court")
    assert "rien ne peut être retransmis avant son accord" in passed.text


def test_nobody_but_the_privacy_officer_and_counsel_sees_requests(pair):
    with web_client(pair.ca) as client:
        signed_in(client, account(pair.ca, "otto", "officer"), "fr")
        assert client.get("/redress").status_code in (403, 404)


def test_a_look_out_that_was_withdrawn_is_not_found_any_more(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Emil FORTGEZOGEN")).id
        writing.withdraw(s, pair.us.home, made)
    request = opened(pair.us, requester("FORTGEZOGEN", given_names="EMIL"))
    assert made not in {c.record for c in look(pair.us, request)}


def asked(pair, record):
    with pair.ca.store.act(ANNA, break_glass.PURPOSE) as s:
        return break_glass.ask(s, record, "Bomb threat against the flight")


def opens(pair, actor, seal):
    with pair.ca.store.act(actor, break_glass.PURPOSE) as s:
        return break_glass.open_seal(s, pair.ca.node, seal)


def agrees(pair, actor, seal):
    with pair.ca.store.act(actor, break_glass.PURPOSE) as s:
        break_glass.agree(s, seal)


def test_a_seal_is_broken_by_two_people_once_and_the_privacy_officer_is_told(pair):
    message = passenger(flight="701")
    record = receive(pair.ca.node, AIRLINE, message).transmission
    seal = asked(pair, record)
    with pair.ca.store.act(SYSTEM, PURPOSE) as s:
        assert [b.id for b in break_glass.lately(s, unreviewed=True)] == [seal]
    with pytest.raises(break_glass.SamePerson):
        agrees(pair, ANNA, seal)
    with pytest.raises(break_glass.NotAgreed):
        opens(pair, ANNA, seal)
    agrees(pair, BORIS, seal)
    with pytest.raises(break_glass.NotAgreed):
        opens(pair, BORIS, seal)
    assert opens(pair, ANNA, seal) == message
    with pytest.raises(break_glass.NotAgreed):
        opens(pair, ANNA, seal)
    seen = pair.ca.rows("SELECT purpose FROM audit.seen WHERE record = :r AND kind = 'raw'"
                        " AND actor = 'anna'", r=record)  # fmt: skip
    assert [r["purpose"] for r in seen] == ["break-glass"]
    with pair.ca.store.act(BORIS, PURPOSE) as s:
        break_glass.review(s, seal)
        assert break_glass.lately(s, unreviewed=True) == []


def test_a_seal_stays_closed_when_the_time_is_over_or_nobody_says_why(pair):
    record = receive(pair.ca.node, AIRLINE, passenger(flight="702")).transmission
    with pair.ca.store.act(ANNA, break_glass.PURPOSE) as s, pytest.raises(break_glass.WhyNeeded):
        break_glass.ask(s, record, "urgent")
    with pair.ca.store.act(ANNA, break_glass.PURPOSE) as s, pytest.raises(NotFound):
        break_glass.ask(s, "transmission-none", "Bomb threat against the flight")
    late, agreed = asked(pair, record), asked(pair, record)
    agrees(pair, BORIS, agreed)
    pair.later(minutes=61)
    with pytest.raises(break_glass.NotAgreed):
        agrees(pair, BORIS, late)
    with pytest.raises(break_glass.NotAgreed):
        opens(pair, ANNA, agreed)
    pair.later(minutes=-61)


def test_the_seal_is_broken_on_screen_by_the_second_person_only(pair, desk):
    record = receive(pair.ca.node, AIRLINE, passenger(flight="703")).transmission
    name = cookie(desk, "session")
    before = desk.cookies[name]
    signed_in(desk, account(pair.ca, "first", "officer"), "fr")
    page = send(desk, "/seals", "/seals", record=record, why="Menace contre le vol")
    seal = re.search(r'id="(seal-[0-9a-z]+)"', page.text)[1]
    assert send(desk, "/seals", f"/seals/{seal}/agree").status_code == 403
    first = desk.cookies[name]
    signed_in(desk, account(pair.ca, "second", "officer"), "fr")
    assert "Second" in send(desk, "/seals", f"/seals/{seal}/agree").text
    desk.cookies.set(name, first)
    opened = send(desk, "/seals", f"/seals/{seal}/open").text
    assert "PAXLST" in opened
    assert "\nBGM+" in opened  # a segment on each line, as one reads them
    again = send(desk, "/seals", f"/seals/{seal}/open")
    assert again.status_code == 409  # and the page says in its own language what to do
    assert "Faites une nouvelle demande" in again.text
    desk.cookies.set(name, before)
    assert seal in desk.get("/redress").text
    assert seal not in send(desk, "/redress", f"/seals/{seal}/review").text

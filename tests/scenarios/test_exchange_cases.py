"""A hit on the partner's look-out: its outcome goes home, one question may be asked, no more."""

import pytest

from smartborder.model.screening import ListedDocument
from smartborder.node.act.intake import receive
from smartborder.node.exchange import encounters, encounters_in, questions, questions_in
from smartborder.node.exchange.purpose import NotOfTheCase
from smartborder.node.exchange.wire import BATCH_PATH
from smartborder.node.lookouts import writing
from tests.scenarios.test_lookouts import AIRLINE, passenger
from tests.support.pair import BORIS, content, joined, load_registers

pytestmark = pytest.mark.node
BY_LIST = "passenger-information"


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        load_registers(pair.ca)
        yield pair


def met(pair, flight, *, document=True, confirmed=True):
    """A look-out of the US and a traveller in Canada that it is about; (look-out, hit)."""
    message = passenger(flight=flight)
    number = message.split(b"DOC+P:110:111+")[1].split(b"'")[0].decode()
    documents = (ListedDocument(number=number, issuer="HUN"),) if document else ()
    with pair.us.act() as s:
        lookout = writing.create(s, pair.us.home, content(documents=documents)).id
    pair.settle()
    (stored,) = receive(pair.ca.node, AIRLINE, message).messages
    person = pair.ca.value("SELECT traveller FROM act.traveller_version WHERE message = :m",
                           m=stored)  # fmt: skip
    hit = pair.ca.value("SELECT id FROM act.hit WHERE traveller = :t AND entry = :e",
                        t=person, e=f"lookout:{lookout}")  # fmt: skip
    if confirmed:
        with pair.ca.act() as s:
            s.run("UPDATE act.hit SET state = 'confirmed', decided_at = :now WHERE id = :h",
                  now=s.now, h=hit)  # fmt: skip
    return lookout, hit


def case_of(pair, hit):
    return pair.ca.value("SELECT case_id FROM act.hit WHERE id = :h", h=hit)


def ask(pair, hit):
    with pair.ca.store.act(BORIS, BY_LIST, case_of(pair, hit)) as s:
        return questions.ask(s, pair.ca.home, hit)


def answer_to(pair, hit):
    with pair.ca.act() as s:
        return questions.of_hit(s, hit)[0]


def test_the_outcome_goes_home_and_the_owners_desk_has_a_case_until_it_answers(pair):
    lookout, hit = met(pair, "401")
    assert encounters.report_confirmed(pair.ca.node) == 1
    encounters.report_outcome(pair.ca.node, hit)  # a job that runs again tells nothing twice
    assert encounters.report_confirmed(pair.ca.node) == 0
    pair.settle()
    with pair.us.act() as s:
        (encounter,) = [e for e in encounters.received(s) if e["lookout"] == lookout]
    assert encounter["body"]["flight"] == "AF401 2026-11-24 CDG-YUL"
    assert encounter["body"]["encounter_outcome"] == "confirmed"
    assert {type(r["body"]) for r in pair.us.rows("SELECT body FROM exchange.encounter")} == {bytes}
    assert {type(r["body"]) for r in pair.ca.rows("SELECT body FROM exchange.encounter")} == {bytes}
    case = pair.us.rows("SELECT * FROM act.case_file WHERE id = :c", c=encounter["case_id"])[0]
    assert (case["kind"], case["state"]) == ("confirm", "open")
    with pair.us.act() as s:
        encounters_in.answer(s, encounter["id"], "confirmed")
    case = pair.us.rows("SELECT * FROM act.case_file WHERE id = :c", c=encounter["case_id"])[0]
    assert (case["state"], case["closed_as"]) == ("closed", "confirmed")
    with pair.us.act() as s, pytest.raises(encounters_in.AlreadyAnswered):
        encounters_in.answer(s, encounter["id"], "refuted")


def test_a_later_outcome_updates_the_same_encounter(pair):
    lookout, hit = met(pair, "402")
    encounters.report_outcome(pair.ca.node, hit)
    with pair.ca.act() as s:
        s.run("UPDATE act.hit SET outcome = 'no-result' WHERE id = :h", h=hit)
    encounters.report_outcome(pair.ca.node, hit)
    pair.settle()
    with pair.us.act() as s:
        found = [e for e in encounters.received(s) if e["lookout"] == lookout]
    assert [f["body"]["encounter_outcome"] for f in found] == ["no-result"]


def test_nothing_goes_home_before_an_officer_confirmed(pair):
    _, hit = met(pair, "403", confirmed=False)
    encounters.report_outcome(pair.ca.node, hit)
    assert pair.ca.value("SELECT count(*) FROM exchange.outbox WHERE record = :h", h=hit) == 0


def test_a_name_alone_never_leaves_the_building(pair):
    _, hit = met(pair, "404")
    with pair.ca.act() as s:
        s.run("UPDATE act.hit SET said = NULL WHERE id = :h", h=hit)
    encounters.report_outcome(pair.ca.node, hit)
    row = pair.ca.rows("SELECT state, payload, answer FROM exchange.outbox WHERE record = :h",
                       h=hit)[0]  # fmt: skip
    assert (row["state"], row["payload"]) == ("withheld", None)
    assert row["answer"]["withheld"][0]["clause"] == "red-line-2"


def test_a_document_that_agrees_is_answered_at_once_with_what_the_agreement_grants(pair):
    lookout, hit = met(pair, "405")
    ask(pair, hit)
    pair.settle()
    answer = answer_to(pair, hit)
    assert answer.state == "answered"
    assert answer.answer["hit"] is True
    assert answer.answer["basis"] == "warrant"
    assert answer.answer["id"] == lookout
    register = pair.us.rows(
        "SELECT fields FROM custody.disclosure WHERE record IN (SELECT id FROM exchange.request"
        " WHERE way = 'in' AND lookout = :l)",
        l=lookout,
    )
    assert "basis" in register[0]["fields"]


def test_without_a_document_a_person_decides_and_a_no_looks_like_nothing(pair):
    lookout, hit = met(pair, "406", document=False)
    ask(pair, hit)
    pair.settle()
    with pair.us.act() as s:
        (held,) = [q for q in questions.held(s) if q.lookout == lookout]
        questions_in.decide(s, pair.us.home, held.id, match=False, officer="refuse")
    pair.settle()
    answer = answer_to(pair, hit)
    assert answer.state == "answered"
    assert set(answer.answer.values()) == {None}
    with pair.us.act() as s, pytest.raises(questions_in.AlreadyDecided):
        questions_in.decide(s, pair.us.home, held.id, match=True)


def test_granted_and_refused_answers_have_the_same_size_on_the_wire(pair):
    sizes = []
    for flight, match, officer in (("407", True, "release"), ("408", False, "refuse")):
        lookout, hit = met(pair, flight, document=False)
        ask(pair, hit)
        pair.ca.send()
        with pair.us.act() as s:
            (held,) = [q for q in questions.held(s) if q.lookout == lookout]
            questions_in.decide(s, pair.us.home, held.id, match=match, officer=officer)
        pair.us.cable.posted.clear()
        pair.us.send()
        sizes.append([len(b) for p, b in pair.us.cable.posted if p == BATCH_PATH])
    assert sizes[0] == sizes[1]


def test_a_question_needs_a_confirmed_hit_a_case_and_is_put_once(pair):
    _, hit = met(pair, "409", confirmed=False)
    with pytest.raises(questions.NotConfirmed):
        ask(pair, hit)
    _, hit = met(pair, "410")
    with pair.ca.act() as s, pytest.raises(NotOfTheCase):
        questions.ask(s, pair.ca.home, hit)  # no case is assigned
    ask(pair, hit)
    with pytest.raises(questions.AlreadyAsked):
        ask(pair, hit)


def test_a_question_nobody_answers_expires(pair):
    _, hit = met(pair, "411", document=False)
    ask(pair, hit)
    pair.settle()
    pair.later(hours=25)
    with pair.ca.act() as s:
        assert questions.expire(s) >= 1
    assert answer_to(pair, hit).state == "expired"

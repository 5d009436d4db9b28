"""A question about a person: existence first, then fields one by one; clauses stay at home."""

import re
import time
from pathlib import Path

import msgspec
import pytest

from smartborder.agreements.padding import answer_size, read_payload
from smartborder.model.exchange import EnvelopeRefused
from smartborder.model.screening import ListedDocument
from smartborder.node.act.intake import receive
from smartborder.node.exchange import (
    at_once,
    files,
    keys,
    outbox,
    probing,
    purpose,
    query,
    query_in,
)
from smartborder.node.exchange.files import File
from smartborder.node.exchange.purpose import NotOfTheCase, agreed_purpose
from smartborder.node.exchange.questions import NotPermitted
from smartborder.node.exchange.questions_in import AlreadyDecided
from smartborder.node.exchange.transport import PartnerUnreachable
from smartborder.node.exchange.wire import BATCH_PATH, QUERY_PATH, RECEIPTS_PATH, decode_posted
from smartborder.node.lookouts import writing
from smartborder.node.store import programs, session
from smartborder.node.store.session import SYSTEM, NotFound
from tests.scenarios.test_lookouts import AIRLINE, passenger
from tests.scenarios.test_redress import look, opened, requester
from tests.support.pair import BORIS, content

pytestmark = pytest.mark.node

FACTS = {"citizenships": ["HUN"], "permanent_resident_of": [], "refugee_claimant_in": [],
         "alleges_persecution_in": [], "previous_finding": ["document-issued"]}  # fmt: skip
HELD = {
    "surname": "PRUEFER", "given_names": "ZOLTAN", "birth_date": "1970-02-03",
    "citizenships": ["HUN"], "immigration_status": "visitor", "admissibility_decision": "admitted",
    "eta_application": "approved 2026-03-02", "visa_application": "approved 2024-05-06",
    "work_permit": "none sought", "study_permit": "none sought", "benefit_application": "none",
    "as_of": "2026-11-20", "source": "GCMS",
}  # fmt: skip
FOURTEEN = (
    "immigration_status", "admissibility_decision", "eta_application", "as_of", "source",
    "protection_claim", "claim_identity", "claim_processing", "claim_decision_grounds",
    "claim_previous", "protection_decision", "claim_narrative", "officer_remarks", "fingerprints",
)  # fmt: skip
CLAIMANT = (
    "visa_application", "eta_application", "work_permit", "study_permit", "benefit_application",
    "surname", "given_names", "birth_date", "citizenships", "immigration_status",
    "admissibility_decision", "as_of", "source", "match_method",
)  # fmt: skip


def met(pair, flight):
    """An open case at the US about a traveller of this flight; (case, document number)."""
    message = passenger(flight=flight)
    number = message.split(b"DOC+P:110:111+")[1].split(b"'")[0].decode()
    with pair.us.act() as s:
        about = content(documents=(ListedDocument(number=number, issuer="HUN"),))
        writing.create(s, pair.us.home, about)
    (stored,) = receive(pair.us.node, AIRLINE, message).messages
    case = pair.us.value(
        "SELECT c.id FROM act.case_file c JOIN act.traveller_version v ON v.traveller = c.traveller"
        " WHERE v.message = :m AND c.state = 'open'", m=stored)  # fmt: skip
    return case, number


def hold(pair, number, facts=None, **fields):
    with pair.ca.store.act(SYSTEM, "registers") as s:
        files.load(s, [File(document=number, issuer="HUN", fields={**HELD, **fields},
                            facts=FACTS if facts is None else facts)], source="test")  # fmt: skip


def ask(pair, case, asks=query.EXISTENCE, direct=None):
    with pair.us.store.act(BORIS, "passenger-information", case) as s:
        return query.ask(s, pair.us.home, asks=asks, direct=direct).query


def answer(pair, asked):
    with pair.us.act() as s:
        row = s.one(f"{query.ROWS} WHERE q.id = :q", q=asked)
        return query.SEALED.opened(s, row)


def sent_back(pair, asked):
    """Canada's own sheet about its answer."""
    envelope = answer(pair, asked)["envelope"]
    found = pair.ca.rows("SELECT id FROM exchange.outbox WHERE in_reply_to = :e ORDER BY n",
                         e=envelope)  # fmt: skip
    with pair.ca.act() as s:
        return [outbox.one(s, row["id"]) for row in found]


def test_existence_then_fields_five_granted_nine_withheld_by_clause(pair):
    case, number = met(pair, "601")
    hold(pair, number)
    step = ask(pair, case)
    pair.settle()
    assert answer(pair, step)["answer"] == {"hit": True}
    asked = ask(pair, case, FOURTEEN)
    pair.settle()
    (sheet,) = sent_back(pair, asked)
    assert sheet.answer.granted == FOURTEEN[:5]
    assert {w.field: w.clause for w in sheet.answer.withheld} == {
        **dict.fromkeys(FOURTEEN[5:12], "US-6b"),
        "officer_remarks": "free-text", "fingerprints": "transient-only",
    }  # fmt: skip
    given = answer(pair, asked)["answer"]
    assert {k: v for k, v in given.items() if v is not None} == {k: HELD[k] for k in FOURTEEN[:5]}
    assert set(given) == set(FOURTEEN)
    register = pair.ca.rows("SELECT fields, purpose FROM custody.disclosure WHERE record = :r",
                            r=sheet.record)  # fmt: skip
    assert [r["fields"] for r in register] == [["hit"], list(FOURTEEN[:5])]
    assert {r["purpose"] for r in register} == {"authorised-to-travel"}
    header = pair.ca.value("SELECT header FROM exchange.inbox WHERE id = :e",
                           e=answer(pair, asked)["envelope"])  # fmt: skip
    assert (header["schema"], tuple(header["asks"])) == (2, FOURTEEN)


def test_the_purpose_is_that_of_the_case_and_nobody_asks_for_another(pair):
    case, _ = met(pair, "603")
    other = pair.us.value("SELECT id FROM act.case_file WHERE id <> :c AND state = 'open' LIMIT 1",
                          c=case)  # fmt: skip
    before = pair.us.value("SELECT count(*) FROM exchange.outbox")
    for why in ("lookouts", "authorised-to-travel", "exchange"):
        with (
            pytest.raises(NotOfTheCase),
            pair.us.store.act(BORIS, why, case) as s,
        ):
            query.ask(s, pair.us.home)
    with pair.us.store.act(BORIS, "passenger-information", other) as s:
        with pytest.raises(NotOfTheCase):
            agreed_purpose(s, "passenger-information", case)
    assert pair.us.value("SELECT count(*) FROM exchange.outbox") == before
    assert agreed_purpose.__module__ == "smartborder.node.exchange.purpose"
    looked_at = {
        file.name
        for file in Path(purpose.__file__).parent.glob("*.py")
        if re.search(r"\bs\.purpose\b|\bUNDER_AGREEMENT\b", file.read_text("utf-8"))
    }
    assert looked_at == {"purpose.py"}, "the purpose of a case is checked in one place"


def test_about_a_claimant_only_permit_data_and_no_trace_of_a_claim_on_the_wire(pair):
    case, number = met(pair, "602")
    hold(pair, number, facts={**FACTS, "refugee_claimant_in": ["USA"]})
    with pytest.raises(query.NoStepHere):
        ask(pair, case, direct="protected")
    asked = ask(pair, case, CLAIMANT, direct="protected")
    pair.us.send()
    pair.ca.cable.posted.clear()
    pair.settle()
    given = {k for k, v in answer(pair, asked)["answer"].items() if v is not None}
    assert given == set(CLAIMANT[:5])
    (sheet,) = sent_back(pair, asked)
    assert {w.clause for w in sheet.answer.withheld} == {"US-6a"}
    body = next(b for p, b in pair.ca.cable.posted if p == BATCH_PATH)
    (part,) = decode_posted(body).parts.values()
    plain = keys.opener(pair.us.home)(part)
    for trace in (b"refug", b"claim", b"asyl", b"protect", b"US-6", b"withheld"):
        assert trace not in body.lower()
        assert trace not in plain.lower()


def shapes(pair, asked):
    """Size of every body Canada posts back, and the names in it, for one question."""
    pair.us.send()
    pair.ca.cable.posted.clear()
    pair.settle()
    body = next(b for p, b in pair.ca.cable.posted if p == BATCH_PATH)
    posted = decode_posted(body)
    header = msgspec.to_builtins(posted.batch.envelopes[0].header)
    (part,) = posted.parts.values()
    plain = keys.opener(pair.us.home)(part)
    own = ("id", "subject", "sequence", "in_reply_to", "sent_at", "parts")
    same = {k: header[k] for k in header if k not in own}
    return (len(body), len(plain), list(read_payload(plain)), same, sorted(header))


def test_withheld_absent_and_empty_look_the_same_on_the_wire(pair):
    kinds = {}
    for n, kind in enumerate(("granted", "withheld", "absent", "empty", "held", "by-name")):
        case, number = met(pair, f"61{n}")
        if kind == "withheld":
            hold(pair, number, facts={**FACTS, "citizenships": ["CAN", "HUN"]})
        elif kind == "empty":
            hold(pair, number, **dict.fromkeys(FOURTEEN[:3], ""))
        elif kind == "held":
            hold(pair, number, facts={"citizenships": ["HUN"]})
        elif kind == "by-name":
            hold(pair, f"Z{number}")
        elif kind == "granted":
            hold(pair, number)
        kinds[kind] = shapes(pair, ask(pair, case, FOURTEEN, direct="known"))
    assert len({str(k) for k in kinds.values()}) == 1
    assert kinds["absent"][1] == answer_size(FOURTEEN[:-1])  # prints have no place in it


def answering(pair, case, statements):
    """Seconds of processor time in which Canada answers one question, and what it asked of SQL."""
    took = []

    def fault(path, body, deliver):
        if path != QUERY_PATH:
            return deliver(body)
        statements.clear()
        began = time.thread_time()
        answer = deliver(body)
        took.append((time.thread_time() - began, list(statements), len(answer)))
        return answer

    pair.us.cable.fault = fault
    with pair.us.store.act(BORIS, "passenger-information", case) as s:
        asked = query.ask(s, pair.us.home, asks=FOURTEEN, direct="known")
        prepared = at_once.prepare(s, pair.us.home, [asked.envelope])
    assert at_once.exchange(pair.us.home, pair.us.store, prepared, pair.us.cable)
    pair.us.cable.fault = None
    at_once.hand_over(pair.us.home, pair.us.store, pair.us.cable)
    return took[0]


def test_withheld_absent_and_empty_take_the_same_steps_and_time(pair, monkeypatch):
    """The same statements in the same order, bodies of one size, processor time alike."""
    statements = []
    plain = session._driver_sql

    def noted(sql):
        statements.append(sql)
        return plain(sql)

    monkeypatch.setattr(session, "_driver_sql", noted)  # what is read, and what goes along with it
    cases = {}
    for n, kind in enumerate(("granted", "withheld", "absent", "empty")):
        case, number = met(pair, f"63{n}")
        cases[kind] = case
        if kind != "absent":
            barred = {**FACTS, "citizenships": ["CAN", "HUN"]}
            empty = dict.fromkeys(FOURTEEN[:5], "") if kind == "empty" else {}
            hold(pair, number, facts=barred if kind == "withheld" else FACTS, **empty)
    pair.settle()
    unlimited(pair)
    found = {kind: [] for kind in cases}
    for _ in range(6):
        for kind, case in cases.items():
            found[kind].append(answering(pair, case, statements))
    seen = {kind: {(tuple(sql), size) for _, sql, size in runs[1:]} for kind, runs in found.items()}
    assert seen["absent"] == seen["withheld"] == seen["empty"]
    fastest = {kind: min(took for took, _, _ in runs) for kind, runs in found.items()}
    assert max(fastest.values()) < 1.6 * min(fastest.values()), fastest


def test_a_question_for_what_the_agreement_does_not_name_is_refused_and_attributed(pair):
    case, number = met(pair, "650")
    hold(pair, number)
    asked = ask(pair, case)
    with pair.us.act() as s:
        s.run("UPDATE exchange.outbox SET asks = '{hit,whole_flight}' WHERE id ="
              " (SELECT envelope FROM exchange.query WHERE id = :q)", q=asked)  # fmt: skip
    before = pair.ca.value("SELECT count(*) FROM exchange.refusal WHERE partner = 'USA'"
                           " AND code = 'exchange.over-broad'")  # fmt: skip
    pair.us.send()
    assert pair.ca.value("SELECT count(*) FROM exchange.refusal WHERE partner = 'USA'"
                         " AND code = 'exchange.over-broad'") == before + 1  # fmt: skip
    with pair.us.act() as s:
        (dead,) = [e for e in outbox.lately(s, state="dead") if e.code == "exchange.over-broad"]
    assert dead.agreement == "us-visa-sharing"  # an officer sees it on the exchange page


def test_a_partner_one_version_behind_gets_what_it_reads(pair):
    case, _ = met(pair, "651")
    pair.settle()
    with pair.us.act() as s:
        s.run("UPDATE exchange.partner SET reads = '{1}', hello_at = :now", now=s.now)
        made = writing.create(s, pair.us.home, content("One BEHIND")).id
    with pytest.raises(NotPermitted):
        ask(pair, case)
    pair.us.send()
    header = pair.ca.value("SELECT header FROM exchange.inbox WHERE record = :r", r=made)
    assert header["schema"] == 1
    pair.later(seconds=11)
    pair.settle()  # its next hello says what it reads
    assert pair.us.value("SELECT reads FROM exchange.partner") == [2, 1]


def test_a_question_is_bound_to_an_open_case_and_limited(pair):
    case, _ = met(pair, "603")
    with pytest.raises(query.NoTraveller):
        ask(pair, None)
    with pytest.raises(query.StepFirst):
        ask(pair, case, FOURTEEN)
    with pytest.raises(query.UnknownField):
        ask(pair, case, ("whole_flight",), direct="known")
    pair.later(hours=2)
    for _ in range(query.MOST_PER_HOUR):
        ask(pair, case)
    with pytest.raises(query.TooMany):
        ask(pair, case)
    with pair.us.act() as s:
        s.run("UPDATE act.case_file SET state = 'closed' WHERE id = :c", c=case)
    pair.later(hours=2)
    with pytest.raises(query.NoTraveller):
        ask(pair, case)
    pair.settle()


def test_nothing_at_the_first_step_is_nothing_at_the_second(pair):
    """Both answers together must not tell more than each: a claimant is not found out by two."""
    case, number = met(pair, "604")
    hold(pair, number, facts={**FACTS, "refugee_claimant_in": ["USA"]})
    step = ask(pair, case)
    pair.settle()
    assert answer(pair, step)["answer"] == {"hit": None}
    with pytest.raises(query.StepFirst):
        ask(pair, case, CLAIMANT)
    with pair.us.act() as s:
        row = s.one(f"{query.ROWS} WHERE q.id = :q", q=step)
        s.run("UPDATE exchange.query SET answer = :yes WHERE id = :q", q=step,
              yes=query.SEALED.given(s, row, {"hit": True}))  # fmt: skip
    asked = ask(pair, case, CLAIMANT)
    pair.settle()
    assert set(answer(pair, asked)["answer"].values()) == {None}


def test_a_match_by_name_waits_for_a_person_who_may_release_it_later(pair):
    case, number = met(pair, "605")
    with pair.ca.act() as s:
        s.run("DELETE FROM exchange.file")  # files of other tests have the same name
    hold(pair, f"Z{number}")
    asked = ask(pair, case, FOURTEEN[:5], direct="known")
    pair.settle()
    assert set(answer(pair, asked)["answer"].values()) == {None}
    with pair.ca.act() as s:
        envelope = answer(pair, asked)["envelope"]
        (waits,) = [q for q in query.waiting(s) if q.envelope == envelope]
        query_in.decide(s, pair.ca.home, waits.id, release=True)
    pair.settle()
    assert answer(pair, asked)["answer"]["source"] == "GCMS"
    first, second = sent_back(pair, asked)
    assert (first.answer.granted, len(second.answer.granted)) == ((), 5)
    with pair.ca.act() as s, pytest.raises(AlreadyDecided):
        query_in.decide(s, pair.ca.home, waits.id, release=True)


def unlimited(pair):
    """Another officer, every time: the partner's probing is judged here, not its own limit."""
    with pair.us.act() as s:
        s.run("UPDATE exchange.query SET asked_by = 'officer:other' WHERE way = 'out'")


def dumped(side):
    """The questions as an administrator of the database reads them, row security and all."""
    command = [*programs.program(side.home, "pg_dump"), "--table=exchange.query",
               f"--dbname={side.home.database.name}"]  # fmt: skip
    with programs.running(side.home, command) as dump:
        return dump.read()


def test_an_administrator_reads_no_question_and_no_answer_and_the_person_is_found(pair):
    case, number = met(pair, "377")
    hold(pair, number, source="KANARIENVOGEL")
    ask(pair, case)
    pair.settle()
    asked = ask(pair, case, ("source",))
    pair.settle()
    with pair.us.act() as s:
        newest = query.of_case(s, case)[0]
    assert (newest.id, newest.answer) == (asked, {"source": "KANARIENVOGEL"})
    for side in (pair.us, pair.ca):
        dump = dumped(side)
        assert newest.envelope.encode() in dump
        for word in ("KANARIENVOGEL", number, newest.body["surname"]):
            assert word.encode() not in dump
            assert word.encode().hex().encode() not in dump
    theirs = pair.ca.value("SELECT id FROM exchange.query WHERE envelope = :e", e=newest.envelope)
    by_document = requester("WRITTEN", given_names="OTHERWISE", document=number)
    by_name = requester(newest.body["surname"], given_names=newest.body["given_names"].lower(),
                        birth_date=newest.body["birth_date"])  # fmt: skip
    for person in (by_document, by_name):
        copies = {c.record: c.originator for c in look(pair.ca, opened(pair.ca, person))}
        assert copies[theirs] == "USA"


def test_many_questions_about_people_nobody_knows_are_probing(pair):
    pair.later(hours=2)
    case, _ = met(pair, "606")
    noted = "SELECT count(*) FROM exchange.refusal WHERE code = 'exchange.probing'"
    with pair.ca.act() as s:
        s.run("DELETE FROM exchange.file")
    for _ in range(probing.MISSES):
        unlimited(pair)
        ask(pair, case)
    pair.settle()
    known, number = met(pair, "607")
    hold(pair, number)
    unlimited(pair)
    asked = ask(pair, known)
    pair.settle()
    assert answer(pair, asked)["answer"] == {"hit": None}  # until a person has looked
    assert pair.ca.value(noted) == 1
    pair.later(hours=2)
    unlimited(pair)
    again = ask(pair, known)
    pair.settle()
    assert answer(pair, again)["answer"] == {"hit": True}


def test_a_sample_of_the_partners_questions_is_reviewed(pair):
    with pair.ca.act() as s:
        s.run("UPDATE exchange.query SET sampled = true WHERE id = (SELECT max(id) FROM"
              " exchange.query WHERE way = 'in')")  # fmt: skip
        drawn = query.samples(s)
        probing.review(s, drawn[0].id)
        assert len(query.samples(s)) == len(drawn) - 1
        with pytest.raises(NotFound):
            probing.review(s, drawn[0].id)
    drawn = sum(probing.drawn(pair.ca.home, f"envelope-{n}") for n in range(4000))
    assert 120 < drawn < 300


def test_a_file_with_an_unknown_field_or_a_print_is_refused_by_line():
    good = b'{"document": "X1", "issuer": "HUN", "fields": {"source": "GCMS"}}'
    assert len(files.read_lines(good.decode())) == 1
    for bad in (
        '{"fingerprints": "AAAA"}',
        '{"star_sign": "leo"}',
        '{"source": "' + "x" * 200 + '"}',
    ):
        line = '{"document": "X1", "issuer": "HUN", "fields": ' + bad + "}"
        with pytest.raises(files.FileUnusable, match="line 2"):
            files.read_lines(f"{good.decode()}\n{line}")


def ask_at_once(pair, case):
    with pair.us.store.act(BORIS, "passenger-information", case) as s:
        asked = query.ask(s, pair.us.home)
        prepared = at_once.prepare(s, pair.us.home, [asked.envelope])
    return asked, at_once.exchange(pair.us.home, pair.us.store, prepared, pair.us.cable)


def durable(pair):
    """The number of this transaction that writes: one server serves both nodes."""
    with pair.us.act() as s:
        return int(s.value("SELECT pg_current_xact_id()::text"))


def test_who_waits_has_the_answer_after_one_call_and_three_commits(pair):
    case, number = met(pair, "608")
    hold(pair, number)
    pair.settle()
    before = durable(pair)
    asked, answered = ask_at_once(pair, case)
    assert durable(pair) - before - 1 == 3 + 2  # two savepoints, one for each envelope
    assert answered
    assert answer(pair, asked.query)["answer"] == {"hit": True}
    with pair.us.act() as s:
        assert outbox.one(s, asked.envelope).state == "applied"
    (sheet,) = sent_back(pair, asked.query)
    assert sheet.state == "sent"  # our receipt for it follows in a moment
    assert at_once.hand_over(pair.us.home, pair.us.store, pair.us.cable) == 1
    assert at_once.hand_over(pair.us.home, pair.us.store, pair.us.cable) == 0
    (sheet,) = sent_back(pair, asked.query)
    assert sheet.state == "applied"
    leaf = "SELECT count(*) FROM ledger.leaf WHERE kind = 'receipt' AND record = (SELECT batch"
    assert pair.ca.value(f"{leaf} FROM exchange.outbox WHERE id = :i)", i=sheet.id) == 1


@pytest.mark.parametrize("lost", ["there", "back", "receipt"])
def test_what_is_lost_on_the_way_at_once_goes_the_ordinary_way(pair, lost):
    case, number = met(pair, f"62{len(lost)}")
    hold(pair, number)
    pair.settle()

    def fault(path, body, deliver):
        if path == QUERY_PATH and lost == "there":
            raise PartnerUnreachable("lost")
        answer = deliver(body) if path != RECEIPTS_PATH or lost != "receipt" else None
        if answer is None or (path == QUERY_PATH and lost == "back"):
            raise PartnerUnreachable("lost")
        return answer

    pair.us.cable.fault = fault
    asked, answered = ask_at_once(pair, case)
    assert answered is (lost == "receipt")
    assert at_once.hand_over(pair.us.home, pair.us.store, pair.us.cable) == 0
    pair.us.cable.fault = None
    pair.later(seconds=4)
    pair.settle()
    assert answer(pair, asked.query)["answer"] == {"hit": True}
    (sheet,) = sent_back(pair, asked.query)
    assert sheet.state == "applied"
    assert pair.us.value("SELECT count(*) FROM exchange.inbox WHERE id = :i", i=sheet.id) == 1


def test_a_receipt_for_nothing_and_a_forged_one_are_refused(pair):
    receipts = pair.us.rows("SELECT receipt FROM exchange.batch_in ORDER BY id DESC LIMIT 1")
    (receipt,) = [r["receipt"] for r in receipts]
    for name, value in (("batch", "batch-0"), ("root", "0" * 64)):
        bad = {**receipt, "statement": {**receipt["statement"], name: value}}
        with pytest.raises(EnvelopeRefused):
            at_once.receive_receipts(pair.ca.home, pair.ca.store, msgspec.json.encode([bad]))


def test_queries_are_forgotten_with_their_travellers(pair):
    ask(pair, met(pair, "652")[0])
    pair.settle()
    pair.later(days=pair.ca.home.pack.retention["passenger-list"].days + 1)
    with pair.ca.act() as s:
        assert query.forget(s, pair.ca.home) > 0
        assert s.value("SELECT count(*) FROM exchange.query") == 0

"""What was given away is corrected and destroyed everywhere, and the originator hears of it."""

from datetime import date, timedelta

import msgspec
import pytest
from cryptography.exceptions import InvalidTag

from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate, ListedDocument, Query
from smartborder.node.access import users
from smartborder.node.agreements import acting
from smartborder.node.custody import corrections, embargo, lineage, notices, record_keys
from smartborder.node.custody import onward as consents
from smartborder.node.custody.disclosures import disclose
from smartborder.node.custody.onward import OnwardRefused
from smartborder.node.custody.purging import purge
from smartborder.node.desk import officer_decision
from smartborder.node.exchange import age as ages
from smartborder.node.exchange import correction, crossings, onward, questions
from smartborder.node.exchange import embargo as embargo_out
from smartborder.node.exchange.sealed_question import who
from smartborder.node.lookouts import reading, writing
from smartborder.node.lookouts.lapsing import lapse
from smartborder.node.store import programs
from smartborder.node.store.session import SYSTEM
from tests.scenarios.test_exchange_cases import ask, met
from tests.scenarios.test_lookouts import hits, report
from tests.support.pair import content, joined, load_registers

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        load_registers(pair.ca)
        yield pair


def in_dump(side):
    """Everything that an administrator of the database can read."""
    command = [*programs.program(side.home, "pg_dump"), f"--dbname={side.home.database.name}"]
    with programs.running(side.home, command) as dump:
        return dump.read()


OTHER_DAY = (ListedDate(date=PartialDate(1951, 7, 30)),)


def shared(pair, **changes):
    """A look-out of the United States that Canada holds."""
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content(**changes)).id
    pair.settle()
    return made


def correct(pair, lookout, **changes):
    with pair.us.act() as s:
        writing.correct(s, pair.us.home, lookout, content(**changes))


def the_hit(pair, lookout, traveller):
    (hit,) = [h for h in hits(pair.ca, traveller) if h["entry"] == f"lookout:{lookout}"]
    return hit


def state_of(side, lookout):
    with side.act() as s:
        return {c.party: c.state for c in corrections.of_record(s, lookout)}


def test_a_wrong_birth_date_is_corrected_at_the_partner_the_hit_withdrawn_and_confirmed(pair):
    lookout = shared(pair, name="Soltan PRUFERT", documents=())
    traveller = report(pair.ca, flight="601")
    before = the_hit(pair, lookout, traveller)
    assert before["state"] == "open"
    correct(pair, lookout, name="Soltan PRUFERT", documents=(), birth_dates=OTHER_DAY)
    assert state_of(pair.us, lookout) == {"partner:CAN": "sent"}
    pair.settle()
    after = the_hit(pair, lookout, traveller)
    assert (after["state"], after["name"], after["reasons"]) == ("withdrawn", "", ())
    assert pair.ca.value("SELECT state FROM act.case_file WHERE id = :c",
                         c=before["case_id"]) == "closed"  # fmt: skip
    assert state_of(pair.us, lookout) == {"partner:CAN": "confirmed"}
    (received,) = pair.ca.rows("SELECT * FROM custody.correction WHERE record = :r", r=lookout)
    assert received["derived"] == {"destroyed": [before["id"]]}


def test_what_was_used_for_a_decision_stays_noted_and_its_case_opens_again(pair):
    lookout, hit = met(pair, "602")
    ask(pair, hit)
    pair.settle()
    case = pair.ca.value("SELECT case_id FROM act.hit WHERE id = :h", h=hit)
    with pair.ca.act() as s:
        s.run("UPDATE act.case_file SET state = 'closed', closed_as = 'confirmed' WHERE id = :c",
              c=case)  # fmt: skip
    correct(pair, lookout, documents=(), birth_dates=OTHER_DAY, office="Another desk")
    pair.settle()
    (row,) = pair.ca.rows("SELECT * FROM act.case_file WHERE id = :c", c=case)
    assert row["state"] == "open"
    assert row["reasons"][-1]["code"] == "custody.source-corrected"
    assert pair.ca.value("SELECT said FROM act.hit WHERE id = :h", h=hit) is not None
    notes = pair.ca.rows("SELECT note FROM act.case_event WHERE case_id = :c"
                         " AND what = 'source-corrected'", c=case)  # fmt: skip
    assert [n["note"] for n in notes] == [f"{lookout}@2"]
    with pair.ca.act() as s:
        (asked,) = questions.of_hit(s, hit)
    answer = asked.answer
    assert answer["birth_dates"][0]["date"]["year"] == 1951
    assert answer["office"] == "Another desk"
    assert state_of(pair.us, lookout) == {"partner:CAN": "confirmed"}


def test_a_correction_outlives_a_suspension_and_brings_nothing_new(pair):
    lookout = shared(pair)
    with pair.us.act() as s:
        acting.act(s, pair.us.home, "shared-lookouts", "suspend", "test")
    unknown = None
    try:
        correct(pair, lookout, nationalities=("CZE",))
        with pair.us.act() as s:
            unknown = writing.create(s, pair.us.home, content()).id
        pair.settle()
        with pair.ca.act() as s:
            assert reading.one(s, lookout).lookout.nationalities == ("CZE",)
        assert state_of(pair.us, lookout) == {"partner:CAN": "confirmed"}
        assert pair.ca.rows("SELECT 1 FROM lookouts.lookout WHERE id = :u", u=unknown) == []
    finally:
        with pair.us.act() as s:
            acting.act(s, pair.us.home, "shared-lookouts", "resume", "test")
        pair.settle()


def test_whoever_holds_it_on_paper_is_told_by_a_person(pair):
    lookout = shared(pair)
    with pair.us.act() as s:
        disclose(s, recipient="court:file-7", kind="lookout", record=lookout,
                 fields=("names",), means="print")  # fmt: skip
    correct(pair, lookout, nationalities=("CZE",))
    assert state_of(pair.us, lookout) == {"court:file-7": "by-hand", "partner:CAN": "sent"}
    with pair.us.act() as s:
        (waiting,) = corrections.by_hand(s)
        corrections.told(s, waiting.id)
        assert corrections.by_hand(s) == []
    pair.settle()
    assert state_of(pair.us, lookout) == {"court:file-7": "told", "partner:CAN": "confirmed"}


def test_a_new_review_date_is_no_correction(pair):
    lookout = shared(pair)
    with pair.us.act() as s:
        writing.review(s, pair.us.home, lookout, content().review_by.replace(month=10))
    pair.settle()
    assert state_of(pair.us, lookout) == {}
    with pair.ca.act() as s:
        assert reading.one(s, lookout).lookout.review_by.month == 10


def test_every_received_record_keeps_its_terms(pair):
    lookout = shared(pair)
    (row,) = pair.ca.rows("SELECT * FROM custody.received WHERE record = :r", r=lookout)
    assert (row["partner"], row["agreement"], row["purpose"]) == (
        "USA", "shared-lookouts", "border-lookout",
    )  # fmt: skip
    assert (row["delete_by"] - pair.clock.now().date()).days == 1825
    assert row["caveats"] == ["originator-control"]


def answered(pair, flight, *, decided):
    """A question that the partner answered, in a case that is closed; the id of the question."""
    _, hit = met(pair, flight)
    record = ask(pair, hit)
    pair.settle()
    pair.later(minutes=1)
    with pair.ca.act() as s:
        case = s.value("SELECT case_id FROM act.hit WHERE id = :h", h=hit)
        if decided:
            officer_decision.record(s, subject=hit, case=case, outcome="refer",
                                    reasons=(lineage.CORRECTED,))  # fmt: skip
        s.run("UPDATE act.case_file SET state = 'closed' WHERE id = :c", c=case)
    return record


def test_an_answer_that_nobody_used_is_destroyed_with_a_receipt(pair):
    unused, used = answered(pair, "603", decided=False), answered(pair, "604", decided=True)
    purge(pair.ca.node)
    pair.settle()
    kept = pair.ca.rows("SELECT id, answer FROM exchange.request WHERE id = ANY(:ids) ORDER BY id",
                        ids=[unused, used])  # fmt: skip
    assert [k["answer"] is None for k in kept] == [True, False]
    receipts = {
        record: pair.us.value(
            "SELECT count(*) FROM custody.receipt r JOIN exchange.request q ON q.id = r.record"
            " WHERE r.way = 'in' AND q.envelope = :e",
            e=pair.ca.value("SELECT envelope FROM exchange.request WHERE id = :id", id=record),
        )
        for record in (unused, used)
    }
    assert receipts == {unused: 1, used: 0}


def test_two_corrections_in_one_batch_are_both_applied_and_confirmed(pair):
    lookout = shared(pair)
    correct(pair, lookout, nationalities=("CZE",))
    correct(pair, lookout, nationalities=("SVK",))
    pair.settle()
    with pair.us.act() as s:
        done = {c.version: c.state for c in corrections.of_record(s, lookout)}
    assert done == {2: "confirmed", 3: "confirmed"}
    with pair.ca.act() as s:
        assert reading.one(s, lookout).lookout.nationalities == ("SVK",)


def test_s9_a_land_crossing_is_held_fifteen_years_and_its_correction_confirmed_back(pair):
    wrong = crossings.Crossing(
        surname="MORALES", given_names="ANA", birth_date="1980-02-01", nationality="HND",
        document_type="P", document_number="E7788990", document_issuer="HND",
        crossing_port="0901", crossing_at=pair.clock.now(),
    )  # fmt: skip
    with pair.us.act(purpose="border-crossing") as s:
        crossings.record(s, pair.us.home, wrong)
    mine = str(pair.us.value("SELECT id FROM exchange.crossing"))
    pair.settle()
    (held,) = pair.ca.rows("SELECT c.id, c.content, r.delete_by FROM exchange.crossing c"
                           " JOIN custody.received r ON r.record = c.id")  # fmt: skip
    assert held["delete_by"] == date(2041, 11, 24)
    right = msgspec.structs.replace(wrong, birth_date="1980-01-02")
    with pair.us.act(purpose="border-crossing") as s:
        correction.correct_crossing(s, pair.us.home, mine, right)
    pair.settle()
    (now,) = crossed(pair.ca)
    assert now["id"] == held["id"]
    assert now["said"]["birth_date"] == "1980-01-02"
    assert state_of(pair.us, mine) == {"partner:CAN": "confirmed"}
    with pair.ca.act() as s:
        s.run("UPDATE custody.received SET delete_by = :day WHERE record = :r",
              day=s.now.date() - timedelta(days=1), r=held["id"])  # fmt: skip
    assert purge(pair.ca.node).due == 1
    assert pair.ca.rows("SELECT 1 FROM exchange.crossing") == []
    with pair.us.act(purpose="border-crossing") as s:
        correction.correct_crossing(s, pair.us.home, mine, wrong)
    pair.settle()  # a correction of what is gone is taken note of and keeps nothing
    assert pair.ca.rows("SELECT 1 FROM exchange.crossing") == []


def officers(side, *logins):
    with side.store.act(SYSTEM, users.PURPOSE) as s:
        return [users.add(s, login=x, name=x.title(), roles=["counsel"]).actor for x in logins]


def opened_by(side, actor, record):
    with side.store.act(actor, "listing") as s:
        return embargo.open_notice(s, side.home, record)


def found_by_bank(side, name):
    with side.act() as s:
        (hits,) = side.node.lookouts.loaded(s).lookouts.screen(
            [Query(id="1", name=name, kind="organisation")], as_of=s.now.date()
        )
    return bool(hits)


def test_s13_a_notice_is_open_to_named_officers_and_listed_on_both_sides_at_one_instant(pair):
    name = "Northern Lantern Relief Front"
    clerk, other = officers(pair.ca, "clerk", "curious")
    at = pair.clock.now() + timedelta(hours=1)
    notice = embargo.Notice(
        names=(name,), documents=(ListedDocument(number="REG-77120", issuer="HND"),),
        authority="Department of State", named=("clerk",), release_at=at,
    )  # fmt: skip
    with pair.us.act() as s:
        record = embargo_out.send(s, pair.us.home, notice)
    pair.settle()
    assert opened_by(pair.ca, other, record) is None
    seen = opened_by(pair.ca, clerk, record)
    assert seen is not None
    assert seen.names == (name,)
    assert name.encode() not in in_dump(pair.ca)  # an administrator of the database sees nothing
    with pair.ca.act() as s:
        tries = [(o.officer, o.opened) for o in notices.openings(s, record)]
    assert tries == [(other.id, False), (clerk.id, True)]
    pair.clock.move(timedelta(minutes=59, seconds=59))
    for side in (pair.ca, pair.us):
        assert embargo.release(side.node) == 0
        assert not found_by_bank(side, name)
    pair.later(seconds=1)
    for side in (pair.ca, pair.us):
        assert embargo.release(side.node) == 1
        assert found_by_bank(side, name)
        assert side.value("SELECT released_at FROM custody.notice") == at
    assert opened_by(pair.ca, other, record) is not None
    for _ in range(3):  # both hold the same: nothing is out of step
        pair.later(minutes=11)
        pair.settle()
    assert pair.us.value("SELECT out_of_step FROM exchange.partner") is None


def printed(pair, record, recipient):
    with pair.ca.act() as s:
        disclose(s, recipient=recipient, kind="lookout", record=record, fields=("names",),
                 means="print")  # fmt: skip


def test_a_partners_record_is_passed_on_to_nobody_without_its_originators_consent(pair):
    lookout = shared(pair)
    with pytest.raises(OnwardRefused):
        printed(pair, lookout, "court:file-9")
    with pair.ca.act() as s:
        for to in ("court", "police"):
            onward.ask(s, pair.ca.home, lookout, to)
        with pytest.raises(onward.CannotAsk):
            onward.ask(s, pair.ca.home, lookout, "newspaper")
    pair.settle()
    with pytest.raises(OnwardRefused):  # silence is a refusal
        printed(pair, lookout, "court:file-9")
    with pair.us.act() as s:
        asked = {o.onward_to: o.id for o in consents.waiting(s) if o.record == lookout}
        onward.answer(s, pair.us.home, asked["court"], consent=True)
        onward.answer(s, pair.us.home, asked["police"], consent=False)
    pair.settle()
    printed(pair, lookout, "court:file-9")
    with pytest.raises(OnwardRefused):
        printed(pair, lookout, "police:file-9")
    with pair.us.act() as s:
        own = writing.create(s, pair.us.home, content()).id
        disclose(s, recipient="court:file-9", kind="lookout", record=own, fields=("names",),
                 means="print")  # fmt: skip


def test_s15_six_hours_without_the_partner_lose_double_and_serve_nothing_stale(pair):
    evening = pair.clock.now().replace(hour=20, minute=0) + timedelta(days=1)
    pair.clock.move(evening - pair.clock.now())
    ends = shared(pair, name="Mirko ABLAUF", review_by=(evening + timedelta(days=1)).date())
    pair.us.cable.connected = pair.ca.cable.connected = False
    made = []
    for hour in range(6):
        with pair.us.act(purpose="border-crossing") as s:
            for n in range(5):
                crossing = crossings.Crossing(
                    surname=f"PENDLER{hour}{n}", birth_date="1980-02-01", nationality="CAN",
                    document_type="P", document_number=f"GA{hour}{n}", document_issuer="CAN",
                    crossing_port="0901", crossing_at=s.now + timedelta(seconds=n),
                )  # fmt: skip
                crossings.record(s, pair.us.home, crossing)
                made.append(crossing.surname)
        pair.later(hours=1)
        assert pair.us.send() == 0
        assert report(pair.ca, flight=f"61{hour}")  # Canada goes on from what it holds
    with pair.ca.act() as s:
        assert ages.age(s, pair.ca.home).silent
        lapse(pair.ca.store)
        assert not reading.one(s, ends).in_force  # nothing is served beyond its validity
    pair.us.cable.connected = pair.ca.cable.connected = True
    pair.later(seconds=30)
    pair.settle()
    got = [r["said"]["surname"] for r in crossed(pair.ca) if r["way"] == "received"]
    assert got == made  # each once, in the order of the border


def crossed(side):
    """The crossings that a side holds, oldest first, each with what it says."""
    with side.act() as s:
        rows = s.rows("SELECT c.*, k.wrapped FROM exchange.crossing c"
                      " JOIN custody.record_key k ON k.id = c.id ORDER BY c.id")  # fmt: skip
        return [{**r, "said": crossings.SEALED.said(s, r)} for r in rows]


def hidden(canary, dump):
    """Whether neither the words nor their bytes, as a dump writes them, are in ``dump``."""
    return canary.encode() not in dump and canary.encode().hex().encode() not in dump


def test_an_administrator_of_the_receiving_database_reads_no_crossing(pair):
    with pair.us.act(purpose="border-crossing") as s:
        crossings.record(s, pair.us.home, crossings.Crossing(
            surname="KANARIENVOGEL", given_names="TWEETY", birth_date="1980-02-01",
            nationality="HND", document_type="P", document_number="KANARI770",
            document_issuer="HND", crossing_port="0901", crossing_at=s.now,
        ))  # fmt: skip
    pair.settle()
    row = crossed(pair.ca)[-1]
    said = row["said"]
    assert (said["surname"], said["document_number"]) == ("KANARIENVOGEL", "KANARI770")
    dump = in_dump(pair.ca)
    assert row["id"].encode() in dump
    assert hidden("KANARIENVOGEL", dump)
    assert hidden("KANARI770", dump)
    with pair.ca.act() as s:
        key = record_keys.unwrap(s.data_key, row["id"], row["wrapped"])
        other = record_keys.wrap(s.data_key, "crossing-other", key)
        with pytest.raises(InvalidTag):  # nor is one record's content passed off as another's
            crossings.SEALED.said(s, {**row, "id": "crossing-other", "wrapped": other})


def test_an_administrator_reads_no_look_out_and_no_question_about_a_hit(pair):
    """Neither the partner's nor ours, nor what a hit repeats of one; travellers are ours."""
    unmet = shared(pair, name="Kanarina VOGELSANG", office="Kanarienamt")
    lookout, hit = met(pair, "609")
    correct(pair, lookout, office="Kanarientisch", documents=pair.us.lookout(lookout).documents)
    pair.settle()
    ask(pair, hit)
    pair.settle()
    with pair.ca.act() as s:
        (asked,) = questions.of_hit(s, hit)
        assert reading.one(s, unmet).lookout.office == "Kanarienamt"
    assert asked.body["document_number"]
    assert asked.answer["office"] == "Kanarientisch"
    ca, us = in_dump(pair.ca), in_dump(pair.us)
    for dump in (ca, us):
        assert unmet.encode() in dump
        for canary in ("VOGELSANG", "Kanarienamt", "Kanarientisch"):
            assert hidden(canary, dump)
    assert hidden(asked.body["document_number"], us)


def test_redress_finds_a_question_about_a_hit_by_the_traces_of_its_person(pair):
    _, hit = met(pair, "610")
    question = ask(pair, hit)
    with pair.ca.act() as s:
        (asked,) = questions.of_hit(s, hit)
        same = {k: asked.body[k] for k in ("surname", "given_names", "birth_date")}
        for person in ({"document_number": asked.body["document_number"]}, same):
            found = s.rows("SELECT id FROM exchange.request WHERE who && CAST(:who AS bytea[])",
                           who=who(s.data_key, person))  # fmt: skip
            assert question in [r["id"] for r in found]

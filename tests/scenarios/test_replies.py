"""Replies after the first: retries, changes, holds, acknowledgements, parts and failures."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartborder.formats import edifact
from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.node.act import acknowledge, failures, parts, release, unsolicited
from smartborder.node.act.batch import process_transmission
from smartborder.node.act.intake import force_late_parts, receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.custody import raw
from smartborder.node.desk import doubles, overriding, replies
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst
from tests.scenarios.messages import person as reported
from tests.scenarios.test_intake import codes
from tests.support.desk import AIRLINE, TESTER, Desk, person

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def desk(home):
    made = Desk(home)
    made.registers(["12AB34567"])
    yield made
    made.node.close()


@pytest.fixture
def clock(desk):
    """The day starts again at noon after each test."""
    began = desk.time.now()
    yield desk.time
    desk.time.move(began - desk.time.now())


def on(desk, number):
    """The one traveller on flight AF ``number``."""
    (row,) = desk.rows("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                       " WHERE f.number = :n", n=number)  # fmt: skip
    return row["id"]


def change(desk, traveller, code):
    with desk.store.act(SYSTEM, "passenger-information") as s:
        return unsolicited.change_reply(s, desk.node, traveller, code)


def waiting(desk, traveller):
    return desk.rows(
        "SELECT * FROM act.reply WHERE kind = 'unsolicited' AND travellers = ARRAY[:t]"
        " ORDER BY id", t=traveller)  # fmt: skip


def cases(desk, traveller, kind):
    return desk.rows("SELECT * FROM act.case_file WHERE traveller = :t AND kind = :k ORDER BY id",
                     t=traveller, k=kind)  # fmt: skip


# --- retries ------------------------------------------------------------------------------


def test_a_retry_carries_the_verdict_in_force_never_an_ok_since_withdrawn(desk):
    first = receive(desk.node, AIRLINE, paxlst("AGAIN", number="401"))
    assert codes(first.reply) == ["0Z"]
    change(desk, on(desk, "401"), "not-ok")
    again = receive(desk.node, AIRLINE, paxlst("AGAIN", number="401"))
    assert again.messages == first.messages
    assert codes(again.reply) == ["1Z"]


def test_the_same_content_under_a_new_reference_is_a_fresh_query(desk):
    first = receive(desk.node, AIRLINE, paxlst("FRESH1", number="402"))
    second = receive(desk.node, AIRLINE, paxlst("FRESH2", number="402"))
    assert first.messages != second.messages
    assert desk.value("SELECT count(*) FROM act.traveller_version WHERE message = ANY(:m)",
                      m=[*first.messages, *second.messages]) == 2  # fmt: skip


def test_the_same_reference_with_other_content_is_a_new_message_with_a_finding(desk):
    first = receive(desk.node, AIRLINE, paxlst("REUSED", number="403"))
    other = receive(desk.node, AIRLINE, paxlst("REUSED", number="403", departs="2611241430"))
    assert first.messages != other.messages
    assert [f.code for f in other.findings] == ["message.reference-reused"]
    assert codes(other.reply) == ["0Z"]


class Once:
    """A check that fails once, as a library or a disk would, and then never again."""

    id = "once"

    def __init__(self) -> None:
        self.failed = False

    def __call__(self, subjects, context):
        if not self.failed:
            self.failed = True
            raise RuntimeError("MARCHAND must not be in any log")
        from smartborder.node.act.programme import CheckResult

        return [CheckResult(check=self.id) for _ in subjects]


@pytest.fixture
def faulty(desk):
    """The same node with one more check, which fails at its first call."""
    from smartborder.node.act.programme import Programme

    opened = Node(desk.home, [*desk.node.programmes,
                              Programme(id="faulty", points=(), checks=(Once(),))],
                  store=desk.store)  # fmt: skip
    return opened


def test_a_failed_first_try_never_makes_the_second_a_duplicate(desk, faulty, caplog):
    before = desk.value("SELECT count(*) FROM act.message")
    message = paxlst("FAILS", number="404")
    with pytest.raises(failures.NotProcessed) as caught:
        receive(faulty, AIRLINE, message)
    record = caught.value.where["transmission"]
    assert desk.value("SELECT count(*) FROM act.message") == before
    kept = desk.rows("SELECT state, error FROM act.transmission WHERE id = :id", id=record)
    assert kept == [{"state": "failed", "error": "RuntimeError"}]
    with desk.store.act(SYSTEM, "test") as s:
        assert raw.fetch(s, desk.node.data_key, record) == message
    assert "RuntimeError" in caplog.text
    assert "MARCHAND" not in caplog.text
    again = receive(faulty, AIRLINE, message)
    assert codes(again.reply) == ["0Z"]
    assert desk.value("SELECT count(*) FROM act.message") == before + 1


def test_what_was_kept_can_be_processed_again_by_the_engineer(desk, faulty):
    with pytest.raises(failures.NotProcessed) as caught:
        receive(faulty, AIRLINE, paxlst("KEPT", number="405"))
    record = caught.value.where["transmission"]
    client_row(desk)
    process_transmission(desk.node, record)
    assert desk.value("SELECT state FROM act.transmission WHERE id = :id", id=record) == "answered"
    assert desk.value("SELECT count(*) FROM act.reply WHERE transmission = :id", id=record) == 1


def client_row(desk):
    with desk.store.act(SYSTEM, "access") as s:
        s.run("INSERT INTO access.client (id, name, kind, carriers, address, per_minute, made_at,"
              " live_since) VALUES ('client-af', 'AF', 'airline-host', '{AF}', 'AFHOST', 600,"
              " :now, :now) ON CONFLICT DO NOTHING", now=s.now)  # fmt: skip


def test_a_batch_that_cannot_be_used_is_refused_with_its_code(desk):
    client_row(desk)
    for body, code in ((b"  ", "edifact.empty"),
                       (paxlst("X", carrier="LH"), "client.not-your-carrier")):  # fmt: skip
        receipt = receive(desk.node, AIRLINE, body, delivery="batch").transmission
        process_transmission(desk.node, receipt)
        (row,) = desk.rows("SELECT state, error FROM act.transmission WHERE id = :i", i=receipt)
        assert row == {"state": "refused", "error": code}


def test_a_batch_that_fails_stays_with_us_until_it_is_processed(desk, faulty):
    client_row(desk)
    receipt = receive(desk.node, AIRLINE, paxlst("BF", number="406"), delivery="batch").transmission
    with pytest.raises(RuntimeError):
        process_transmission(faulty, receipt)
    assert desk.value("SELECT state FROM act.transmission WHERE id = :i", i=receipt) == "failed"
    process_transmission(faulty, receipt)
    assert desk.value("SELECT state FROM act.transmission WHERE id = :i", i=receipt) == "answered"


# --- changed replies ----------------------------------------------------------------------


def test_a_change_is_told_until_it_is_acknowledged(desk, clock):
    desk.report([person("MARCHAND", "LUC", "1985-03-14", "12AB34567")], number="411")
    t = on(desk, "411")
    body = change(desk, t, "not-ok")
    (message,) = edifact.read_messages(body, travel_year=2026)
    assert message.kind == "unsolicited"
    assert [r.code for r in message.replies] == ["1Z"]
    assert change(desk, t, "not-ok") is None
    assert [r["state"] for r in waiting(desk, t)] == ["awaiting-ack"]
    for tries in (1, 2, 3):
        unsolicited.escalate(desk.node)
        assert waiting(desk, t)[0]["escalations"] == tries
        unsolicited.escalate(desk.node)  # not due yet
        assert waiting(desk, t)[0]["escalations"] == tries
        assert len(cases(desk, t, "acknowledgement")) == (tries == 3)
        clock.move(unsolicited.EVERY)
    assert waiting(desk, t)[0]["state"] == "escalated"
    receive(desk.node, AIRLINE, acknowledgement(message.transaction))
    assert waiting(desk, t)[0]["state"] == "acknowledged"
    assert [c["state"] for c in cases(desk, t, "acknowledgement")] == ["closed"]
    clock.move(10 * MINUTE)
    unsolicited.escalate(desk.node)
    assert waiting(desk, t)[0]["escalations"] == 3


def acknowledgement(transaction):
    """A CUSRES with BGM 312, as the carrier's system writes it."""
    body = f"UNH+9+CUSRES:D:02B:UN:IATA'BGM+312'RFF+TN:{transaction}'UNT+4+9'"
    return f"UNB+UNOA:4+AFHOST+SBCAN+261124:1300+ACK9'{body}UNZ+1+ACK9'".encode()


def test_nobody_acknowledges_for_another(desk):
    desk.report([person("MARCHAND", "LUC", "1985-03-14", "12AB34567")], number="412")
    t = on(desk, "412")
    change(desk, t, "not-ok")
    reference = waiting(desk, t)[0]["control_reference"]
    other = ReportingClient(id="client-lh", carriers=frozenset({"AF"}))
    receive(desk.node, other, acknowledgement(reference))
    with desk.store.act(SYSTEM, "test") as s:
        assert acknowledge.mark(s, TESTER, reference) == 0
        assert acknowledge.mark(s, AIRLINE, reference) == 1
        assert acknowledge.mark(s, AIRLINE, reference) == 0


def test_a_newer_change_replaces_the_older_one_that_waits(desk):
    desk.report([person("MARCHAND", "LUC", "1985-03-14", "12AB34567")], number="413")
    t = on(desk, "413")
    change(desk, t, "not-ok")
    change(desk, t, "ok")
    assert [(r["codes"], r["state"]) for r in waiting(desk, t)] == [
        (["not-ok"], "lapsed"), (["ok"], "awaiting-ack"),
    ]  # fmt: skip


def test_after_doors_close_it_lapses_and_the_traveller_is_seen_on_arrival(desk, clock):
    desk.report([person("MARCHAND", "LUC", "1985-03-14", "12AB34567")], number="414",
                departs=timedelta(minutes=90))  # fmt: skip
    t = on(desk, "414")
    change(desk, t, "not-ok")
    clock.move(timedelta(minutes=91))
    unsolicited.escalate(desk.node)
    assert waiting(desk, t)[0]["state"] == "lapsed"
    (referral,) = cases(desk, t, "arrival")
    assert referral["reasons"][0]["code"] == "reply.after-doors-closed"
    assert change(desk, t, "contact-government") is None  # nothing more goes to the carrier
    assert len(waiting(desk, t)) == 1


def test_an_ok_that_lapses_refers_nobody(desk, clock):
    desk.report([person("LEROY", "ANNE", "1990-01-30", "77QQ77777")], number="415",
                departs=timedelta(minutes=90))  # fmt: skip
    t = on(desk, "415")
    change(desk, t, "ok")
    clock.move(timedelta(minutes=91))
    unsolicited.escalate(desk.node)
    assert cases(desk, t, "arrival") == []


def test_one_message_that_fails_holds_up_no_other(desk, clock):
    desk.report([person("MARCHAND", "LUC", "1985-03-14", "12AB34567")], number="416")
    t = on(desk, "416")
    change(desk, t, "not-ok")
    with desk.store.act(SYSTEM, "passenger-information") as s:
        s.run("INSERT INTO act.reply (id, client, mode, kind, flight, travellers, codes,"
              " control_reference, body, created_at, state, next_try) VALUES ('reply-0', 'x',"
              " 'live', 'unsolicited', 'no such flight', '{}', '{}', 'X', '', :now,"
              " 'awaiting-ack', :then)", now=s.now, then=s.now - MINUTE)  # fmt: skip
    with pytest.raises(Exception, match="no such record"):
        unsolicited.escalate(desk.node)
    assert waiting(desk, t)[0]["escalations"] == 1
    with desk.store.act(SYSTEM, "passenger-information") as s:
        s.run("DELETE FROM act.reply WHERE id = 'reply-0'")


def test_a_changed_test_traveller_is_told_and_reaches_no_officer(desk, clock):
    receive(desk.node, TESTER, paxlst("TESTED", number="417"))
    t = desk.value("SELECT id FROM act.traveller WHERE mode = 'test' ORDER BY id DESC LIMIT 1")
    change(desk, t, "not-ok")
    for _ in range(4):
        unsolicited.escalate(desk.node)
        clock.move(unsolicited.EVERY)
    assert waiting(desk, t)[0]["state"] == "escalated"
    clock.move(timedelta(days=1))
    unsolicited.escalate(desk.node)
    assert waiting(desk, t)[0]["state"] == "lapsed"
    assert desk.rows("SELECT id FROM act.case_file WHERE traveller = :t", t=t) == []


# --- held replies -------------------------------------------------------------------------


def test_a_held_reply_is_released_before_doors_close_with_its_rule_as_author(desk, clock):
    desk.lookout("Marius Tolland", "1980-09-09", instruction="hold-reply", document="42GH34567")
    desk.registers(["12AB34567", "42GH34567"])
    assert desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "42GH34567")],
                       number="421") == ["2Z"]  # fmt: skip
    t = on(desk, "421")
    case = cases(desk, t, "hit")[0]["id"]
    clock.move(timedelta(hours=3, minutes=14))
    release.release_held(desk.node)
    assert waiting(desk, t) == []
    clock.move(2 * MINUTE)
    release.release_held(desk.node)
    assert [r["codes"] for r in waiting(desk, t)] == [["ok"]]
    (decision,) = desk.rows("SELECT * FROM act.decision WHERE case_id = :c", c=case)
    assert (decision["author_kind"], decision["author"]) == ("rule", "hold-default")
    assert decision["delegated_by"]
    assert [r["code"] for r in decision["reasons"]] == ["hold.default-released"]
    (after,) = desk.rows("SELECT * FROM act.case_file WHERE id = :c", c=case)
    assert (after["state"], after["instruction"], after["default_outcome"]) == (
        "open", "board-and-refer", None,
    )  # fmt: skip
    release.release_held(desk.node)
    assert len(waiting(desk, t)) == 1


def test_an_officers_decision_before_that_wins(desk, clock):
    desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "42GH34567")], number="422")
    t = on(desk, "422")
    case = cases(desk, t, "hit")[0]["id"]
    with desk.as_(desk.agnes, case=case) as s:
        why = Reason(code="desk.words", detail=Text("Call us first", "Appelez-nous d'abord"))
        replies.give(s, desk.node, t, "contact-government", (why,), case=case)
    clock.move(timedelta(hours=3, minutes=30))
    release.release_held(desk.node)
    assert waiting(desk, t) == []
    assert desk.value("SELECT reply FROM act.traveller WHERE id = :t", t=t) == "contact-government"


def test_no_default_ok_goes_out_where_the_law_itself_withholds_it(desk, clock):
    desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "42GH34567")], number="423")
    t = on(desk, "423")
    with desk.store.act(SYSTEM, "passenger-information") as s:  # the authorisation is withdrawn
        s.run("UPDATE act.check_result SET results = jsonb_build_array(jsonb_build_object("
              "'check', 'documents', 'result', 'not-ok')) WHERE traveller = :t", t=t)  # fmt: skip
    clock.move(timedelta(hours=3, minutes=30))
    release.release_held(desk.node)
    assert waiting(desk, t) == []


def test_an_override_after_a_call_back_goes_out_at_once(desk):
    desk.report([person("NOEL", "YVES", "1970-01-01", "66VV66666")], number="424")
    t = on(desk, "424")
    with desk.as_(desk.carrier_desk) as s:
        overriding.override(s, desk.node, t, called_by="Duty manager",
                            number_called="+33 1 2345678",
                            words="Saw the paper authorisation")  # fmt: skip
    assert [r["codes"] for r in waiting(desk, t)] == [["ok"]]


# --- a retry is no way around what came since ------------------------------------------------


def test_a_list_sent_again_gives_no_ok_to_whoever_was_taken_off_since(desk):
    two = reported("TRK1", "KEPT") + reported("TRK2", "GONE")
    said = paxlst("OFF1", number="441", people=two)
    assert codes(receive(desk.node, AIRLINE, said).reply) == ["0Z", "0Z"]
    off = paxlst("OFF2", number="441", bgm="745+XR", people=reported("TRK2", "GONE"))
    assert codes(receive(desk.node, AIRLINE, off).reply) == ["0Z"]
    assert codes(receive(desk.node, AIRLINE, said).reply) == ["0Z", "5Z"]
    assert codes(receive(desk.node, AIRLINE, paxlst("OFF3", number="441", people=two)).reply) == [
        "0Z", "0Z",
    ]  # fmt: skip


def test_a_settled_double_is_answered_no_better_than_the_record_that_stands(desk):
    one = person("LINDEN", "IDA", "1988-08-04", "12AB34567", reference="TRD1")
    other = person("LINDEN", "IDA", "1988-08-04", "12AB34567", reference="TRD2")
    desk.report([one, other], number="442")
    rows = desk.rows("SELECT t.id, t.double_of FROM act.traveller t JOIN act.flight f"
                     " ON f.id = t.flight WHERE f.number = '442'")  # fmt: skip
    double = next(r for r in rows if r["double_of"])
    with desk.as_(desk.agnes) as s:
        doubles.decide(s, double["id"], "same")
    assert desk.report([one, other], number="442") == ["0Z", "0Z"]
    change(desk, double["double_of"], "contact-government")
    assert desk.report([one, other], number="442") == ["2Z", "2Z"]


# --- parts --------------------------------------------------------------------------------


def part(number, *, last=False, common="LIST7", flight="431", **who):
    people = reported(f"TRP{number}", f"PERSON{'ABCDE'[number]}", **who)
    mark = "F" if last else "C"
    return paxlst(f"{common}-{number}", number=flight, people=people,
                  part=f"+{common}+{number:02}:{mark}")  # fmt: skip


def test_parts_in_any_order_are_one_list_once_the_last_is_there(desk):
    results = [receive(desk.node, AIRLINE, part(n, last=n == 3)) for n in (2, 3, 1)]
    assert [r.state for r in results] == ["waiting-parts", "waiting-parts", "answered"]
    assert codes(results[2].reply) == ["0Z", "0Z", "0Z"]
    assert [r.reply for r in results[:2]] == [b"", b""]
    again = receive(desk.node, AIRLINE, part(2))  # a part again: the verdicts of the whole list
    assert again.messages == results[2].messages
    assert codes(again.reply) == ["0Z", "0Z", "0Z"]


def test_a_part_sent_twice_waits_like_the_first(desk):
    first = receive(desk.node, AIRLINE, part(1, common="TWICE", flight="432"))
    again = receive(desk.node, AIRLINE, part(1, common="TWICE", flight="432"))
    assert (again.state, again.messages, again.reply) == ("waiting-parts", again.messages, b"")
    assert first.state == "waiting-parts"
    assert desk.value("SELECT count(*) FROM act.message WHERE common_reference = 'TWICE'") == 1


def test_a_list_that_stays_incomplete_is_checked_after_five_minutes(desk, clock):
    first = receive(desk.node, AIRLINE, part(1, common="LATE", flight="433"))
    receive(desk.node, AIRLINE, part(3, common="LATE", flight="433", last=True))
    clock.move(parts.FORCE_AFTER - MINUTE)
    force_late_parts(desk.node)
    assert desk.value("SELECT count(*) FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                      " WHERE f.number = '433'") == 0  # fmt: skip
    clock.move(MINUTE)
    force_late_parts(desk.node)
    (stored,) = desk.rows("SELECT findings, state FROM act.message WHERE common_reference = 'LATE'"
                          " AND part IS NULL")  # fmt: skip
    assert "edifact.partial-list" in [f["code"] for f in stored["findings"]]
    (reply,) = desk.rows("SELECT codes FROM act.reply WHERE transmission = :t",
                         t=first.transmission)  # fmt: skip
    assert reply["codes"] == ["ok", "ok"]


def test_what_waited_for_parts_is_answered_once_the_list_is(desk, clock):
    taken = [receive(desk.node, AIRLINE, part(n, common="DONE", flight="435")) for n in (1, 2)]
    clock.move(parts.FORCE_AFTER)
    force_late_parts(desk.node)
    states = desk.rows("SELECT state FROM act.transmission WHERE id = ANY(:ids)",
                       ids=[t.transmission for t in taken])  # fmt: skip
    assert [r["state"] for r in states] == ["answered", "answered"]


@pytest.mark.parametrize(
    ("bgm", "number", "code"),
    [("266+CLOB", "436", "close-out.person-not-reported"),
     ("745+XR", "437", "flight.person-not-on-it")],
)  # fmt: skip
def test_a_retry_says_of_each_person_what_the_first_reply_said(desk, bgm, number, code):
    receive(desk.node, AIRLINE, paxlst(f"B{number}", number=number))
    stranger = reported("TRS1", "STRANGER", "SAM")
    first, again = (
        receive(desk.node, AIRLINE, paxlst(f"S{number}", number=number, bgm=bgm, people=stranger))
        for _ in range(2)
    )
    assert first.messages == again.messages
    assert code in [f.code for f in again.findings]
    assert again.findings == first.findings


def test_the_parts_of_two_senders_never_mix(desk):
    one = receive(desk.node, AIRLINE, part(1, common="SAME", flight="434"))
    other = part(2, common="SAME", flight="434", last=True).replace(b"AFHOST", b"OTHER1")
    two = receive(desk.node, AIRLINE, other)
    assert [one.state, two.state] == ["waiting-parts", "waiting-parts"]


# --- one meaning, one reply ---------------------------------------------------------------

REFERENCES = re.compile(rb"(?<=RFF\+ABO:)[^']+|(?<=RFF\+AVF:)[^']+|(?<=RFF\+TN:)[^']+"
                        rb"|(?<=UNH\+)[^+]+|(?<=UNZ\+1\+)[^']+|\d{6}:\d{4}\+[^+']+"
                        rb"|(?<=UNT\+)\d+\+[^']+")  # fmt: skip


def masked(reply: bytes) -> bytes:
    """A reply without references and times."""
    return REFERENCES.sub(b"#", reply)


@settings(max_examples=12, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    surname=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=20),
    document=st.from_regex(r"\A[0-9]{2}[A-Z]{2}[0-9]{5}\Z"),
    nationality=st.sampled_from(["FRA", "IND", "NGA", "DEU", "BRA", "CHN"]),
    born=st.sampled_from(["500101", "850314", "120229", "991231"]),
)
def test_every_not_ok_is_the_same_bytes_but_for_references(desk, surname, document, nationality,
                                                           born):  # fmt: skip
    """No visa, no authorisation, or an officer's word: the carrier cannot tell which."""
    reference = f"P{abs(hash((surname, document, nationality, born))) % 10**9}"
    message = paxlst(reference, number="441", people=reported(
        reference, surname, document=document, nationality=nationality, birth=born))  # fmt: skip
    answer = receive(desk.node, AIRLINE, message)
    t = desk.value("SELECT id FROM act.traveller WHERE reference = :r", r=reference)
    change(desk, t, "ok")
    change(desk, t, "not-ok")  # an officer, whatever his reasons
    by_officer = receive(desk.node, AIRLINE, message)
    expected = masked(by_officer.reply)
    assert b"ERC+1Z'" in expected
    if codes(answer.reply) == ["1Z"]:
        assert masked(answer.reply) == expected
    assert expected == masked(not_ok_of_the_first(desk))


def not_ok_of_the_first(desk):
    """The reply about a French traveller without authorisation, on the same flight."""
    people = reported("TRFIRST", "DUBOIS", document="55XX55555")
    return receive(desk.node, AIRLINE, paxlst("FIRST1", number="441", people=people)).reply


# --- one clock, one node ------------------------------------------------------------------


def test_two_copies_at_the_same_moment_are_one_and_its_retry(desk):
    from concurrent.futures import ThreadPoolExecutor

    message = paxlst("RACE", number="451")
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: receive(desk.node, AIRLINE, message), range(4)))
    assert len({r.messages for r in results}) == 1
    assert desk.value("SELECT count(*) FROM act.message WHERE reference = '1'"
                      " AND interchange_reference = 'RACE'") == 1  # fmt: skip


def test_an_ok_holds_until_close_out(desk, clock):
    """A list again, hours later, asks nothing anew: the clearance stands."""
    receive(desk.node, AIRLINE, paxlst("HOLD1", number="452", departs="2611252330",
                                       arrives="2611260110"))  # fmt: skip
    t = desk.value("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                   " WHERE f.number = '452'")  # fmt: skip
    clock.move(timedelta(hours=20))
    receive(desk.node, AIRLINE, paxlst("HOLD2", number="452", departs="2611252330",
                                       arrives="2611260110"))  # fmt: skip
    assert desk.value("SELECT count(*) FROM act.check_result WHERE traveller = :t", t=t) == 1


def test_the_node_of_another_day_answers_the_same(home):
    """The store's clock, not the machine's, says what time a reply bears."""
    from smartborder.kernel.time import FixedTime

    node = open_node(home, store=Store(home, time=FixedTime(AT)))
    reply = receive(node, AIRLINE, paxlst("CLOCK", number="453")).reply
    node.close()
    assert b"+261124:0500+" in reply  # ten o'clock UTC is five in the morning in Ottawa

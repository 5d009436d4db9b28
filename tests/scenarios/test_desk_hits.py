"""Hits at the desk: taken from the queue, decided with a reason, remembered on the next flight."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest

from tests.support.desk import TESTER, Desk, person
from tests.support.pages import Browser

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def desk(home) -> Iterator[Desk]:
    made = Desk(home)
    made.registers(["12AB34567", "22CD34567", "32EF34567", "42GH34567", "52IJ34567"])
    made.lookout("Viktor Salenko", "1971-04-02")
    made.lookout("Marius Tolland", "1980-09-09", instruction="hold-reply", document="42GH34567")
    made.lookout("Ivo Kestner", "1969-12-12", instruction="silent")
    yield made
    made.node.close()


@pytest.fixture
def agnes(client, desk) -> Browser:
    return Browser(client, desk.agnes)


def test_one_trip_is_one_case_by_time_left_and_without_a_name(desk, agnes):
    desk.report([person("SALENKO", "VICTOR", "1971-04-02", "12AB34567", seat="12A")])
    html = agnes.get("/queue")
    case = desk.case("12AB34567")
    assert f"/cases/{case}" in html
    assert "AF 344" in html
    assert "SALENKO" not in html


def test_test_traffic_never_appears(desk, agnes):
    before = desk.value("SELECT count(*) FROM act.case_file")
    desk.report([person("SALENKO", "VIKTOR", "1971-04-02", "99ZZ00001")], client=TESTER)
    assert desk.value("SELECT count(*) FROM act.case_file") == before


def test_a_taken_case_belongs_to_its_holder_until_the_lease_ends(desk, client):
    case = desk.case("12AB34567")
    agnes = Browser(client, desk.agnes)
    page = agnes.post(f"/cases/{case}/claim")
    assert "SALENKO" in page
    omar = Browser(client, desk.omar)
    assert "Agnès Roy" in omar.get("/queue")
    omar.post(f"/cases/{case}/claim", status=409)
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    omar.post(f"/hits/{hit}/decide", status=403, why="different:birth-date")
    desk.time.move(timedelta(minutes=16))
    omar.post(f"/cases/{case}/claim")
    assert desk.value("SELECT claimed_by FROM act.case_file WHERE id = :c", c=case) == desk.omar.id


def test_a_case_is_handed_over_by_name(desk, client):
    case = desk.case("12AB34567")
    omar = Browser(client, desk.omar)
    omar.post(f"/cases/{case}/hand-over", to=desk.agnes.id, note="Ask for the second passport")
    agnes = Browser(client, desk.agnes)
    assert "handed over by Omar Diallo" in agnes.get("/queue?only=mine")
    assert "Ask for the second passport" in agnes.get(f"/cases/{case}")


def test_a_decision_needs_a_reason(desk, agnes):
    case = desk.case("12AB34567")
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    agnes.get(f"/cases/{case}")
    assert "A reason is needed" in agnes.post(f"/hits/{hit}/decide", status=400)
    page = agnes.post(f"/hits/{hit}/decide", status=400, why="different:other", words="no")
    assert "A reason is needed" in page
    assert desk.value("SELECT state FROM act.hit WHERE id = :h", h=hit) == "open"


def test_a_look_alike_is_cleared_and_the_next_flight_is_quiet(desk, agnes):
    case = desk.case("12AB34567")
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    page = agnes.post(f"/hits/{hit}/decide", why="different:document")
    assert "Decision recorded" in page
    assert desk.value("SELECT closed_as FROM act.case_file WHERE id = :c", c=case) == "cleared"
    cases = desk.value("SELECT count(*) FROM act.case_file")
    desk.report([person("SALENKO", "VICTOR", "1971-04-02", "12AB34567")], number="346",
                departs=timedelta(hours=9))  # fmt: skip
    assert desk.value("SELECT count(*) FROM act.case_file") == cases
    page = agnes.get(f"/travellers/{desk.traveller('12AB34567')}")
    assert "Cleared 07:16 by Agnès Roy" in page
    assert "The document is another one." in page


def test_a_confirmed_hit_follows_its_instruction_and_the_carrier_keeps_ok(desk, agnes):
    codes = desk.report([person("SALENKO", "VIKTOR", "1971-04-02", "22CD34567")])
    assert codes == ["0Z"]
    case = desk.case("22CD34567")
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    agnes.get(f"/cases/{case}")
    agnes.post(f"/hits/{hit}/decide", why="same:name-and-date")
    assert desk.value("SELECT closed_as FROM act.case_file WHERE id = :c", c=case) == "confirmed"
    assert desk.value("SELECT count(*) FROM act.reply WHERE kind = 'unsolicited'") == 0


def test_not_ok_by_an_officer_needs_a_second_person(desk, client):
    codes = desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "42GH34567")])
    assert codes == ["2Z"]
    case = desk.case("42GH34567")
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    agnes = Browser(client, desk.agnes)
    assert "then OK goes out" in agnes.get("/queue")
    agnes.get(f"/cases/{case}")
    agnes.post(f"/hits/{hit}/decide", why="same:document")
    page = agnes.post(f"/cases/{case}/reply", why="not-ok:prescribed-person")
    assert "Another officer must agree" in page
    traveller = desk.traveller("42GH34567")
    reply = "SELECT reply FROM act.traveller WHERE id = :t"
    assert desk.value(reply, t=traveller) == "contact-government"
    proposal = str(desk.value("SELECT id FROM act.pending_decision WHERE state = 'waiting'"))
    agnes.post(f"/cases/{case}/second", status=403, proposal=proposal, answer="agree")
    omar = Browser(client, desk.omar)
    assert "Waits for a second person" in omar.get("/queue?only=second")
    assert "may ask for redress" in omar.get(f"/cases/{case}")
    omar.post(f"/cases/{case}/second", proposal=proposal, answer="agree")
    assert desk.value(reply, t=traveller) == "not-ok"
    (sent,) = desk.rows("SELECT codes, state FROM act.reply WHERE kind = 'unsolicited'")
    assert sent == {"codes": ["not-ok"], "state": "awaiting-ack"}
    decision = desk.rows("SELECT author, second_person, outcome FROM act.decision"
                         " WHERE subject = :t ORDER BY at", t=traveller)[-1]  # fmt: skip
    assert decision == {"author": desk.agnes.id, "second_person": desk.omar.id,
                        "outcome": "not-ok"}  # fmt: skip


def test_clearing_every_hit_frees_a_held_reply(desk, agnes):
    codes = desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "52IJ34567")])
    assert codes == ["2Z"]
    case = desk.case("52IJ34567")
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    agnes.get(f"/cases/{case}")
    agnes.post(f"/hits/{hit}/decide", why="different:other", words="Met him before, not this man")
    traveller = desk.traveller("52IJ34567")
    assert desk.value("SELECT reply FROM act.traveller WHERE id = :t", t=traveller) == "ok"
    assert desk.value("SELECT codes FROM act.reply WHERE kind = 'unsolicited'"
                      " ORDER BY created_at DESC LIMIT 1") == ["ok"]  # fmt: skip
    assert desk.value("SELECT state FROM act.case_file WHERE id = :c", c=case) == "closed"


def test_a_cleared_pair_no_longer_holds_the_reply_on_the_next_flight(desk):
    codes = desk.report([person("TOLLAND", "MARIUS", "1980-09-09", "52IJ34567")], number="352",
                        departs=timedelta(hours=9))  # fmt: skip
    assert codes == ["0Z"]
    assert desk.case("52IJ34567") == ""
    assert desk.value("SELECT state FROM act.hit WHERE traveller = :t",
                      t=desk.traveller("52IJ34567")) == "quiet"  # fmt: skip


def test_two_look_outs_that_meet_one_man_are_one_alert_with_both_hits(desk, agnes):
    desk.lookout("Arvid Tomter", "1959-08-08")
    desk.lookout("Arvid Tomter", "1959-08-08", instruction="officer-safety", agreement="us-ca")
    desk.report([person("TOMTER", "ARVID", "1959-08-08", "92TT34567")], number="364")
    (case,) = desk.rows("SELECT id, instruction FROM act.case_file WHERE kind = 'hit'"
                        " AND traveller = :t", t=desk.traveller("92TT34567"))  # fmt: skip
    assert case["instruction"] == "officer-safety"
    html = agnes.get(f"/cases/{case['id']}")
    assert html.count("What was compared") == 2


def test_a_silent_hit_leaves_no_trace_in_what_the_desk_reads(desk, agnes):
    traveller_page = agnes.get
    desk.report([person("KESTNER", "IVO", "1969-12-12", "99NO99999")], number="354")
    html = traveller_page(f"/travellers/{desk.traveller('99NO99999')}")
    assert "Ivo Kestner" not in html
    assert "<mark>KESTNER</mark>" not in html
    case = desk.case("99NO99999")
    if desk.value("SELECT kind FROM act.case_file WHERE id = :c", c=case) == "reply":
        assert "Ivo Kestner" not in agnes.get(f"/cases/{case}")


def test_a_silent_hit_is_not_there_for_the_desk(desk, agnes):
    desk.report([person("KESTNER", "IVO", "1969-12-12", "32EF34567")])
    case = desk.case("32EF34567")
    assert desk.value("SELECT instruction FROM act.case_file WHERE id = :c", c=case) == "silent"
    assert case not in agnes.get("/queue")
    agnes.get(f"/cases/{case}", status=404)
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    agnes.post(f"/hits/{hit}/decide", status=404, why="same:document")


def test_the_owner_alone_sees_and_decides_his_silent_hit(desk, client):
    owner = Browser(client, desk.owner)
    hit = desk.value("SELECT id FROM act.hit WHERE instruction = 'silent' AND traveller = :t",
                     t=desk.traveller("32EF34567"))  # fmt: skip
    assert "Ivo Kestner" in owner.get("/lookouts/met")
    owner.post(f"/lookouts/met/{hit}", answer="same")
    assert desk.value("SELECT state FROM act.hit WHERE id = :h", h=hit) == "confirmed"
    owner.post(f"/lookouts/met/{hit}", status=409, answer="different")
    Browser(client, desk.agnes).get("/lookouts/met", status=403)


def test_every_look_at_a_person_is_in_the_audit_with_its_case(desk):
    rows = desk.rows("SELECT DISTINCT kind, case_id FROM audit.seen WHERE record = :t",
                     t=desk.traveller("42GH34567"))  # fmt: skip
    assert {"kind": "traveller", "case_id": desk.case("42GH34567", "closed")} in rows


def test_a_new_version_of_a_decided_traveller_asks_nothing_twice(desk, agnes):
    who = person("SALENKO", "VIKTOR", "1971-04-02", "62KL34567")
    desk.report([who], number="356")
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=desk.case("62KL34567"))
    agnes.get("/queue")
    agnes.post(f"/hits/{hit}/decide", why="same:name-and-date")
    desk.report([msgspec.structs.replace(who, nationality="BEL")], number="356")
    states = desk.rows("SELECT state FROM act.hit WHERE traveller = :t",
                       t=desk.traveller("62KL34567"))  # fmt: skip
    assert states == [{"state": "confirmed"}]
    assert desk.value("SELECT count(*) FROM act.case_file WHERE traveller = :t AND kind = 'hit'"
                      " AND state = 'open'", t=desk.traveller("62KL34567")) == 0  # fmt: skip


def test_a_silent_hit_does_not_hide_a_missing_document_from_the_desk(desk, agnes):
    codes = desk.report([person("KESTNER", "IVO", "1969-12-12", "99NO11111")], number="358")
    assert codes == ["1Z"]
    (case,) = desk.rows("SELECT id FROM act.case_file WHERE traveller = :t AND kind = 'reply'",
                        t=desk.traveller("99NO11111"))  # fmt: skip
    html = agnes.get(f"/cases/{case['id']}")
    assert "IRPR 259" in html
    assert "Ivo Kestner" not in html


def twice(desk, given, born, number):
    """Two of one name and birth date on one flight, and the record offered as a double."""
    one = person("LINDEN", given, born, f"93AA0{number}")
    other = person("LINDEN", given, born, f"93BB0{number}")
    desk.report([one, other], number=number)
    return one, other, desk.traveller(f"93BB0{number}")


@pytest.mark.parametrize(("answer", "left"), [("same", ["cancelled", "reported"]),
                                             ("different", ["reported", "reported"])])  # fmt: skip
def test_a_possible_double_is_for_an_officer_to_settle(desk, client, answer, left):
    number = {"same": "366", "different": "368"}[answer]
    _, _, double = twice(desk, "MAJA", "1988-08-01", number)
    carrier = Browser(client, desk.carrier_desk)
    assert "Two different people" not in carrier.get(f"/travellers/{double}")
    carrier.post(f"/travellers/{double}/double", status=403, answer=answer)
    agnes = Browser(client, desk.agnes)
    assert "Two different people" in agnes.get(f"/travellers/{double}")
    agnes.post(f"/travellers/{double}/double", status=400, answer="perhaps")
    html = agnes.post(f"/travellers/{double}/double", answer=answer)
    assert "Two different people" not in html
    agnes.post(f"/travellers/{double}/double", status=409, answer=answer)
    rows = desk.rows("SELECT t.presence FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
                     " WHERE f.number = :n ORDER BY 1", n=number)  # fmt: skip
    assert [r["presence"] for r in rows] == left
    assert desk.value("SELECT author FROM act.decision WHERE subject = :t"
                      " ORDER BY at DESC LIMIT 1", t=double) == desk.agnes.id  # fmt: skip


def test_a_settled_double_stays_settled_until_a_value_materially_changes(desk, agnes):
    one, other, double = twice(desk, "MAJA", "1988-08-01", "370")
    agnes.post(f"/travellers/{double}/double", answer="same")

    def again(*people):
        desk.report(people, number="370")
        offered = "Two different people" in agnes.get(f"/travellers/{double}")
        return presence(desk, "370")[double], offered

    assert again(one, other) == ("cancelled", False)
    assert again(msgspec.structs.replace(other, seat="4A"), one) == ("cancelled", False)
    assert again(one, msgspec.structs.replace(other, nationality="BEL")) == ("reported", True)
    agnes.post(f"/travellers/{double}/double", answer="same")
    assert again(one, msgspec.structs.replace(other, nationality="BEL")) == ("cancelled", False)
    assert again(msgspec.structs.replace(one, nationality="LUX")) == ("cancelled", False)
    assert again(msgspec.structs.replace(other, nationality="BEL")) == ("reported", True)


def test_a_settled_double_counts_again_once_the_record_that_stands_is_taken_off(desk, agnes):
    one, other, double = twice(desk, "TOVE", "1988-08-02", "372")
    agnes.post(f"/travellers/{double}/double", answer="same")
    desk.report([one], number="372", purpose="passenger-cancel")
    desk.report([other], number="372")
    assert presence(desk, "372")[double] == "reported"


@pytest.mark.parametrize(("named", "aboard"), [("both", "one"), ("other", "other")])
def test_a_close_out_counts_a_settled_double_once(desk, agnes, named, aboard):
    number = {"both": "374", "other": "376"}[named]
    people = {
        "one": person("LINDEN", "SIRI", "1988-08-03", f"93AA0{number}"),
        "other": person("LINDEN", "SIRI", "1988-08-03", f"93BB0{number}"),
    }
    desk.report([*people.values()], number=number)
    agnes.post(f"/travellers/{desk.traveller(f'93BB0{number}')}/double", answer="same")
    said = [*people.values()] if named == "both" else [people["other"]]
    desk.report(said, number=number, purpose="flight-close-out")
    found = presence(desk, number)
    boarded = [t for t, p in found.items() if p.startswith("boarded")]
    assert boarded == [desk.traveller({"one": "93AA0", "other": "93BB0"}[aboard] + number)]


def presence(desk, number):
    """How everybody of a flight stands, by record."""
    rows = desk.rows("SELECT t.id, t.presence FROM act.traveller t JOIN act.flight f"
                     " ON f.id = t.flight WHERE f.number = :n", n=number)  # fmt: skip
    return {r["id"]: r["presence"] for r in rows}


def test_a_carrier_reporting_at_the_same_moment_does_not_stop_the_decision(desk, agnes):
    who = person("SALENKO", "VIKTOR", "1971-04-02", "72MN34567")
    desk.report([who], number="362")
    hit = str(desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=desk.case("72MN34567")))
    agnes.get("/queue")
    moved = [msgspec.structs.replace(who, nationality=n) for n in ("BEL", "CHE", "LUX", "FRA")]
    with ThreadPoolExecutor(1) as carrier:
        sent = carrier.submit(lambda: [desk.report([w], number="362") for w in moved])
        for _ in range(4):
            form = {"_form": agnes.token, "why": "cannot-tell:data"}
            answer = agnes.client.post(f"/hits/{hit}/decide", data=form)
            assert answer.status_code in (200, 409)
        assert len(sent.result()) == 4

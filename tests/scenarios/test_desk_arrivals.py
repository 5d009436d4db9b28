"""From the lane to secondary and back to the figures: scan, refer, outcome, hit rate, audit."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from smartborder.formats.mrz import check_digit
from smartborder.node.desk import audit
from smartborder.node.store.session import SYSTEM
from tests.support.desk import Desk, person
from tests.support.pages import Browser

pytestmark = pytest.mark.node
HELD = ["12AB34567", "22CD34567", "32EF34567", "42GH34567"]


@pytest.fixture(scope="module")
def desk(home) -> Iterator[Desk]:
    made = Desk(home)
    made.registers(HELD)
    made.lookout("Viktor Salenko", "1971-04-02")
    made.lookout("Nils Oberland", "1966-06-06", agreement="us-ca-lookouts")
    made.report(
        [
            person("SALENKO", "VIKTOR", "1971-04-02", "12AB34567", seat="12A"),
            person("OBERLAND", "NILS", "1966-06-06", "22CD34567", seat="12B"),
            person("MARCHAND", "LUC", "1985-03-14", "32EF34567", seat="9C"),
            person("LEROY", "ANNE", "1990-01-30", "77QQ77777", seat="31K"),
        ]
    )
    yield made
    made.node.close()


@pytest.fixture
def agnes(client, desk) -> Browser:
    return Browser(client, desk.agnes)


def mrz(surname: str, given: str, number: str, birth: str) -> str:
    """A TD3 zone of a French passport that expires on 2031-01-31."""
    n, b, e, o = number.ljust(9, "<"), birth, "310131", "<" * 14
    checks = [str(check_digit(x)) for x in (n, b, e)]
    whole = str(check_digit(n + checks[0] + b + checks[1] + e + checks[2] + o + "<"))
    first = f"P<FRA{surname}<<{given}".ljust(44, "<")
    return f"{first}\n{n}{checks[0]}FRA{b}{checks[1]}M{e}{checks[2]}{o}<{whole}"


def decide(desk, agnes, document, why):
    case = desk.case(document)
    hit = desk.value("SELECT id FROM act.hit WHERE case_id = :c", c=case)
    agnes.get(f"/cases/{case}")
    agnes.post(f"/hits/{hit}/decide", why=why)
    return str(hit)


def test_the_flight_shows_seats_counts_and_everybody(desk, agnes):
    assert "AF 344" in agnes.get("/flights")
    flight = desk.value("SELECT id FROM act.flight")
    html = agnes.get(f"/flights/{flight}")
    for expected in ("SALENKO, VIKTOR", "12A", "31K", "Not OK"):
        assert expected in html
    seen = desk.value("SELECT count(DISTINCT record) FROM audit.seen WHERE what = 'flight'"
                      " AND actor = :me", me=desk.agnes.id)  # fmt: skip
    assert seen == 4


def test_a_printed_sheet_is_a_logged_and_marked_disclosure(desk, client):
    flight = desk.value("SELECT id FROM act.flight")
    agnes = Browser(client, desk.agnes)
    agnes.get(f"/flights/{flight}")
    html = agnes.post(f"/flights/{flight}/sheet", recipient="Counter 4")
    (entry,) = desk.rows("SELECT id, recipient, means, actor FROM custody.disclosure")
    assert entry["id"] in html
    assert (entry["recipient"], entry["means"], entry["actor"]) == (
        "Counter 4", "print", f"officer:{desk.agnes.id}",
    )  # fmt: skip
    with desk.store.act(SYSTEM, "audit") as s:
        (left,) = audit.left(s, audit.Asked(record=entry["id"]))
    assert left.name == desk.agnes.name
    omar = Browser(client, desk.omar)
    omar.get(f"/flights/{flight}/sheet/{entry['id']}", status=410)
    carrier = Browser(client, desk.carrier_desk)
    carrier.post(f"/flights/{flight}/sheet", status=403, recipient="x")


def test_the_help_desk_overrides_after_a_call_back_until_departure(desk, client):
    traveller = desk.traveller("77QQ77777")
    lucie = Browser(client, desk.carrier_desk)
    html = lucie.get(f"/travellers/{traveller}")
    assert "Override after a call-back" in html
    path = f"/travellers/{traveller}/override"
    assert "Call back first" in lucie.post(path, status=400, number="", called_by="Ana",
                                           words="Saw the visa in the passport")  # fmt: skip
    lucie.post(path, number="+33 1 70 00 00 00", called_by="Ana Lopes",
               words="Saw the visa in the passport")  # fmt: skip
    assert desk.value("SELECT reply FROM act.traveller WHERE id = :t", t=traveller) == "ok"
    (call,) = desk.rows("SELECT * FROM act.help_call")
    departs = desk.value("SELECT scheduled_departure FROM act.flight")
    assert call["expires_at"] == departs
    decision = desk.rows("SELECT outcome, supersedes FROM act.decision WHERE id = :d",
                         d=call["decision"])[0]  # fmt: skip
    assert decision["outcome"] == "overridden"
    assert decision["supersedes"]
    assert desk.value("SELECT codes FROM act.reply WHERE kind = 'unsolicited'") == ["ok"]
    agnes = Browser(client, desk.agnes)
    agnes.post(path, status=403, number="+33170000000", called_by="Ana", words="Saw the visa too")


def test_the_raw_message_shows_the_value_that_the_refusal_rests_on(desk, agnes):
    desk.report([person("PETIT", "JEAN", "1991-11-11", "88RR88888")], number="348")
    html = agnes.get(f"/travellers/{desk.traveller('88RR88888')}")
    assert "IRPR 259" in html or "259" in html
    assert "NAD+FL" in html
    assert "Custody" in html


def test_hits_are_marked_in_the_raw_message(desk, agnes):
    html = agnes.get(f"/travellers/{desk.traveller('12AB34567')}")
    assert "<mark>SALENKO</mark>" in html
    assert "<mark>19710402</mark>" in html


def test_a_scanned_zone_finds_the_expected_traveller(desk, agnes):
    decide(desk, agnes, "12AB34567", "same:name-and-date")
    html = agnes.post("/arrivals", document=mrz("SALENKO", "VIKTOR", "12AB34567", "710402"))
    assert "SALENKO, VIKTOR" in html
    assert "A hit was confirmed as the same person." in html


def test_a_referral_needs_a_reason_and_reaches_secondary(desk, client):
    agnes = Browser(client, desk.agnes)
    traveller = desk.traveller("12AB34567")
    agnes.get("/arrivals")
    assert "A reason is needed" in agnes.post(f"/arrivals/{traveller}/refer", status=400)
    agnes.post(f"/arrivals/{traveller}/refer", why="lookout")
    paul = Browser(client, desk.second)
    assert "SALENKO" in paul.get("/secondary")


def test_somebody_whom_nothing_concerns_is_admitted(desk, agnes):
    html = agnes.post("/arrivals", document="32 ef 34567")
    assert "Nothing asks for a referral." in html
    agnes.post(f"/arrivals/{desk.traveller('32EF34567')}/admit")
    assert desk.value("SELECT outcome FROM act.arrival WHERE traveller = :t",
                      t=desk.traveller("32EF34567")) == "admitted"  # fmt: skip


def test_somebody_never_reported_is_recorded_and_screened(desk, client):
    desk.time.move(timedelta(hours=12))
    agnes = Browser(client, desk.agnes)
    zone = mrz("SALENKO", "VIKTOR", "55XX55555", "710402")
    html = agnes.post("/arrivals", document=zone)
    assert "Nobody with this document is expected" in html
    flight = str(desk.value("SELECT id FROM act.flight WHERE number = '344'"))
    html = agnes.post("/arrivals/unknown", document=zone, surname="Salenko", flight=flight)
    assert "No carrier reported this person." in html
    assert "A hit has not been decided yet." in html
    traveller = desk.traveller("55XX55555")
    assert desk.value("SELECT presence FROM act.traveller WHERE id = :t",
                      t=traveller) == "arrived-unreported"  # fmt: skip
    kinds = {r["kind"] for r in desk.rows("SELECT kind FROM act.case_file WHERE traveller = :t",
                                          t=traveller)}  # fmt: skip
    assert kinds == {"arrival", "close-out"}


@pytest.mark.parametrize(
    "wrong",
    [{"birth_date": "13/04/1985"}, {"birth_date": "1985-02-30"}, {"nationality": "ZZ"},
     {"surname": "\x00 "}],
)  # fmt: skip
def test_what_cannot_be_is_asked_again_and_nobody_is_recorded(desk, agnes, wrong):
    flight = str(desk.value("SELECT id FROM act.flight WHERE number = '344'"))
    count = "SELECT count(*) FROM act.traveller"
    before = desk.value(count)
    typed = {"document": "56XX55555", "surname": "Doe", "given_names": "Jo", "flight": flight}
    html = agnes.post("/arrivals/unknown", status=400, **{**typed, **wrong})
    assert "Check what was typed" in html
    assert 'value="Jo"' in html
    assert desk.value(count) == before


def test_an_outcome_in_two_clicks_reaches_hit_and_figures(desk, client):
    paul = Browser(client, desk.second)
    arrival = desk.value("SELECT id FROM act.arrival WHERE referred AND outcome IS NULL")
    assert "may ask for redress" in paul.get(f"/secondary/{arrival}")
    paul.post(f"/secondary/{arrival}", outcome="no-result")
    assert desk.value("SELECT outcome FROM act.hit WHERE traveller = :t",
                      t=desk.traveller("12AB34567")) == "no-result"  # fmt: skip
    paul.post(f"/secondary/{arrival}", status=409, outcome="arrested")
    chief = Browser(client, desk.chief)
    html = chief.get("/figures/desk")
    assert "(0/1)" in html  # no result: found nothing, of one outcome


def test_wrong_person_clears_the_hit_and_tells_the_originator(desk, client):
    agnes = Browser(client, desk.agnes)
    desk.report([person("OBERLAND", "NILS", "1966-06-06", "42GH34567")], number="350",
                departs=timedelta(hours=-6))  # fmt: skip
    hit = decide(desk, agnes, "42GH34567", "same:name-and-date")
    agnes.post(f"/arrivals/{desk.traveller('42GH34567')}/refer", why="lookout")
    arrival = desk.value("SELECT id FROM act.arrival WHERE traveller = :t",
                         t=desk.traveller("42GH34567"))  # fmt: skip
    paul = Browser(client, desk.second)
    paul.get("/secondary")
    paul.post(f"/secondary/{arrival}", outcome="wrong-person")
    assert desk.rows("SELECT state, outcome FROM act.hit WHERE id = :h", h=hit) == [
        {"state": "confirmed", "outcome": "wrong-person"}  # what the desk had said stays on record
    ]
    assert desk.value("SELECT judgement FROM lookouts.memory WHERE ended_at IS NULL"
                      " ORDER BY at DESC LIMIT 1") == "different"  # fmt: skip
    assert desk.value("SELECT args ->> 'hit' FROM jobs.procrastinate_jobs"
                      " WHERE task_name = 'report_outcome'") == hit  # fmt: skip


def test_figures_count_false_hits_with_their_interval(desk, client):
    html = Browser(client, desk.chief).get("/figures/desk/partner:USA")
    assert "100%" in html  # the one decided hit of that list was another person


def test_the_auditor_sees_who_saw_whom_and_what_was_printed(desk, client):
    ann = Browser(client, desk.auditor)
    html = ann.get(f"/audit?record={desk.traveller('12AB34567')}")
    assert "Agnès Roy" in html
    assert "Paul Tremblay" in html
    assert "Counter 4" in ann.get("/audit")
    assert "SALENKO" not in html
    Browser(client, desk.agnes).get("/audit", status=403)


def test_the_auditors_own_look_is_in_the_audit(desk):
    assert desk.value("SELECT count(*) FROM audit.seen WHERE kind = 'audit' AND actor = :me",
                      me=desk.auditor.id)  # fmt: skip

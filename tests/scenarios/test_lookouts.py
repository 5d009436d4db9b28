"""A look-out changes: everybody on a live flight is checked again, the carrier is told, nobody
twice; a withdrawn one takes its open hits with it.
"""

import threading
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from smartborder.engines.screening import Snapshot
from smartborder.formats import edifact
from smartborder.formats.lists import read_list
from smartborder.kernel.errors import SmartborderError
from smartborder.model.dates import PartialDate
from smartborder.model.screening import ListedDate
from smartborder.node.act import registers, sealed_hit
from smartborder.node.act.intake import receive
from smartborder.node.act.registers import Holding
from smartborder.node.act.sender import ReportingClient
from smartborder.node.lookouts import keeping, list_layer, reading, rules, writing
from smartborder.node.lookouts.lapsing import lapse
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.lookouts.recheck import recheck_message
from smartborder.node.store.session import SYSTEM
from tests.support.pair import ANNA, BORIS, PASSPORTS, content, joined, load_registers

pytestmark = pytest.mark.node
AIRLINE = ReportingClient(id="client-af", carriers=frozenset({"AF"}), address="AFHOST")


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        load_registers(pair.ca)
        pair.ca.work()
        yield pair


@pytest.fixture
def ca(pair):
    yield pair.ca
    for row in pair.ca.rows(
        "SELECT id FROM lookouts.lookout WHERE current"
        " AND withdrawn_at IS NULL AND lapsed_at IS NULL"
    ):
        withdraw(pair.ca, row["id"])
    pair.ca.work()


_number = iter(PASSPORTS)


def passenger(name="PRUEFER:ZOLTAN", birth="700203", flight="344", departs="2611241830",
              arrives="2611242010"):  # fmt: skip
    """A PAXLST with one passenger; its document number is new each time and on our register."""
    n = next(_number)
    return (
        f"UNA:+.? 'UNB+UNOA:4+AFHOST+SBCAN+261124:1000+R{n}++APIS'"
        f"UNH+1+PAXLST:D:02B:UN:IATA'BGM+745'RFF+TN:R{n}'NAD+MS+++DCS'COM+331:TE'"
        f"TDT+20+AF{flight}+++AF'"
        f"LOC+125+CDG'DTM+189:{departs}:201'LOC+87+YUL'DTM+232:{arrives}:201'"
        f"NAD+FL+++{name}'ATT+2++M'DTM+329:{birth}'LOC+178+CDG'LOC+179+YUL'NAT+2+HUN'"
        f"RFF+AVF:L{n}'RFF+ABO:T{n}'DOC+P:110:111+X{n}'DTM+36:301231'LOC+91+HUN'"
        f"CNT+42:1'UNT+23+1'UNZ+1+R{n}'"
    ).encode()


def report(ca, **details):
    """Report a passenger; the traveller's id."""
    received = receive(ca.node, AIRLINE, passenger(**details))
    (message,) = received.messages
    return ca.value("SELECT traveller FROM act.traveller_version WHERE message = :m", m=message)


def traveller(ca, record):
    return ca.rows("SELECT * FROM act.traveller WHERE id = :t", t=record)[0]


def cases(ca, record):
    return ca.rows("SELECT * FROM act.case_file WHERE traveller = :t ORDER BY id", t=record)


def hits(ca, record):
    """The hits of a traveller, oldest first, each with what it says."""
    with ca.act() as s:
        rows = s.rows(f"SELECT h.*, k.wrapped FROM act.hit h {sealed_hit.KEY}"
                      " WHERE h.traveller = :t ORDER BY h.id", t=record)  # fmt: skip
        return [{**r, **msgspec.structs.asdict(sealed_hit.said(s, r))} for r in rows]


def unsolicited(ca, record):
    rows = ca.rows(
        "SELECT body FROM act.reply WHERE kind = 'unsolicited' AND :t = ANY(travellers)"
        " ORDER BY created_at, id",
        t=record,
    )
    messages = [edifact.read_messages(bytes(r["body"]), travel_year=2026)[0] for r in rows]
    return [[r.code for r in m.replies] for m in messages]


def make(ca, *, by=ANNA, second=BORIS, **changes):
    with ca.act(by) as s:
        made = writing.create(s, ca.home, content(**changes))
    if made.proposal:
        with ca.act(second) as s:
            writing.approve(s, ca.home, made.proposal)
    ca.work()
    return made.id


def withdraw(ca, lookout):
    with ca.act() as s:
        writing.withdraw(s, ca.home, lookout)


def test_somebody_cleared_before_a_look_out_was_made_is_found_and_the_carrier_still_sees_ok(ca):
    record = report(ca)
    assert traveller(ca, record)["reply"] == "ok"
    lookout = make(ca)
    assert [h["entry"] for h in hits(ca, record)] == [f"lookout:{lookout}"]
    (case,) = cases(ca, record)
    assert (case["kind"], case["instruction"]) == ("hit", "board-and-refer")
    assert traveller(ca, record)["reply"] == "ok"
    assert unsolicited(ca, record) == []
    ca.work()
    assert len(hits(ca, record)) == 1


def test_withdrawing_takes_open_hits_and_their_case_at_once(ca):
    record = report(ca, flight="345")
    lookout = make(ca)
    withdraw(ca, lookout)
    assert [h["state"] for h in hits(ca, record)] == ["withdrawn"]
    assert [c["closed_as"] for c in cases(ca, record)] == ["withdrawn"]


def test_hold_reply_needs_two_people_then_changes_the_reply_and_withdrawing_restores_it(ca):
    record = report(ca, flight="346")
    with ca.act(ANNA) as s:
        made = writing.create(s, ca.home, content(instruction="hold-reply"))
    ca.work()
    assert hits(ca, record) == []  # nothing is in force yet
    with ca.act(ANNA) as s, pytest.raises(writing.SamePerson):
        writing.approve(s, ca.home, made.proposal)
    with ca.act(BORIS) as s:
        writing.approve(s, ca.home, made.proposal)
    ca.work()
    assert traveller(ca, record)["reply"] == "contact-government"
    assert unsolicited(ca, record) == [["2Z"]]
    (case,) = cases(ca, record)
    assert (case["instruction"], case["default_outcome"]) == ("hold-reply", "ok")
    withdraw(ca, made.id)
    ca.work()
    assert traveller(ca, record)["reply"] == "ok"
    assert unsolicited(ca, record) == [["2Z"], ["0Z"]]


def test_a_refused_proposal_never_takes_effect(ca):
    record = report(ca, flight="347")
    with ca.act(ANNA) as s:
        made = writing.create(s, ca.home, content(instruction="silent"))
    with ca.act(BORIS) as s:
        writing.refuse(s, made.proposal, "not enough")
    ca.work()
    assert hits(ca, record) == []
    with ca.act(BORIS) as s, pytest.raises(SmartborderError):
        writing.approve(s, ca.home, made.proposal)


def test_a_correction_that_no_longer_fits_takes_its_hit_back(ca):
    record = report(ca, flight="348")
    lookout = make(ca)
    assert [h["state"] for h in hits(ca, record)] == ["open"]
    with ca.act() as s:
        born = (ListedDate(date=PartialDate(1931, 7, 9)),)
        writing.correct(
            s, ca.home, lookout, content(name="Someone ELSE", birth_dates=born, documents=())
        )
    ca.work()
    assert [h["state"] for h in hits(ca, record)] == ["withdrawn"]
    assert [c["closed_as"] for c in cases(ca, record)] == ["withdrawn"]


def test_after_doors_closed_it_is_a_referral_on_arrival_and_the_carrier_hears_nothing(ca):
    record = report(ca, flight="349", departs="2611241230", arrives="2611241410")
    make(ca, instruction="hold-reply")
    (case,) = cases(ca, record)
    assert case["kind"] == "arrival"
    assert case["due_at"] == datetime(2026, 11, 24, 19, 10, tzinfo=UTC)
    assert traveller(ca, record)["reply"] == "ok"
    assert unsolicited(ca, record) == []


def test_somebody_reported_while_the_change_committed_is_found_when_it_settles(pair, ca):
    """Intake read the look-outs just before the change: its check says so, the duty catches it."""
    lookout = make(ca)
    change = ca.value("SELECT max(n) FROM lookouts.change")
    record = report(ca, flight="350")
    with ca.act() as s:  # what the race leaves: no hit, a check against an earlier version
        s.run("DELETE FROM act.hit WHERE traveller = :t", t=record)
        s.run("DELETE FROM act.case_file WHERE traveller = :t", t=record)
        s.run("UPDATE act.check_result SET lists = :v WHERE traveller = :t",
              v=f"0.{change - 1}", t=record)  # fmt: skip
        s.run("UPDATE lookouts.change SET settled_at = NULL WHERE n = :n", n=change)
    pair.later(seconds=30)
    ca.work()
    assert [h["entry"] for h in hits(ca, record)] == [f"lookout:{lookout}"]


def test_a_confirmed_encounter_is_told_when_its_look_out_ends(ca):
    record = report(ca, flight="351")
    lookout = make(ca)
    with ca.act() as s:
        s.run("UPDATE act.hit SET state = 'confirmed' WHERE traveller = :t", t=record)
    withdraw(ca, lookout)
    notices = [c for c in cases(ca, record) if c["kind"] == "notice"]
    assert [n["reasons"][0]["code"] for n in notices] == ["lookout.ended-after-encounter"]


def test_a_register_that_changes_re_opens_an_ok(ca):
    record = report(ca, flight="352")
    assert traveller(ca, record)["reply"] == "ok"
    number = ca.value("SELECT document FROM act.traveller WHERE id = :t", t=record).split("/")[0]
    with ca.store.act(SYSTEM, "registers") as s:
        lines = [Holding(document=number, issuer="HUN", status="revoked")]
        registers.load(s, "travel-authorisation", iter(lines), source="test", complete_as_of=None)
    ca.work()
    assert traveller(ca, record)["reply"] == "not-ok"
    assert unsolicited(ca, record) == [["1Z"]]
    (decision,) = ca.rows("SELECT * FROM act.decision WHERE subject = :t", t=record)
    assert (decision["author_kind"], decision["outcome"]) == ("rule", "not-ok")


def test_it_lapses_on_its_review_date_unless_reviewed(pair, ca):
    today = pair.clock.now().date()
    lookout = make(ca, review_by=today + timedelta(days=2))
    reviewed = make(ca, review_by=today + timedelta(days=2), name="Other PERSON")
    with ca.act() as s:
        writing.review(s, ca.home, reviewed, today + timedelta(days=90))
    pair.later(days=1)
    assert lapse(ca.store) == 0
    pair.later(days=1)
    assert lapse(ca.store) == 1
    with ca.act() as s:
        assert not reading.one(s, lookout).in_force
        assert reading.one(s, reviewed).in_force
        with pytest.raises(keeping.NotInForce):
            writing.review(s, ca.home, lookout, today + timedelta(days=90))


def test_a_child_has_a_welfare_route_only(ca):
    child = (ListedDate(date=PartialDate(2012, 5, 1)),)
    with ca.act() as s, pytest.raises(rules.MinorNeedsWelfare):
        writing.create(s, ca.home, content(birth_dates=child))
    with ca.act() as s:
        writing.create(s, ca.home, content(birth_dates=child, basis="child-welfare"))


@pytest.mark.parametrize(
    ("born", "child"),
    [("2008-11-24", False), ("2008-11-25", True), ("2008", True), ("2007", False)],
)
def test_a_date_known_in_part_is_read_to_the_childs_advantage(born, child):
    listed = ListedDate(date=PartialDate.parse(born))
    assert rules.maybe_child(listed, date(2026, 11, 24)) is child


def test_a_review_date_cannot_lie_beyond_the_retention_rule(ca):
    with ca.act() as s, pytest.raises(rules.ReviewTooFar):
        writing.create(s, ca.home, content(review_by=date(2040, 1, 1)))


def test_two_people_changing_the_same_version_do_not_overwrite_each_other(ca):
    lookout = make(ca, name="Both CHANGE")
    with ca.act(ANNA) as s:
        writing.correct(s, ca.home, lookout, content(name="Both CHANGE", office="A"), 1)
    with ca.act(BORIS) as s, pytest.raises(keeping.ChangedMeanwhile):
        writing.correct(s, ca.home, lookout, content(name="Both CHANGE", office="B"), 1)


def test_somebody_answered_while_a_new_list_is_built_is_checked_against_it_afterwards(
    ca, monkeypatch
):
    """The reply does not wait; its check names the lists it was made against, a job follows."""
    may = threading.Event()
    build = Snapshot.build

    def waits(entries, **how):
        if threading.current_thread().name == "lists":
            assert may.wait(20)
        return build(entries, **how)

    later = {"departs": "2611281830", "arrives": "2611282010"}
    report(ca, flight="352", **later)  # everything in force is in memory
    monkeypatch.setattr(list_layer, "PATIENCE", 0.0)
    monkeypatch.setattr(Snapshot, "build", waits)
    listed = b"id,nationality,last_name,first_name,birth_date\nL9,HUN,Kardos,Bodo,1961-05-04\n"
    with ca.act() as s:
        import_list(s, read_list("watch.csv", listed))
    newest = ca.value("SELECT max(n) FROM lookouts.change WHERE scope = 'lists'")
    record = report(ca, flight="352", name="KARDOS:BODO", birth="610504", **later)
    assert (traveller(ca, record)["reply"], hits(ca, record)) == ("ok", [])
    checked = "SELECT lists FROM act.check_result WHERE traveller = :t ORDER BY at DESC, id DESC"
    assert int(ca.value(checked, t=record).split(".")[0]) < newest
    job = ca.value("SELECT args FROM procrastinate_jobs WHERE task_name = 'recheck_message'")
    may.set()
    recheck_message(ca.node, **job)
    recheck_message(ca.node, **job)  # a job may come twice
    (hit,) = hits(ca, record)
    assert (hit["name"], hit["state"]) == ("Bodo Kardos", "open")
    assert ca.value(checked, t=record).split(".")[0] == str(newest)
    assert [c["kind"] for c in cases(ca, record)] == ["hit"]

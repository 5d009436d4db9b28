"""What ends by itself: an override at departure, a spell in which look-outs could not be loaded."""

from datetime import timedelta

import pytest

from smartborder.node.act import unsolicited
from smartborder.node.act.intake import receive
from smartborder.node.carriers import completeness, override_end, recovery
from smartborder.node.desk import overriding
from smartborder.node.lookouts import recheck
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst, person
from tests.scenarios.test_intake import codes
from tests.support.desk import AIRLINE, NOON, TESTER, Desk

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]


@pytest.fixture(scope="module")
def desk(home):
    made = Desk(home)
    made.registers(["12AB34567"])
    yield made
    made.node.close()


@pytest.fixture(autouse=True)
def _noon(desk):
    desk.time.move(NOON - desk.time.now())


# --- overrides ----------------------------------------------------------------------------


class Overridden:
    """A traveller without the document that the law asks for, overridden after a call-back."""

    def __init__(self, desk, number):
        self.desk, self.number = desk, number
        people = person(f"OV{number}", "NOEL", "YVES", document=f"66VV6{number}")
        self.people = people
        assert codes(self.send("L").reply) == ["1Z"]
        self.id = desk.value("SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id ="
                             " t.flight WHERE f.number = :n", n=number)  # fmt: skip
        self.override()

    def send(self, reference, **what):
        what = {"people": self.people, **what}
        return receive(self.desk.node, AIRLINE,
                       paxlst(f"{reference}{self.number}", number=self.number, **what))  # fmt: skip

    def override(self):
        with self.desk.as_(self.desk.carrier_desk) as s:
            overriding.override(
                s,
                self.desk.node,
                self.id,
                called_by="Duty manager",
                number_called="+33 1 2345678",
                words="Saw the paper permit",
            )

    def at(self, hour, minute=0):
        """The duty, done at an hour of the day (UTC)."""
        self.desk.time.move(NOON.replace(hour=hour, minute=minute) - self.desk.time.now())
        override_end.end_overrides(self.desk.node)

    @property
    def reply(self):
        return self.desk.value("SELECT reply FROM act.traveller WHERE id = :t", t=self.id)

    @property
    def call(self):
        (row,) = self.desk.rows(
            "SELECT c.expires_at, e.ended_at IS NOT NULL AS ended, e.restored_at IS NOT NULL AS"
            " restored FROM act.help_call c LEFT JOIN carriers.override_end e ON e.call = c.id"
            " WHERE c.traveller = :t ORDER BY c.at DESC LIMIT 1", t=self.id)  # fmt: skip
        return row

    def changes(self):
        return [r["codes"] for r in self.desk.rows(
            "SELECT codes FROM act.reply WHERE kind = 'unsolicited' AND :t = ANY(travellers)"
            " ORDER BY id", t=self.id)]  # fmt: skip


def test_an_override_ends_when_its_flight_departs_and_whoever_boarded_on_it_had_an_ok(desk):
    one = Overridden(desk, "521")
    assert one.call["expires_at"].isoformat() == "2026-11-24T12:30:00+00:00"
    one.at(12, 29)
    assert not one.call["ended"]
    one.at(12, 30)
    assert (one.call["ended"], one.call["restored"], one.reply) == (True, False, "ok")
    assert one.changes() == [["ok"]]
    one.send("C", bgm="266+CLOB")
    presence = desk.value("SELECT presence FROM act.traveller WHERE id = :t", t=one.id)
    assert presence == "boarded"
    assert desk.value("SELECT count(*) FROM ledger.leaf WHERE kind = 'override-ended'") == 1
    one.at(12, 31)
    assert desk.value("SELECT count(*) FROM ledger.leaf WHERE kind = 'override-ended'") == 1


def test_a_flight_that_leaves_later_takes_the_override_with_it(desk):
    one = Overridden(desk, "522")
    one.send("D", bgm="266+CF", departs="2611241600", arrives="2611241740", people="")
    one.at(12, 30)
    assert not one.call["ended"]
    assert one.call["expires_at"].isoformat() == "2026-11-24T15:00:00+00:00"
    assert one.reply == "ok"
    one.at(15)
    assert one.call["ended"]


def test_after_a_return_to_the_gate_the_law_holds_again_and_the_help_desk_may_be_called(desk):
    one = Overridden(desk, "523")
    one.at(12, 30)
    one.send("C", bgm="266+CLOB")
    one.send("R", bgm="266+CF", departs="2611241800", arrives="2611241940", people="")
    assert one.reply == "ok"
    one.at(12, 40)
    assert (one.call["restored"], one.reply) == (True, "not-ok")
    assert one.changes() == [["ok"], ["not-ok"]]
    one.at(12, 41)
    assert one.changes() == [["ok"], ["not-ok"]]
    one.override()
    assert (one.reply, one.call["restored"]) == ("ok", False)
    assert one.call["expires_at"].isoformat() == "2026-11-24T17:00:00+00:00"


def test_news_of_a_later_departure_that_comes_after_the_time_does_the_same(desk):
    one = Overridden(desk, "524")
    one.at(12, 30)
    one.send("D", bgm="266+CF", departs="2611241800", arrives="2611241940", people="")
    one.at(12, 35)
    assert one.reply == "not-ok"


def test_what_an_officer_decided_after_the_call_stays(desk):
    one = Overridden(desk, "525")
    with desk.store.act(SYSTEM, "passenger-information") as s:
        s.run("UPDATE act.traveller SET reply_decision = 'decision-later' WHERE id = :t", t=one.id)
    one.at(12, 30)
    one.send("D", bgm="266+CF", departs="2611241800", arrives="2611241940", people="")
    one.at(12, 35)
    assert (one.call["restored"], one.reply) == (True, "ok")
    assert one.changes() == [["ok"]]


# --- look-outs that cannot be loaded ------------------------------------------------------


@pytest.fixture
def damaged(desk):
    """A look-out whose stored record cannot be read; ``mend()`` puts it right."""
    entry = desk.lookout("Marius Tolland", "1980-09-09", instruction="hold-reply",
                         document="12AB34567")  # fmt: skip
    record = entry.removeprefix("lookout:")

    def put(value):
        with desk.store.act(SYSTEM, "lookouts") as s:
            kept = s.value("SELECT lookout FROM lookouts.lookout WHERE id = :r", r=record)
            s.run("UPDATE lookouts.lookout SET lookout = :v WHERE id = :r", r=record, v=value)
        return kept

    whole = put(bytes(60))
    yield lambda: put(whole)
    put(whole)


def test_answers_without_look_outs_say_so_and_everybody_is_checked_when_they_are_back(
    desk, damaged
):
    tolland = person("OUT1", "TOLLAND", "MARIUS", birth="800909")
    times = {"departs": "2611241800", "arrives": "2611242010"}
    for n, client in enumerate((AIRLINE, AIRLINE, TESTER)):
        answer = receive(desk.node, client, paxlst(f"OUT{n}", number=f"53{n}", people=tolland,
                                                   **times))  # fmt: skip
        assert codes(answer.reply) == ["0Z"]
        (said,) = [f for f in answer.findings if f.code == completeness.CODE]
        assert "look-outs and lists not loaded" in said.detail.en
        assert "signalements et listes non chargés" in said.detail.fr
        assert said.severity == "warning"
    assert desk.rows("SELECT cause, ended_at FROM carriers.spell") == [
        {"cause": completeness.LOOKOUTS, "ended_at": None}
    ]
    assert desk.value("SELECT count(*) FROM act.hit") == 0

    desk.time.move(timedelta(seconds=11))
    assert recovery.recover(desk.node) == 0  # still not to be read
    damaged()
    assert recovery.recover(desk.node) == 0  # tried a moment ago; the duty comes again
    desk.time.move(timedelta(seconds=11))
    assert recovery.recover(desk.node) == 1
    assert recovery.recover(desk.node) == 0
    assert desk.value("SELECT count(*) FROM carriers.spell WHERE ended_at IS NULL") == 0

    (job,) = desk.rows("SELECT args FROM procrastinate_jobs WHERE task_name = 'recheck'"
                       " AND args ->> 'scope' = 'lookouts'"
                       " AND args ->> 'change' IS NULL")  # fmt: skip
    recheck.recheck(desk.node, **job["args"])
    changed = desk.rows(
        "SELECT f.number, r.codes FROM act.reply r JOIN act.flight f ON f.id = r.flight"
        " WHERE r.kind = 'unsolicited' AND f.number LIKE '53%' ORDER BY f.number"
    )
    assert changed == [{"number": n, "codes": ["contact-government"]} for n in ("530", "531")]
    assert desk.value("SELECT count(*) FROM act.case_file c JOIN act.flight f ON f.id = c.flight"
                      " WHERE f.number LIKE '53%' AND c.kind = 'hit'") == 2  # fmt: skip
    after = receive(desk.node, AIRLINE, paxlst("OUT9", number="539", people=tolland, **times))
    assert completeness.CODE not in [f.code for f in after.findings]
    assert codes(after.reply) == ["2Z"]
    unsolicited.escalate(desk.node)

"""Carriers in test mode: keys of their own, the published set, evidence, and nobody disturbed."""

import pytest

from smartborder.node.access import clients
from smartborder.node.store.session import SYSTEM
from smartborder.world.conformance import playing, published
from smartborder.world.conformance.wire import Answered, Refused
from tests.scenarios.messages import paxlst, person
from tests.scenarios.test_api import bearer

pytestmark = [pytest.mark.node, pytest.mark.points(12)]


class InProcess:
    """The wire to the application in this process."""

    def __init__(self, web, key, spoil=None):
        self.web, self.key, self.spoil = web, key, spoil or (lambda path, answered: answered)

    def ask(self, method, path, body=b""):
        answer = self.web.request(method, path, content=body,
                                  headers=bearer(self.key, accept="application/json"))  # fmt: skip
        return self.spoil(path, Answered(answer.status_code, answer.content))


@pytest.fixture(scope="module")
def client(node):
    with node.store.act(SYSTEM, "access") as s:
        return clients.add(s, name="AF new", kind="airline-host", carriers=["AF"], per_minute=9000)


@pytest.fixture(scope="module")
def key(node, client):
    with node.store.act(SYSTEM, "access") as s:
        return clients.make_key(s, client, "test")


@pytest.fixture(scope="module")
def result(web, key):
    return playing.play(InProcess(web, key))


def test_every_case_of_the_published_set_passes(result):
    assert {o.id: o.reason for o in result.cases if not o.passed} == {}
    assert [o.id for o in result.cases] == [c.id for c in published.published().cases]


def test_the_node_saw_all_of_it_and_says_so_by_a_run(result, node):
    assert {c["id"]: c["shown"] for c in result.shown} == dict.fromkeys(
        ["good-list", "change", "cancel", "close-out", "multi-part", "acknowledgement", "retry",
         "damaged"], True)  # fmt: skip
    assert result.passed
    with node.store.act(SYSTEM, "test") as s:
        row = s.one("SELECT * FROM carriers.run WHERE id = :id", id=result.run)
        assert s.value("SELECT count(*) FROM ledger.leaf WHERE record = :id", id=result.run) == 1
    assert row["passed"]


def test_the_api_says_whether_one_may_go_live_by_the_rule_that_decides_it(result, web, key):
    standing = web.get("/v1/certification", headers=bearer(key)).json()
    assert (standing["live"], standing["ready"]) == (False, True)
    assert standing["run"]["id"] == result.run
    assert standing["counts_until"] > standing["run"]["at"]


def test_nothing_of_it_reached_an_officer(result, node):
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.traveller WHERE mode = 'test'") > 10
        assert s.value("SELECT count(*) FROM act.traveller WHERE mode = 'live'") == 0
        assert s.value("SELECT count(*) FROM act.case_file") == 0
        assert s.value("SELECT count(*) FROM act.hit") == 0


@pytest.mark.parametrize(
    ("spoil", "case", "reason"),
    [
        (lambda body: body.replace(b"BGM+962", b"BGM+132"), "good-list",
         "kind unsolicited, expected reply"),
        (lambda body: body.replace(b"ERC+0Z", b"ERC+9Q").replace(b"ERC+1Z", b"ERC+9Q")
         .replace(b"ERC+2Z", b"ERC+9Q"), "good-list", "code 9Q is not in the node's table"),
        (lambda body: body.replace(b"RFF+ABO:", b"RFF+ABO:X"), "good-list", "answered for"),
        (lambda body: body.replace(b"edifact.count", b"edifact.amount"), "damaged",
         "no finding edifact.count-mismatch"),
    ],
)  # fmt: skip
def test_a_case_that_fails_says_why(web, key, spoil, case, reason):
    def spoiled(path, answered):
        return Answered(answered.status, spoil(answered.body) if path == "/v1/messages"
                        else answered.body)  # fmt: skip

    result = playing.play(InProcess(web, key, spoiled))
    failed = {o.id: o.reason for o in result.cases if not o.passed}
    assert failed[case].en.startswith(reason)
    assert failed[case].fr != failed[case].en
    assert not result.passed


def test_a_client_that_has_shown_little_has_not_passed(node, web):
    with node.store.act(SYSTEM, "access") as s:
        fresh = clients.add(s, name="LH new", kind="airline-host", carriers=["LH"])
        key = clients.make_key(s, fresh, "test")
    web.post("/v1/messages", content=paxlst("ONE", carrier="LH"), headers=bearer(key))
    run = web.post("/v1/certification", headers=bearer(key)).json()
    assert [c["id"] for c in run["criteria"] if c["shown"]] == ["good-list"]
    assert not run["passed"]
    standing = web.get("/v1/certification", headers=bearer(key)).json()
    assert (standing["ready"], standing["counts_until"]) == (False, None)


def test_a_live_key_certifies_and_rehearses_nothing(node, web):
    with node.store.act(SYSTEM, "access") as s:
        old = clients.add(s, name="AF old", kind="airline-host", carriers=["AF"])
        clients.go_live(s, old.id, "run-1")
        live = clients.make_key(s, clients.find(s, old.id), "live")
    for path in ("/v1/certification", "/v1/rehearsals/TR0000001/changed-reply"):
        answer = web.post(path, headers=bearer(live))
        assert (answer.status_code, answer.json()["code"]) == (409, "certification.live-key")
    with pytest.raises(Refused, match="test key"):
        playing.play(InProcess(web, live))


def test_a_test_key_never_gives_a_live_traveller(node, web, key):
    people = person("TRHIT", "MARCHAND", document="77QQ77777")
    web.post("/v1/messages", content=paxlst("T1", people=people), headers=bearer(key))
    web.post("/v1/messages", content=paxlst("T2", bgm="266+CLOB", people=people),
             headers=bearer(key))  # fmt: skip
    with node.store.act(SYSTEM, "test") as s:
        row = s.one("SELECT mode, presence FROM act.traveller WHERE reference = 'TRHIT'")
        assert s.value("SELECT count(*) FROM act.case_file") == 0
    assert row == {"mode": "test", "presence": "boarded-without-ok"}


def test_every_case_kind_stays_shut_to_test_traffic(node, web, key):
    """Hits, held replies, replies, close-outs, alarms, acknowledgements, arrivals: none opens."""
    from datetime import timedelta

    from smartborder.node.act import alarms, release, unsolicited
    from tests.support.desk import TESTER, Desk
    from tests.support.desk import person as traveller

    desk = Desk(node.home)
    desk.registers(["42GH34567", "12AB34567"])
    desk.lookout("Marius Tolland", "1980-09-09", instruction="hold-reply", document="42GH34567")
    desk.lookout("Viktor Salenko", "1971-04-02", document="12AB34567")
    desk.lookout("Nils Oberland", "1966-06-06", instruction="officer-safety")
    people = [
        traveller("TOLLAND", "MARIUS", "1980-09-09", "42GH34567"),
        traveller("SALENKO", "VIKTOR", "1971-04-02", "12AB34567"),
        traveller("OBERLAND", "NILS", "1966-06-06", "22CD34567"),
        traveller("LEROY", "ANNE", "1990-01-30", "77QQ77777"),
    ]
    codes = desk.report(people, number="600", client=TESTER)
    assert "2Z" in codes  # it was checked against the look-outs all the same
    with desk.store.act(SYSTEM, "passenger-information") as s:
        for row in s.rows("SELECT t.id, t.reply FROM act.traveller t JOIN act.flight f"
                          " ON f.id = t.flight WHERE f.number = '600'"):  # fmt: skip
            unsolicited.change_reply(s, desk.node, row["id"],
                                     "not-ok" if row["reply"] == "ok" else "ok")  # fmt: skip
    for _ in range(4):
        unsolicited.escalate(desk.node)
        desk.time.move(unsolicited.EVERY)
    desk.time.move(timedelta(hours=6))
    for duty in (release.release_held, unsolicited.escalate, alarms.missing_close_outs):
        duty(desk.node)
    desk.report(people[:2], number="600", client=TESTER, purpose="flight-close-out",
                departs=timedelta(hours=-3))  # fmt: skip
    assert desk.value("SELECT count(*) FROM act.case_file") == 0
    assert desk.value("SELECT count(*) FROM act.hit") == 0
    desk.node.close()

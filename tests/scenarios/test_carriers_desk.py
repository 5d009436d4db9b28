"""The carrier desk: replies acknowledged by telephone, who flew without one, what is missing."""

from datetime import timedelta

import msgspec
import pytest

from smartborder.kernel.time import FixedTime
from smartborder.node.access import clients, sign_in, users
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.act.unsolicited import change_reply
from smartborder.node.carriers import completeness, desk
from smartborder.node.store.session import SYSTEM, Actor, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst, person
from tests.support.pages import send, web_client

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]
OFFICER = Actor("officer", "user-desk")


@pytest.fixture(scope="module")
def clock():
    return FixedTime(AT)


@pytest.fixture(scope="module")
def open_desk(node, clock):
    opened = open_node(node.home, store=Store(node.home, time=clock))
    with opened.store.act(SYSTEM, "registers") as s:
        s.run("UPDATE act.register_state SET complete_as_of = :now", now=s.now)
        made = clients.add(s, name="AF host", kind="airline-host", carriers=["AF"])
        clients.go_live(s, made.id, "test")
    yield opened, ReportingClient(id=made.id, carriers=frozenset({"AF"}))
    opened.close()


def test_a_changed_reply_waits_until_somebody_says_that_the_carrier_knows(open_desk):
    node, client = open_desk
    received = receive(node, client, paxlst("DESK1", number="9001"))
    with node.store.act(OFFICER, "passenger-information") as s:
        traveller = s.value(
            "SELECT traveller FROM act.traveller_version WHERE message = :m",
            m=received.messages[0],
        )
        change_reply(s, node, traveller, "contact-government")
    with node.store.act(OFFICER, "passenger-information") as s:
        (waiting,) = desk.waiting(s)
        assert (waiting.client, waiting.number, waiting.codes) == (
            "AF host", "9001", ("contact-government",),
        )  # fmt: skip
        with pytest.raises(desk.CallIncomplete):
            desk.acknowledged_by_phone(s, waiting.id, "Duty manager", " ")
        assert desk.acknowledged_by_phone(s, waiting.id, "Duty manager", "+33 1 00 00 00 00")
        assert not desk.acknowledged_by_phone(s, waiting.id, "Again", "+33 1")
        assert desk.waiting(s) == []
        calls = s.rows("SELECT called, officer FROM carriers.phone_call")
    assert [(c["called"], c["officer"]) for c in calls] == [("Duty manager", "user-desk")]
    with node.store.act(SYSTEM, "audit") as s:
        assert s.value("SELECT count(*) FROM audit.seen WHERE record = :t AND actor = 'user-desk'",
                       t=traveller)  # fmt: skip


def test_who_boarded_without_ok_is_listed_oldest_departure_first(open_desk):
    node, client = open_desk
    for number, at in (("9102", "2611241700"), ("9101", "2611241330")):
        stranger = person(f"TR{number}", "TAZI", "OMAR", document=f"88{number}")
        flight = {"number": number, "departs": at}
        receive(node, client, paxlst(f"L{number}", **flight))
        receive(node, client, paxlst(f"C{number}", bgm="266+CLOB", people=stranger, **flight))
    with node.store.act(OFFICER, "passenger-information") as s:
        assert [x.number for x in desk.without_reply(s)] == ["9101", "9102"]


def test_health_counts_live_messages_with_findings(open_desk):
    node, client = open_desk
    wrong = paxlst("HEALTH1", number="9201").replace(b"CNT+42:1'", b"CNT+42:7'")
    receive(node, client, wrong)
    receive(node, msgspec.structs.replace(client, mode="test"), paxlst("HEALTH2", number="9202"))
    with node.store.act(OFFICER, "passenger-information") as s:
        before = {h.name: h for h in desk.health(s)}["AF host"]
    assert before.counts == 1
    assert 0 < before.noted < before.messages


def test_an_old_register_makes_replies_say_so_and_the_banner_name_it(open_desk, clock):
    node, client = open_desk
    clock.move(timedelta(days=30))
    received = receive(node, client, paxlst("OLD1", number="9301", departs="2612251330",
                                            arrives="2612251510"))  # fmt: skip
    assert completeness.CODE in [f.code for f in received.findings]
    assert received.reply
    with node.store.act(OFFICER, "passenger-information") as s:
        assert "travel-authorisation" in [h.name for h in completeness.state(s, node).stale]
    clock.move(-timedelta(days=30))


def test_the_page_shows_it_all_and_takes_the_call(open_desk):
    node, client = open_desk
    received = receive(node, client, paxlst("PAGE1", number="9401"))
    with node.store.act(SYSTEM, "access") as s:
        traveller = s.value("SELECT traveller FROM act.traveller_version WHERE message = :m",
                            m=received.messages[0])  # fmt: skip
        change_reply(s, node, traveller, "contact-government")
        user = users.add(s, login="liaison", name="Liaison", roles=["carrier-desk"])
        token = sign_in.make_link(s, user)
    with web_client(node) as web:
        send(web, f"/enter/{token}", "/enter", token=token)
        page = web.get("/carriers")
        assert page.status_code == 200
        assert "AF 9401" in page.text
        reply = page.text.split('action="/carriers/replies/')[1].split("/")[0]
        path = f"/carriers/replies/{reply}/acknowledged"
        missing = send(web, "/carriers", path, called="", number="")
        assert missing.status_code == 400
        done = send(web, "/carriers", path, called="Manager", number="+1 514 000 0000")
        assert "AF 9401" not in done.text.split("<h2")[1]

"""Replies pushed to the client's address: signed, retried, set aside; sent is not acknowledged."""

import re
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from smartborder.kernel.time import FixedTime
from smartborder.node.access import clients
from smartborder.node.act import acknowledge, unsolicited
from smartborder.node.act.batch import process_transmission
from smartborder.node.act.intake import force_late_parts, receive
from smartborder.node.act.parts import FORCE_AFTER
from smartborder.node.act.sender import ReportingClient
from smartborder.node.carriers import desk, hooks, push_wire, pushing
from smartborder.node.carriers.push_wire import NotDelivered
from smartborder.node.store.session import SYSTEM, Store
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import AT, paxlst
from tests.scenarios.test_api import bearer
from tests.scenarios.test_intake import codes
from tests.support.pages import web_client

pytestmark = [pytest.mark.node, pytest.mark.points(12)]


class Host(ThreadingHTTPServer):
    """The carrier's host: keeps what it is sent and answers as it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taker)
        self.got = []
        self.status = 200
        self.url = f"http://127.0.0.1:{self.server_port}/cusres"


class Taker(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("location", "/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def host():
    served = Host()
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture(scope="module")
def clock():
    return FixedTime(AT)


@pytest.fixture(scope="module")
def opened(node, clock):
    made = open_node(node.home, store=Store(node.home, time=clock))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(opened):
    with opened.store.act(SYSTEM, "access") as s:
        made = clients.add(s, name="AF pushed", kind="airline-host", carriers=["AF"])
        clients.go_live(s, made.id, "run")
        return clients.find(s, made.id)


@pytest.fixture
def pushed(opened, client, host):
    """The client's address, live and test, at a host that takes everything."""
    with opened.store.act(SYSTEM, "access") as s:
        for mode in ("live", "test"):
            hooks.register(s, opened.home, client, mode, f"{host.url}/{mode}")
    yield host
    with opened.store.act(SYSTEM, "access") as s:
        for mode in ("live", "test"):
            hooks.remove(s, client.id, mode)
        s.run("UPDATE act.reply SET state = 'lapsed' WHERE state IN ('awaiting-ack', 'escalated')")
        s.run("UPDATE carriers.push SET state = 'moot' WHERE state = 'due'")


def how_to_check():
    """The function that the how-to for carriers shows."""
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "carriers.md"
    shown = {}
    exec(re.search(r"^```python\n(.*?)^```", page.read_text(), re.M | re.S)[1], shown)
    return shown["check"]


def sender(client, mode="live"):
    return ReportingClient(id=client.id, carriers=client.carriers, mode=mode)


def batch(opened, client, reference, number, mode="live"):
    receipt = receive(opened, sender(client, mode), paxlst(reference, number=number),
                      delivery="batch").transmission  # fmt: skip
    process_transmission(opened, transmission=receipt)
    return receipt


def changed(opened, client, reference, number):
    """A traveller answered OK whose reply then changes; the id of the changed reply."""
    receive(opened, sender(client), paxlst(reference, number=number))
    with opened.store.act(SYSTEM, "passenger-information") as s:
        traveller = s.value(
            "SELECT t.id FROM act.traveller t JOIN act.flight f ON f.id = t.flight"
            " WHERE f.number = :n AND t.client = :c",
            n=number,
            c=client.id,
        )
        unsolicited.change_reply(s, opened, traveller, "contact-government")
        return s.value("SELECT id FROM act.reply WHERE kind = 'unsolicited' ORDER BY id DESC"
                       " LIMIT 1")  # fmt: skip


def due(opened):
    with opened.store.act(SYSTEM, "test") as s:
        return [r["id"] for r in s.rows("SELECT id FROM carriers.push WHERE state = 'due'"
                                        " ORDER BY id")]  # fmt: skip


def work(opened):
    """The duty, then each job once, as the worker does them."""
    pushing.queue(opened)
    for push in due(opened):
        pushing.push_reply(opened, push=push)


def push_of(opened, reply):
    with opened.store.act(SYSTEM, "test") as s:
        return s.one("SELECT * FROM carriers.push WHERE reply = :r ORDER BY escalation DESC"
                     " LIMIT 1", r=reply)  # fmt: skip


def reply_of(opened, reply):
    with opened.store.act(SYSTEM, "test") as s:
        return s.one("SELECT * FROM act.reply WHERE id = :r", r=reply)


def test_a_batch_reply_arrives_signed_by_the_key_that_the_status_names(opened, client, pushed):
    receipt = batch(opened, client, "PUSH1", "801")
    work(opened)
    ((path, headers, body),) = pushed.got
    assert path == "/cusres/live"
    assert codes(body) == ["0Z"]
    assert headers["smartborder-transmission"] == receipt
    assert headers["content-type"] == "application/edifact"
    with opened.store.act(SYSTEM, "access") as s:
        key = clients.make_key(s, client, "live")
    with web_client(opened) as web:
        shown = web.get("/v1/status", headers=bearer(key)).json()["push_key"]
    check = how_to_check()
    now = opened.store.time.now().timestamp()
    check(headers, body, shown, now)
    for wrong in (body[:-1], body.replace(b"0Z", b"1Z")):
        with pytest.raises(InvalidSignature):
            check(headers, wrong, shown, now)
    with pytest.raises(InvalidSignature):
        check({**headers, "webhook-timestamp": "1"}, body, shown, now)
    with pytest.raises(ValueError, match="too old"):
        check(headers, body, shown, now + 301)
    with opened.store.act(SYSTEM, "test") as s:
        reply = s.one("SELECT id, travellers FROM act.reply WHERE transmission = :t", t=receipt)
        seen = s.value(
            "SELECT count(*) FROM audit.seen WHERE record = :t AND actor = :c"
            " AND what = 'reply pushed'",
            t=reply["travellers"][0],
            c=client.id,
        )
    assert push_of(opened, reply["id"])["state"] == "sent"
    assert seen == 1


def test_it_is_sent_once_and_a_reply_given_in_the_call_not_at_all(opened, client, pushed):
    batch(opened, client, "PUSH2", "802")
    receive(opened, sender(client), paxlst("PUSH3", number="803"))
    work(opened)
    work(opened)
    assert [codes(body) for _, _, body in pushed.got] == [["0Z"]]


def test_a_changed_reply_that_was_sent_waits_for_its_acknowledgement_all_the_same(
    opened, client, pushed, clock
):
    reply = changed(opened, client, "PUSH4", "804")
    work(opened)
    assert [codes(body) for _, _, body in pushed.got] == [["2Z"]]
    assert (push_of(opened, reply)["state"], reply_of(opened, reply)["state"]) == (
        "sent", "awaiting-ack",
    )  # fmt: skip
    unsolicited.escalate(opened)
    work(opened)
    assert len(pushed.got) == 2
    assert pushed.got[0][2] == pushed.got[1][2]
    assert pushed.got[0][1]["webhook-id"] != pushed.got[1][1]["webhook-id"]
    with opened.store.act(SYSTEM, "passenger-information") as s:
        acknowledge.mark(s, sender(client), reply_of(opened, reply)["control_reference"])
    clock.move(unsolicited.EVERY)
    unsolicited.escalate(opened)
    work(opened)
    assert len(pushed.got) == 2


def until_dead(opened, push):
    for _ in range(pushing.TRIES - 1):
        with pytest.raises(NotDelivered, match=r"status-\d+|no-answer"):
            pushing.push_reply(opened, push=push)
    pushing.push_reply(opened, push=push)


def test_escalation_waits_for_a_push_under_way_and_the_desk_sees_the_last_of_each_reply(
    opened, client, pushed, clock
):
    pushed.status = 500
    reply = changed(opened, client, "PUSH13", "813")
    pushing.queue(opened)
    (first,) = due(opened)
    unsolicited.escalate(opened)
    assert pushing.queue(opened) == 0  # one push of a reply at a time
    until_dead(opened, first)
    assert pushing.queue(opened) == 1
    (second,) = due(opened)

    def letters():
        with opened.store.act(SYSTEM, "test") as s:
            return [x.id for x in pushing.dead(s, desk.HEALTH_DAYS)]

    assert first not in letters()
    until_dead(opened, second)
    assert (first in letters(), second in letters()) == (False, True)
    with opened.store.act(SYSTEM, "passenger-information") as s:
        acknowledge.mark(s, sender(client), reply_of(opened, reply)["control_reference"])
    assert second not in letters()


@pytest.mark.parametrize("status", [500, 404, 302, 199])
def test_an_address_that_refuses_is_tried_again_and_then_set_aside_on_the_desk(
    opened, client, pushed, status
):
    pushed.status = status
    reply = changed(opened, client, f"PUSHX{status}", f"81{status % 10}{status // 100}")
    pushing.queue(opened)
    (push,) = due(opened)
    until_dead(opened, push)
    pushing.push_reply(opened, push=push)  # a job that comes once too often
    row = push_of(opened, reply)
    assert (row["state"], row["tries"]) == ("dead", pushing.TRIES)
    assert {path for path, _, _ in pushed.got} == {"/cusres/live"}  # nobody was led elsewhere
    assert len(pushed.got) == pushing.TRIES
    with opened.store.act(SYSTEM, "test") as s:
        assert push in [x.id for x in pushing.dead(s, desk.HEALTH_DAYS)]
        assert pushing.again(s, push)
        assert not pushing.again(s, push)
    pushed.status = 204
    pushing.push_reply(opened, push=push)
    assert push_of(opened, reply)["state"] == "sent"
    assert reply_of(opened, reply)["state"] == "awaiting-ack"


def test_nobody_there_and_an_answer_a_byte_at_a_time_hold_nobody_up(
    opened, client, pushed, monkeypatch
):
    monkeypatch.setattr(push_wire, "WHOLE", 0.2)
    never = threading.Event()
    monkeypatch.setattr(Taker, "do_POST", lambda self: never.wait(3))
    reply = changed(opened, client, "PUSH5", "805")
    pushing.queue(opened)
    (push,) = due(opened)
    with pytest.raises(NotDelivered, match="no-answer"):
        pushing.push_reply(opened, push=push)
    never.set()
    with opened.store.act(SYSTEM, "access") as s:
        hooks.register(s, opened.home, client, "live", "http://127.0.0.1:1/none")
    with pytest.raises(NotDelivered, match="no-answer"):
        pushing.push_reply(opened, push=push)
    assert push_of(opened, reply)["tries"] == 2


def test_an_address_that_has_become_private_is_not_called(opened, client, pushed):
    changed(opened, client, "PUSH6", "806")
    pushing.queue(opened)
    (push,) = due(opened)
    with opened.store.act(SYSTEM, "access") as s:
        s.run("UPDATE carriers.hook SET url = 'https://10.0.0.1/x' WHERE client = :c", c=client.id)
    with pytest.raises(NotDelivered, match="address-refused"):
        pushing.push_reply(opened, push=push)
    assert pushed.got == []


def test_what_is_no_longer_needed_is_not_sent(opened, client, pushed):
    reply = changed(opened, client, "PUSH7", "807")
    pushing.queue(opened)
    with opened.store.act(SYSTEM, "passenger-information") as s:
        acknowledge.mark(s, sender(client), reply_of(opened, reply)["control_reference"])
    for push in due(opened):
        pushing.push_reply(opened, push=push)
    assert push_of(opened, reply)["state"] == "moot"
    other = changed(opened, client, "PUSH8", "808")
    pushing.queue(opened)
    with opened.store.act(SYSTEM, "access") as s:
        hooks.remove(s, client.id, "live")
    for push in due(opened):
        pushing.push_reply(opened, push=push)
    assert push_of(opened, other)["state"] == "moot"
    assert pushed.got == []


def test_test_replies_go_to_the_test_address_and_their_failures_to_no_officer(
    opened, client, pushed
):
    batch(opened, client, "PUSH9", "809", mode="test")
    work(opened)
    assert [path for path, _, _ in pushed.got] == ["/cusres/test"]
    pushed.status = 500
    batch(opened, client, "PUSH10", "810", mode="test")
    pushing.queue(opened)
    (push,) = due(opened)
    until_dead(opened, push)
    with opened.store.act(SYSTEM, "test") as s:
        assert pushing.counted(s, client.id)["test"]["dead"] == 1
        assert push not in [x.id for x in pushing.dead(s, desk.HEALTH_DAYS)]
        assert not pushing.again(s, push)


def test_a_list_forced_after_its_call_is_pushed_and_one_answered_in_its_call_is_not(
    opened, client, pushed, clock
):
    receive(opened, sender(client), paxlst("PUSH40", number="840"))
    part = paxlst("PUSH41", number="841", part="+PUSHPART+01:C")
    waits = receive(opened, sender(client), part)
    assert waits.state == "waiting-parts"
    clock.move(FORCE_AFTER)
    assert force_late_parts(opened) == 1
    assert pushing.queue(opened) == 1
    work(opened)
    ((_, headers, body),) = pushed.got
    assert headers["smartborder-transmission"] == waits.transmission
    assert codes(body) == ["0Z"]


def test_a_push_whose_job_was_lost_gets_another(opened, client, pushed, clock):
    def jobs():
        with opened.store.act(SYSTEM, "test") as s:
            return s.value("SELECT count(*) FROM procrastinate_jobs WHERE task_name ="
                           " 'push_reply'")  # fmt: skip

    before = jobs()
    batch(opened, client, "PUSH11", "811")
    assert pushing.queue(opened) == 1
    assert pushing.queue(opened) == 0
    assert jobs() == before + 1
    clock.move(pushing.LOST + timedelta(seconds=1))
    assert pushing.queue(opened) == 1
    assert jobs() == before + 2
    for push in due(opened):
        pushing.push_reply(opened, push=push)
    assert len(pushed.got) == 1


def test_nothing_from_before_the_address_was_registered_is_sent(opened, client, pushed, clock):
    with opened.store.act(SYSTEM, "access") as s:
        hooks.remove(s, client.id, "live")
    batch(opened, client, "PUSH12", "812")
    clock.move(timedelta(seconds=1))
    with opened.store.act(SYSTEM, "access") as s:
        hooks.register(s, opened.home, client, "live", pushed.url)
    work(opened)
    assert pushed.got == []

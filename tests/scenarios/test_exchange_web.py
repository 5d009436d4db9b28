"""The exchange over HTTP and on screens: the door takes bytes, our side sees the clauses."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from smartborder.node.exchange import age as ages
from smartborder.node.exchange import encounters
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.transport import (
    HttpTransport,
    PartnerRefused,
    PartnerUnreachable,
)
from smartborder.node.exchange.wire import BATCH_PATH, HELLO_PATH
from smartborder.node.lookouts import reading, writing
from smartborder.node.store.session import SYSTEM
from tests.scenarios.test_exchange_cases import ask, case_of, met
from tests.support.pages import account, send, signed_in, web_client
from tests.support.pair import content, joined, load_registers

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        load_registers(pair.ca)
        yield pair


ROLES = ["lookout-owner", "supervisor", "officer"]


@pytest.fixture(scope="module")
def us(pair):
    yield from browser(pair.us)


@pytest.fixture(scope="module")
def ca(pair):
    yield from browser(pair.ca)


def browser(side):
    with web_client(side) as client:
        client.user = account(side, "wanda", *ROLES, name="Wanda Roy")
        yield fresh(client)


def fresh(client):
    """Clocks move a lot here; sign in again so that the session is young."""
    return signed_in(client, client.user)


class Door:
    """A transport that posts to the other node's web application."""

    def __init__(self, client):
        self.client = client

    def post(self, path, body):
        answer = self.client.post(path, content=body, headers={"accept": "application/json"})
        if answer.status_code != 200:
            raise PartnerRefused(f"status {answer.status_code}")
        return answer.content


def test_a_look_out_crosses_through_the_partners_web_application(pair, ca):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Über WEB"))
    assert send_due(pair.us.home, pair.us.store, Door(ca)) == 1
    with pair.ca.act() as s:
        assert reading.one(s, made.id).lookout.names[0].text == "Über WEB"


@pytest.mark.parametrize("path", [BATCH_PATH, HELLO_PATH])
@pytest.mark.parametrize("body", [b"", b"{}", b"\xff\xfe", b"x" * 50_000])
def test_junk_at_the_door_is_a_coded_refusal(ca, path, body):
    answer = ca.post(path, content=body, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "exchange.envelope-refused"


def test_a_body_beyond_any_batch_is_refused(ca):
    answer = ca.post(BATCH_PATH, content=bytes(9_000_000), headers={"accept": "application/json"})
    assert answer.status_code == 413


def test_our_side_sees_every_field_with_its_clause(pair, us):
    pair.settle()
    listed = fresh(us).get("/exchange")
    assert listed.status_code == 200
    (envelope, *_) = re.findall(r'href="/exchange/(envelope-[^"]+)"', listed.text)
    one = us.get(f"/exchange/{envelope}")
    assert "Dates of birth" in one.text
    assert "SL-1" in one.text


def test_the_banner_speaks_only_while_the_partner_is_silent(pair, us):
    pair.settle()
    assert "Canada" not in fresh(us).get("/exchange/banner").text
    pair.us.cable.connected = False
    pair.later(minutes=7)
    with pair.us.act() as s:
        writing.create(s, pair.us.home, content("Waits FORIT"))
    pair.us.send()
    text = fresh(us).get("/exchange/banner").text
    assert "The node of Canada has not been heard for 7 min" in text
    assert "1 message waits for it." in text
    pair.us.cable.connected = True
    pair.later(seconds=2)
    pair.settle()


def test_an_encounter_is_confirmed_and_a_held_question_answered_on_screen(pair, us, ca):
    lookout, hit = met(pair, "501", document=False)
    encounters.report_outcome(pair.ca.node, hit)
    ask(pair, hit)
    pair.settle()
    shown = fresh(us).get("/encounters")
    encounter = re.search(rf'id="(encounter-[^"]+)"[^§]*?/lookouts/{lookout}', shown.text)[1]
    done = send(us, "/encounters", f"/encounters/{encounter}/answer", verdict="confirmed")
    assert "We confirmed: our subject." in done.text
    waiting = us.get("/questions").text
    question = re.search(r'id="(question-[^"]+)"', waiting)[1]
    name = pair.us.lookout(lookout).names[0].text
    assert "Our look-out" in waiting  # to compare with, on the same page
    assert f">{name}</td>" in waiting
    assert send(us, "/questions", f"/questions/{question}/decide",
                decision="release").status_code == 200  # fmt: skip
    pair.settle()
    case = fresh(ca).get(f"/cases/{case_of(pair, hit)}")
    assert "Ask the originator" in case.text
    assert "answered" in case.text


def test_an_officer_asks_from_the_hit(pair, ca):
    _, hit = met(pair, "502")
    case = case_of(pair, hit)
    with pair.ca.act() as s:
        s.run("UPDATE act.case_file SET claimed_by = :me, lease_until = :until WHERE id = :c",
              me=ca.user.id, until=pair.clock.now().replace(year=2030), c=case)  # fmt: skip
    asked = send(fresh(ca), f"/cases/{case}", f"/hits/{hit}/ask")
    assert asked.status_code == 200
    assert "waits for the partner" in asked.text


def test_a_node_without_a_partner_shares_nothing_and_shows_no_banner(node_home):
    from smartborder.node.store.session import Store

    home = node_home("FR")
    store = Store(home)
    with store.act(SYSTEM, "lookouts") as s:
        writing.create(s, home, content("Nobody ELSE"))
        assert s.value("SELECT count(*) FROM exchange.outbox") == 0
        assert ages.age(s, home).silent is False
    store.close()


@pytest.fixture
def server():
    """A partner's HTTP server that answers whatever it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(self.server.status)
            self.end_headers()
            self.wfile.write(body[::-1])

        def log_message(self, *_):
            """Stay quiet."""

    made = HTTPServer(("127.0.0.1", 0), Handler)
    made.status = 200
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_http_carries_bytes_and_tells_refusal_from_silence(server):
    transport = HttpTransport(f"http://127.0.0.1:{server.server_port}")
    assert transport.post("/x", b"abc") == b"cba"
    server.status = 422
    with pytest.raises(PartnerRefused):
        transport.post("/x", b"abc")
    server.status = 503
    with pytest.raises(PartnerUnreachable):
        transport.post("/x", b"abc")
    with pytest.raises(PartnerUnreachable):
        HttpTransport("http://127.0.0.1:1").post("/x", b"abc")

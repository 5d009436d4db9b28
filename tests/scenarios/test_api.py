"""The machine API as an airline's system meets it."""

import pytest

from smartborder.node.access import clients
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst
from tests.scenarios.test_intake import codes

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]


@pytest.fixture(scope="module")
def keys(node):
    with node.store.act(SYSTEM, "access") as s:
        client = clients.add(
            s, name="AF host", kind="airline-host", carriers=["AF"], address="AFHOST"
        )
        test = clients.make_key(s, client, "test")
        clients.go_live(s, client.id, "run")
        live = clients.make_key(s, clients.find(s, client.id), "live")
        slow = clients.add(s, name="slow", kind="gateway", carriers=["AF"], per_minute=2)
        return {"test": test, "live": live, "slow": clients.make_key(s, slow, "test")}


def bearer(key, **more):
    return {"authorization": f"Bearer {key}", "content-type": "application/edifact", **more}


def test_a_list_is_answered_in_the_same_call(web, keys):
    answer = web.post("/v1/messages", content=paxlst("API1"), headers=bearer(keys["live"]))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/edifact")
    assert codes(answer.content) == ["0Z"]
    state = web.get(
        f"/v1/messages/{answer.headers['x-transmission']}", headers=bearer(keys["live"])
    ).json()
    assert state["state"] == "answered"
    assert [m["travellers"] for m in state["messages"]] == [1]


def test_json_is_given_to_those_who_ask_for_it(web, keys):
    answer = web.post(
        "/v1/messages",
        content=paxlst("API2"),
        headers=bearer(keys["test"], accept="application/json"),
    ).json()
    assert answer["state"] == "answered"
    assert "CUSRES" in answer["reply"]


@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer nope"}, {"authorization": "x"}])
def test_without_a_valid_key_nothing_is_said(web, header):
    answer = web.post("/v1/messages", content=paxlst(), headers=header)
    assert answer.status_code == 401
    assert answer.json()["code"] == "client.key-refused"


def test_an_empty_body_is_a_coded_error(web, keys):
    answer = web.post("/v1/messages", content=b"", headers=bearer(keys["live"]))
    assert (answer.status_code, answer.json()["code"]) == (400, "edifact.empty")


def test_fifty_megabytes_are_refused_with_413(web, keys):
    answer = web.post("/v1/messages", content=b"x" * 50_000_000, headers=bearer(keys["live"]))
    assert (answer.status_code, answer.json()["code"]) == (413, "http.too-large")


def test_too_fast_is_429_and_says_how_long_to_wait(web, keys):
    answers = [
        web.post("/v1/messages", content=paxlst(f"S{n}"), headers=bearer(keys["slow"]))
        for n in range(4)
    ]
    last = answers[-1]
    assert (last.status_code, last.json()["code"]) == (429, "client.too-fast")
    assert int(last.headers["retry-after"]) > 0


def test_batch_gives_a_receipt_and_the_reply_once_it_is_processed(web, keys, node):
    answer = web.post(
        "/v1/messages?delivery=batch", content=paxlst("BATCH1"), headers=bearer(keys["live"])
    )
    assert answer.status_code == 202
    receipt = answer.json()["transmission"]
    early = web.get(f"/v1/messages/{receipt}/reply", headers=bearer(keys["live"]))
    assert early.json()["code"] == "message.no-reply"
    from smartborder.node.act.batch import process_transmission

    process_transmission(node, transmission=receipt)
    reply = web.get(f"/v1/messages/{receipt}/reply", headers=bearer(keys["live"]))
    assert codes(reply.content) == ["0Z"]


def test_nobody_sees_the_messages_of_another(web, keys):
    answer = web.post("/v1/messages", content=paxlst("API9"), headers=bearer(keys["live"]))
    other = web.get(
        f"/v1/messages/{answer.headers['x-transmission']}", headers=bearer(keys["slow"])
    )
    assert other.status_code in (404, 429)


def test_a_key_of_one_mode_sees_nothing_of_the_other(web, keys, node):
    sent = web.post("/v1/messages?delivery=batch", content=paxlst("APIM"),
                    headers=bearer(keys["live"])).json()["transmission"]  # fmt: skip
    from smartborder.node.act.batch import process_transmission

    process_transmission(node, transmission=sent)
    with node.store.act(SYSTEM, "test") as s:
        reply = s.value("SELECT id FROM act.reply WHERE transmission = :t", t=sent)
    for path in (f"/v1/messages/{sent}", f"/v1/messages/{sent}/reply", f"/v1/replies/{reply}"):
        answers = {m: web.get(path, headers=bearer(keys[m])).status_code for m in ("live", "test")}
        assert answers == {"live": 200, "test": 404}, path
    other = web.post(f"/v1/replies/{reply}/acknowledgement", headers=bearer(keys["test"]))
    assert (other.status_code, other.json()["code"]) == (404, "record.not-found")


def test_the_api_describes_itself(web):
    document = web.get("/v1/openapi.json").json()
    assert {"/v1/messages", "/v1/replies"} <= set(document["paths"])

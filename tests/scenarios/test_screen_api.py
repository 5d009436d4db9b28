"""``POST /v1/screen`` as another system meets it: its own lists, no look-outs, coded errors."""

import json

import pytest

from smartborder.formats.lists import read_list
from smartborder.node.access import clients
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.store.session import SYSTEM
from tests.scenarios.test_lookouts_web import line

pytestmark = [pytest.mark.node, pytest.mark.points(25, 28)]


def watched(number, name, born):
    return json.dumps(
        {"id": f"Q-{number}", "schema": "Person", "caption": name, "datasets": ["open"],
         "properties": {"name": [name], "birthDate": [born], "nationality": ["hu"]}}
    ).encode() + b"\n"  # fmt: skip


@pytest.fixture(scope="module")
def web(node, web):
    with node.store.act(SYSTEM, "lists") as s:
        import_list(s, read_list("open.jsonl", watched(1, "Zoltan Pruefer", "1970-02-03")))
        import_list(s, read_list("lookouts.jsonl", line(1, "Zoltan Pruefer")))
    return web


@pytest.fixture(scope="module")
def keys(node, web):
    with node.store.act(SYSTEM, "access") as s:
        named = s.value("SELECT list FROM lookouts.list_version WHERE list <> 'lookout'")
        ours = clients.add(s, name="bank desk", kind="screening-system", lists=[named])
        other = clients.add(s, name="other desk", kind="screening-system", lists=["un"])
        carrier = clients.add(s, name="AF", kind="airline-host", carriers=["AF"])
        return {n: {"authorization": f"Bearer {clients.make_key(s, c, 'test')}"}
                for n, c in (("ours", ours), ("other", other), ("carrier", carrier))}  # fmt: skip


ASKED = {"id": "7", "name": "PRUFER Zoltan", "birth_date": "1970-02-03", "nationality": "HU"}


def test_one_question_is_answered_in_the_shape_of_the_command(web, keys, node):
    answer = web.post("/v1/screen", json=ASKED, headers=keys["ours"])
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["id"] == "7"
    (hit,) = found["hits"]
    assert set(hit) == {"entry", "list", "name", "score", "verdict", "reasons", "would_change",
                        "entry_version"}  # fmt: skip
    assert (hit["verdict"], hit["name"]) == ("match", "Zoltan Pruefer")
    assert hit["score"] > 0.9
    assert {"screening.birth-date-same", "screening.nationality-same"} <= {
        r["code"] for r in hit["reasons"]
    }
    with node.store.act(SYSTEM, "test") as s:
        seen = s.rows("SELECT actor_kind, kind, purpose FROM audit.seen WHERE record = :r",
                      r=hit["entry"])  # fmt: skip
    assert dict(seen[-1]) == {"actor_kind": "client", "kind": "list-entry", "purpose": "screening"}


def test_only_the_lists_named_for_the_system_answer_and_never_look_outs(web, keys):
    assert web.post("/v1/screen", json=ASKED, headers=keys["other"]).json()["hits"] == []
    hits = web.post("/v1/screen", json=ASKED, headers=keys["ours"]).json()["hits"]
    assert [h["list"] for h in hits if h["list"] == "lookout"] == []


def test_a_batch_is_answered_in_order_and_one_problem_stops_nothing(web, keys):
    asked = [ASKED, {"id": "8", "name": " "}, {"id": "9", "name": "Nobody At All"},
             {"id": "10", "name": "x", "birth_date": "1970-02-31"}]  # fmt: skip
    answers = web.post("/v1/screen/batch", json={"queries": asked}, headers=keys["ours"]).json()
    assert [a["id"] for a in answers] == ["7", "8", "9", "10"]
    assert [len(a["hits"]) if a["hits"] is not None else a["problem"]["code"] for a in answers] == [
        1, "screen.question", 0, "screen.question",
    ]  # fmt: skip


def test_an_earlier_day_leaves_out_what_was_listed_later(web, keys):
    answer = web.post("/v1/screen", json={**ASKED, "as_of": "2020-01-01"}, headers=keys["ours"])
    assert len(answer.json()["hits"]) == 1  # the entry does not say when it was listed


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/v1/screen", {"id": "1"}, 400, "screen.question"),
        ("/v1/screen", {"id": "1", "name": "x", "nationality": "ZQ"}, 400, "screen.question"),
        ("/v1/screen", {"id": "1", "name": "x", "birth_date": "3 May"}, 400, "http.form"),
        ("/v1/screen", {"id": "1", "name": "x" * 401}, 400, "http.form"),
        ("/v1/screen", {"id": "1", "name": "x", "secret": 1}, 400, "http.form"),
        ("/v1/screen", {"name": "x"}, 400, "http.form"),
        ("/v1/screen/batch", {"queries": []}, 400, "http.form"),
        ("/v1/screen/batch", {"queries": [ASKED] * 501}, 400, "http.form"),
    ],
)
def test_what_cannot_be_asked_is_a_coded_error(web, keys, path, body, status, code):
    answer = web.post(path, json=body, headers=keys["ours"])
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"[]"])
def test_what_is_no_question_is_a_coded_error(web, keys, body):
    answer = web.post("/v1/screen", content=body,
                      headers={**keys["ours"], "content-type": "application/json"})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (400, "http.form")


def test_a_body_beyond_the_limit_is_refused(web, keys):
    answer = web.post("/v1/screen/batch", content=b"x" * 1_000_001,
                      headers={**keys["ours"], "content-type": "application/json"})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (413, "http.too-large")


def test_each_kind_of_key_opens_its_own_door_only(web, keys):
    asked = web.post("/v1/screen", json=ASKED, headers=keys["carrier"])
    assert (asked.status_code, asked.json()["code"]) == (403, "client.other-use")
    told = web.get("/v1/status", headers=keys["ours"])
    assert (told.status_code, told.json()["code"]) == (403, "client.other-use")
    nobody = web.post("/v1/screen", json=ASKED, headers={"authorization": "Bearer x"})
    assert nobody.json()["code"] == "client.key-refused"


@pytest.mark.parametrize(("kind", "named"), [("screening-system", []), ("gateway", ["un"])])
def test_lists_belong_to_screening_systems_alone(node, kind, named):
    with node.store.act(SYSTEM, "access") as s, pytest.raises(clients.ListsUnusable):
        clients.add(s, name="wrong", kind=kind, carriers=["AF"], lists=named)

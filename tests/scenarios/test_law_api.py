"""``POST /v1/decide``: a proposal for whoever has a key, nothing kept, no fault for any input."""

import json
from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartborder.law import FactsUnusable, NotReviewed, rules
from smartborder.law import schema as schema_of
from smartborder.node.access import clients
from smartborder.node.determinations.asking import ask
from smartborder.node.store.session import SYSTEM
from tests.scenarios.test_law_acceptance import AUNT, CLAIM

pytestmark = [pytest.mark.node, pytest.mark.points(5)]


@pytest.fixture(scope="module")
def web(node, web):
    with node.store.act(SYSTEM, "access") as s:
        made = clients.add(s, name="law", kind="gateway", carriers=["AF"], per_minute=60000)
        web.headers["authorization"] = f"Bearer {clients.make_key(s, made, 'test')}"
    return web


def kept(node):
    with node.store.act(SYSTEM, "test") as s:
        return [s.value(f"SELECT count(*) FROM {t}") for t in
                ("act.decision", "determinations.file", "determinations.decision",
                 "ledger.leaf")]  # fmt: skip


def test_one_question(web, node):
    before = kept(node)
    facts = {**CLAIM, "nationalities": ["HND"], "family": [AUNT]}
    answer = web.post("/v1/decide/stca", json={"facts": facts, "on": "2026-05-04"})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["verdict"], found["status"], found["on"]) == (
        "exception", "proposal", "2026-05-04",
    )  # fmt: skip
    assert found["reviewed_by"] is None
    assert kept(node) == before


def test_a_batch_answers_in_order_and_one_problem_stops_nothing(web, node):
    before = kept(node)
    asked = [
        {"facts": {**CLAIM, "nationalities": ["HND"]}, "on": "2026-05-04"},
        {"facts": {"shoe_size": 43}},
        {"facts": {**CLAIM, "nationalities": ["BGR"]}, "on": "2026-05-04"},
        {"facts": {}, "country": "QQ"},
    ]
    answers = web.post("/v1/decide/stca/batch", json={"questions": asked}).json()
    assert [a["proposal"] and a["proposal"]["verdict"] for a in answers] == [
        "applies", None, "exception", None,
    ]  # fmt: skip
    assert answers[1]["problem"]["code"] == "law.facts-unusable"
    assert answers[3]["problem"]["code"] == "law.rule-not-here"
    assert kept(node) == before


def test_the_day_comes_from_the_facts_then_from_the_node(web):
    named = web.post("/v1/decide/stca", json={"facts": {"claim_date": "2026-03-02"}}).json()
    assert named["on"] == "2026-03-02"
    assert named["as_known"] > "2026-03-02"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/v1/decide/no-such-rule", {"facts": {}}, 404, "law.unknown-rule"),
        ("/v1/decide/stca", {"facts": {"place": "moon"}}, 400, "law.facts-unusable"),
        ("/v1/decide/stca", {"facts": {"entry_date": "2026-02-30"}}, 400, "law.facts-unusable"),
        ("/v1/decide/stca", {"facts": {"place": {"readings": 5}}}, 400, "law.facts-unusable"),
        ("/v1/decide/stca", {"facts": {"entry_date": {"from": "9999-01-01", "to": "9999"}}},
         400, "law.facts-unusable"),
        ("/v1/decide/residency", {"facts": {}, "country": "US"}, 400, "law.rule-not-here"),
        ("/v1/decide/stca", {}, 400, "http.form"),
        ("/v1/decide/stca", {"facts": {}, "on": "tomorrow"}, 400, "http.form"),
        ("/v1/decide/stca", {"facts": {}, "secret": 1}, 400, "http.form"),
        ("/v1/decide/stca/batch", {"questions": []}, 400, "http.form"),
        ("/v1/decide/stca/batch", {"questions": [{"facts": {}}] * 501}, 400, "http.form"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_coded_error(web, path, body, status, code):
    answer = web.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"[]"])
def test_what_is_no_question_is_a_coded_error(web, body):
    answer = web.post("/v1/decide/stca", content=body,
                      headers={"content-type": "application/json"})  # fmt: skip
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == "http.form"


def test_without_a_key_nothing_is_said(web):
    answer = web.post("/v1/decide/stca", json={"facts": {}}, headers={"authorization": "Bearer x"})
    assert (answer.status_code, answer.json()["code"]) == (401, "client.key-refused")


def test_in_production_nobody_gets_a_proposal_that_no_counsel_reviewed(node):
    home, now = node.home, node.store.time.now()
    assert ask(home, "stca", CLAIM, now=now).verdict.status == "proposal"
    for rule in home.pack.law:
        with pytest.raises(NotReviewed, match="no review by a named counsel"):
            ask(home.changed(mode="production"), rule, {}, now=now)


def test_no_input_that_fits_the_description_makes_a_fault(web):
    schema = schemathesis.openapi.from_dict(decide_paths(web))
    for result in schema.get_all_operations():
        send_many(result.ok(), web)


def send_many(operation, web):
    """Cases that schemathesis makes for one operation."""

    @settings(max_examples=60, deadline=None, database=None, derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy())
    def send(case):
        body = json.loads(json.dumps(case.body, default=str))
        answer = web.request(case.method, case.formatted_path, json=body)
        assert answer.status_code < 500, (case.formatted_path, case.body)
        if answer.status_code >= 400:
            assert answer.json()["code"]

    send()


FACTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8)
    | st.sampled_from(["2026-05", "2026-02-30", "9999-12-31", "0000", "air", "none"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["value", "readings", "disputed", "source", "from", "to"]),
                      inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize("rule", sorted({r.name for r in rules()}))
def test_no_facts_of_any_shape_make_a_fault(node, rule):
    home, now = node.home, node.store.time.now()
    names = st.sampled_from(sorted(schema_of(rule, "CA")["properties"]))

    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(facts=st.dictionaries(names, FACTS, max_size=6))
    def put(facts):
        with suppress(FactsUnusable):
            ask(home, rule, facts, now=now)

    put()


def decide_paths(web):
    document = web.get("/v1/openapi.json").json()
    paths = {p: v for p, v in document["paths"].items() if p.startswith("/v1/decide")}
    assert len(paths) == 2
    return {**document, "paths": paths}

"""Everything the API says of itself is true of it: no call by its own description breaks it."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from smartborder.node.access import clients
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst
from tests.scenarios.test_api import bearer

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def key(node):
    with node.store.act(SYSTEM, "access") as s:
        client = clients.add(s, name="fuzz", kind="gateway", carriers=["AF"], per_minute=100_000)
        return clients.make_key(s, client, "test")


@pytest.fixture(scope="module")
def asking_key(node):
    with node.store.act(SYSTEM, "access") as s:
        client = clients.add(s, name="asks", kind="screening-system", lists=["un"],
                             per_minute=100_000)  # fmt: skip
        return clients.make_key(s, client, "test")


@pytest.fixture(scope="module")
def operations(web):
    schema = schemathesis.openapi.from_dict(web.get("/v1/openapi.json").json())
    return [found.ok() for found in schema.get_all_operations()]


def test_the_description_names_every_route_of_the_machine_api(operations):
    assert {(o.method.upper(), o.path) for o in operations} >= {
        ("POST", "/v1/messages"), ("GET", "/v1/messages"), ("GET", "/v1/status"),
        ("GET", "/v1/replies"), ("POST", "/v1/certification"), ("POST", "/v1/screen"),
        ("POST", "/v1/screen/batch"),
    }  # fmt: skip


def test_no_call_by_the_description_makes_a_fault(web, key, asking_key, operations):
    """Bounded and the same each time: some calls of every operation."""
    web.post("/v1/messages", content=paxlst("FUZZ"), headers=bearer(key))
    for operation in operations:
        asks = operation.path.startswith("/v1/screen")
        assert exercise(web, asking_key if asks else key, operation) > 0


def exercise(web, key, operation):
    """Call one operation with what its description allows; how many calls there were."""
    statuses = []

    @settings(max_examples=25, deadline=None, derandomize=True, database=None,
              phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy())
    def call(case):
        statuses.append(send(web, key, case))
        assert statuses[-1] < 500, f"{operation.label}: {statuses[-1]}"

    call()
    return len(statuses)


def send(web, key, case):
    kwargs = case.as_transport_kwargs()
    kwargs.pop("cookies", None)
    url = case.formatted_path
    body = json.dumps(kwargs["json"]) if "json" in kwargs else kwargs.get("data")
    headers = {k: v for k, v in (kwargs.get("headers") or {}).items() if k.lower() != "user-agent"}
    headers["authorization"] = f"Bearer {key}"
    answer = web.request(case.method, url, params=kwargs.get("params") or {},
                         content=body if isinstance(body, bytes | str) else b"x",
                         headers=headers)  # fmt: skip
    return answer.status_code


@pytest.mark.parametrize(
    "path",
    ["/v1/messages/%00", "/v1/messages/%00/reply", "/v1/replies/%00", "/v1/messages?after=%00",
     "/v1/messages?since=yesterday", "/v1/messages?since=2026-11-24T10:00:00",
     "/v1/messages?limit=0", "/v1/messages?limit=99999999999999999999", "/v1/nothing",
     "/v1/messages/%FF%FE", "/v1/replies/" + "x" * 5000],
)  # fmt: skip
def test_odd_addresses_are_coded_errors(web, key, path):
    answer = web.get(path, headers=bearer(key))
    assert 400 <= answer.status_code < 500
    assert "." in answer.json()["code"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/replies/%00/acknowledgement", "/v1/certification?since=x",
        "/v1/rehearsals/%00/changed-reply", "/v1/messages?kind=PAXLST",
        "/v1/messages?delivery=pigeon", "/v1/messages?kind=nothing",
    ],
)  # fmt: skip
def test_odd_posts_are_coded_errors(web, key, path):
    answer = web.post(path, content=paxlst("ODD"), headers=bearer(key))
    assert 400 <= answer.status_code < 500
    assert "." in answer.json()["code"]

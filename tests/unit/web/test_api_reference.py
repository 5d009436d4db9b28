"""The page about the machine API names every route there is, with errors and calls that exist."""

import re
import shlex

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from smartborder.kernel.errors import tree
from smartborder.web import registry
from smartborder.web.api import description, reference
from smartborder.web.threads import in_thread

PAGE = reference.page()
ROUTES = reference.routes()


def test_the_page_and_the_description_for_machines_name_the_same_routes() -> None:
    handlers = [in_thread(route) for room in registry.rooms() for route in room.routes]
    app = Litestar(route_handlers=handlers, openapi_config=description.CONFIG)
    with TestClient(app) as client:
        paths = client.get("/v1/openapi.json").json()["paths"]
    described = {(path, method.upper()) for path, ways in paths.items() for method in ways}
    assert described | {("/v1/openapi.json", "GET")} == {(p, m) for p, m, _ in ROUTES}
    assert re.findall(r"^## (\w+ /\S+)$", PAGE, re.M) == [f"{m} {p}" for p, m, _ in ROUTES]


@pytest.mark.parametrize(("path", "method", "route"), ROUTES, ids=lambda x: str(x)[:40])
def test_every_route_says_what_it_is_and_what_goes_wrong(path, method, route) -> None:
    part = PAGE.split(f"## {method} {path}\n")[1].split("\n## ")[0]
    said = part.strip().splitlines()[0]
    assert len(said) > 20
    assert said[0].isupper()
    codes = {kind.code for kind in tree()}
    assert {kind.code for kind in reference.errors_of(route)} <= codes
    if "anybody" not in part:
        assert "| 401 | `client.key-refused` |" in part
        assert "| 429 | `client.too-fast` |" in part


def test_calls_can_be_typed_as_they_stand() -> None:
    patterns = [re.sub(r"\{[^}]+\}", "[A-Z]+", path) for path, _, _ in ROUTES]
    for line in re.findall(r"^curl .*$", PAGE, re.M):
        address = shlex.split(line)[-1]
        assert any(re.fullmatch(re.escape("$NODE") + p, address) for p in patterns), line


def test_links_between_routes_and_shapes_lead_somewhere() -> None:
    titles = {"#" + t.lower().replace(" ", "-") for t in re.findall(r"^### (.+)$", PAGE, re.M)}
    assert set(re.findall(r"\]\((#[\w-]+)\)", PAGE)) <= titles

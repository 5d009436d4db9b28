"""An unforeseen fault: an id for the person, a place in the code for the log, no value anywhere."""

import logging
import re
from pathlib import Path

import pytest
from litestar import get

from smartborder.node.home import NodeHome
from smartborder.programmes.opening import open_node
from smartborder.web import registry
from smartborder.web.page import Response, WebRequest, page
from smartborder.web.registry import Room
from tests.support.pages import cookie, web_client

pytestmark = pytest.mark.node
SECRET = "Nguyễn Thị Hồng, 1984-02-29"


@get("/broken", sync_to_thread=True)
def broken(request: WebRequest) -> Response[str]:
    raise RuntimeError(SECRET)


@get("/undrawable", sync_to_thread=True)
def undrawable(request: WebRequest) -> Response[str]:
    return page(request, "shell/enter.html", token=SECRET)  # the template misses its owner


@pytest.mark.parametrize("path", ["/broken", "/undrawable"])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_value_is_shown_or_logged(
    home: NodeHome, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    path: str, accept: str,
) -> None:  # fmt: skip
    rooms = (*registry.rooms(), Room(routes=(broken, undrawable)))
    monkeypatch.setattr(registry, "rooms", lambda: rooms)
    node = open_node(home)
    with caplog.at_level(logging.ERROR), web_client(node) as client:
        answer = client.get(path, headers={"accept": accept})
    node.close()
    assert answer.status_code == 500
    said = re.search(r"fault-[0-9a-z]{26}", answer.text)
    assert said
    assert "internal.fault" in answer.text
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert said[0] in logged
    for text in (answer.text, logged, caplog.text):
        assert SECRET not in text


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_database_that_is_away_is_said_so_and_the_caller_may_come_again(
    tmp_path: Path, accept: str
) -> None:
    nowhere = "postgresql://nobody:nothing@127.0.0.1:1/none"
    away = NodeHome.create(tmp_path / "node", country="CA", database_url=nowhere)
    node = open_node(away)
    with web_client(node) as client:
        client.cookies.set(cookie(client, "session"), "x")
        answer = client.get("/settings", headers={"accept": accept})
    node.close()
    assert answer.status_code == 503
    assert "environment.database-away" in answer.text
    if accept == "application/json":
        assert answer.headers["retry-after"] == "5"
    else:
        assert "La base de données ne répond pas" in answer.text

"""``smartborder user`` and ``smartborder client`` as typed at a shell."""

import json
from typing import Any

import pytest

from smartborder.node.access import clients, sign_in
from smartborder.node.access.users import PURPOSE
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Store
from tests.support import command

pytestmark = pytest.mark.node


def typed(home: NodeHome, *words: str) -> tuple[int, dict[str, Any], str]:
    done = command.typed(*words, environment={"SMARTBORDER_HOME": str(home.path)})
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


def test_an_account_its_link_and_what_is_refused(home: NodeHome) -> None:
    code, made, _ = typed(
        home, "user", "add", "lea", "--role", "officer", "--name", "Léa", "--json"
    )
    assert code == 0
    token = made["link"].removeprefix(f"http://127.0.0.1:{home.port}/enter/")
    store = Store(home, pool_size=1)
    with store.act(SYSTEM, PURPOSE) as s:
        assert sign_in.with_link(s, token).user.name == "Léa"
    store.close()
    code, _, said = typed(home, "user", "add", "lea", "--role", "officer")
    assert (code, said) == (2, "error: access.user-exists: 'lea' is taken\n")
    code, _, said = typed(home, "user", "add", "x", "--role", "auditor", "--role", "officer")
    assert code == 2
    assert said.startswith("error: access.roles-unusable: one person may not be both auditor")


def test_a_client_from_test_to_live_to_revoked(home: NodeHome) -> None:
    code, made, _ = typed(home, "client", "add", "Host One", "--carrier", "AC", "--json")
    assert (code, made["mode"]) == (0, "test")
    code, _, said = typed(home, "client", "key", "Host One", "--live")
    assert code == 2
    assert said.startswith("error: client.not-live-yet: ")
    code, _, said = typed(home, "client", "live", "Host One", "--evidence", "run-1")
    assert code == 2
    assert said.startswith("error: certification.no-evidence: this client has no run of that id")
    store = Store(home, pool_size=1)
    with store.act(SYSTEM, PURPOSE) as s:
        s.run("INSERT INTO carriers.run VALUES ('run-1', :client, :now, :now, '[]', true)",
              client=made["client"], now=s.now)  # fmt: skip
    code, live, _ = typed(home, "client", "live", "Host One", "--evidence", "run-1", "--json")
    with store.act(SYSTEM, PURPOSE) as s:
        assert clients.identify(s, f"Bearer {live['key']}").mode == "live"
    code, revoked, _ = typed(home, "client", "revoke", "Host One", "--json")
    assert (code, revoked["revoked"]) == (0, 2)
    with store.act(SYSTEM, PURPOSE) as s, pytest.raises(clients.KeyRefused):
        clients.identify(s, f"Bearer {live['key']}")
    store.close()

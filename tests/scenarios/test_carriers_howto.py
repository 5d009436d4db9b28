"""The how-to for carriers, run as it stands: its commands, its message, its reply."""

import os
import re
import shlex
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from smartborder.node.access import clients
from smartborder.node.act import registers
from smartborder.node.process import parts
from smartborder.node.store.session import SYSTEM, Store
from tests.scenarios.test_replies import masked

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "carriers.md"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.M | re.S)


@pytest.fixture(scope="module")
def served(home):
    """The node of the page: its registers loaded, its web process running."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        at = home.changed(port=probe.getsockname()[1])
    at.save()
    store = Store(at)
    (eta,) = blocks("csv")
    with store.act(SYSTEM, "registers") as s:
        for kind in sorted(registers.KINDS):
            lines = eta if kind == "travel-authorisation" else eta.splitlines()[0] + "\n"
            registers.load(s, kind, registers.read_csv(lines), source="how-to",
                           complete_as_of=s.now)  # fmt: skip
    with store.act(SYSTEM, "access") as s:
        client = clients.add(s, name="AF-HOST", kind="airline-host", carriers=["AF"],
                             address="AFHOST")  # fmt: skip
        test = clients.make_key(s, client, "test")
        clients.go_live(s, client.id, "run")
        live = clients.make_key(s, clients.find(s, client.id), "live")
    web = next(part for part in parts.parts(at) if part.name == "web")
    web.start(time.monotonic())
    try:
        until_it_listens(at.port)
        yield {"NODE": f"http://127.0.0.1:{at.port}", "KEY": live, "TEST_KEY": test}, store
    finally:
        store.close()
        web.ask_to_stop()
        web.stop(10)


def until_it_listens(port):
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.05)
    raise RuntimeError("no web process")


def commands():
    return [line for block in blocks("sh") for line in block.splitlines()]


def shell(line, folder, environment):
    return subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, check=True,
                          env={**os.environ, **environment}).stdout  # fmt: skip


def save(folder):
    """The page's list, moved to tomorrow by the page's command; the day as the list writes it."""
    (folder / "list.edi").write_text(blocks("edifact")[0])
    (move,) = [c for c in commands() if c.startswith("sed ")]
    shell(move, folder, {})
    return re.search(r"DTM\+189:(\d{6})", (folder / "list.edi").read_text())[1]


def test_the_pages_curl_gives_the_pages_reply_and_the_case_is_there_at_once(served, tmp_path):
    environment, store = served
    day = save(tmp_path)
    reply = blocks("edifact")[1].replace("DTM+189:261124", f"DTM+189:{day}")
    reply = reply.replace("DTM+232:261124", f"DTM+232:{day}")
    (send,) = [c for c in commands() if "--data-binary" in c]
    answer = shell(send, tmp_path, environment)
    came = time.monotonic()
    with store.act(SYSTEM, "test") as s:
        waiting = s.rows(
            "SELECT c.kind FROM act.case_file c JOIN act.traveller t ON t.id = c.traveller"
            " WHERE t.reference = 'AF344-0002' AND c.state = 'open'"
        )
    assert [c["kind"] for c in waiting] == ["reply"]
    assert time.monotonic() - came < 1.0
    assert masked(answer) == masked(reply.replace("\n", "").encode())


def test_the_status_the_page_shows_has_what_the_page_says(served, tmp_path):
    import json

    environment, _ = served
    (ask,) = [c for c in commands() if c.endswith("/v1/status")]
    status = json.loads(shell(ask, tmp_path, environment))
    assert {"up", "checks_complete", "reply_codes", "client"} <= set(status)
    codes = dict(re.findall(r"`ERC\+(\dZ)`[^|]*\| ([^.:,]+)", PAGE.read_text()))
    assert set(codes) <= set(status["reply_codes"])


def test_changed_replies_are_fetched_and_acknowledged_as_the_page_says(served, tmp_path):
    import json

    environment, _ = served
    test = {**environment, "KEY": environment["TEST_KEY"]}
    save(tmp_path)
    (send,) = [c for c in commands() if "--data-binary" in c]
    shell(send, tmp_path, test)
    rehearse = re.search(r"`POST (/v1/rehearsals/\S+)`", PAGE.read_text())[1]
    shell(f'curl -fsS -X POST -H "Authorization: Bearer $KEY" $NODE{rehearse}', tmp_path, test)
    listing, fetch, acknowledge = [c for c in commands() if "/v1/replies" in c]
    (waiting,) = json.loads(shell(listing, tmp_path, test))
    for line in (fetch, acknowledge):
        answer = shell(line.replace("REPLY", waiting["id"]), tmp_path, test)
        assert b"BGM+132" in answer or json.loads(answer)["acknowledged"]
    assert json.loads(shell(listing, tmp_path, test)) == []


def test_the_certification_the_page_shows_passes_and_is_evidence(served, tmp_path, monkeypatch,
                                                               capsys):  # fmt: skip
    import json

    from smartborder.cli import main

    environment, _ = served
    (line,) = [c for c in commands() if "carrier certify --url" in c]
    line = line.replace("$NODE", environment["NODE"]).replace("$KEY", environment["TEST_KEY"])
    monkeypatch.setattr("sys.argv", [*shlex.split(line), "--json"])
    with pytest.raises(SystemExit) as ended:
        main.run()
    document = json.loads(capsys.readouterr().out)
    assert not ended.value.code
    assert document["passed"], [c for c in document["cases"] if not c["passed"]]
    assert document["run"].startswith("run-")


def test_every_address_the_page_names_is_in_the_api(served, tmp_path):
    import json

    environment, _ = served
    paths = json.loads(shell("curl -fsS $NODE/v1/openapi.json", tmp_path, environment))["paths"]
    patterns = [re.sub(r"\{[^}]+\}", "[^/]+", p) + "$" for p in paths]
    named = set(re.findall(r"/v1/[\w/-]+", PAGE.read_text()))
    assert {n for n in named if not any(re.match(p, n) for p in patterns)} == set()

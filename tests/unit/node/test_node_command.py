"""``smartborder node``: bad input is one coded line on stderr, never a traceback."""

import json
import sys

import pytest

from smartborder.cli.main import run
from smartborder.node.home import NodeHome


@pytest.fixture
def command(monkeypatch, capsys, tmp_path):
    """Run ``smartborder node ARGUMENTS``; gives exit code, stdout, stderr."""
    monkeypatch.setenv("SMARTBORDER_HOME", str(tmp_path / "node"))

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["smartborder", "node", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return call


@pytest.mark.parametrize(
    ("arguments", "code", "starts"),
    [
        (["start"], 2, "error: home.missing: "),
        (["stop"], 2, "error: home.missing: "),
        (["status", "--json"], 2, "error: home.missing: "),
        (["backup", "/tmp/never"], 2, "error: home.missing: "),
        (["restore", "/tmp/never/there"], 2, "error: backup.damaged: "),
        (["init", "--country", "Canada"], 2, "error: country.no-pack: "),
        (["init"], 2, "error: usage: "),
        (["init", "--country", "CA", "--port", "0"], 2, "error: home.unusable-settings: "),
        (["init", "--country", "CA", "--mode", "fast"], 2, "error: usage: "),
        (["init", "--country", "CA", "--home", "/proc/x"], 3, "error: home.permissions: "),
    ],
)
def test_bad_input_is_one_line(command, arguments, code, starts):
    found, out, err = command(*arguments)
    assert (found, out) == (code, "")
    assert err.startswith(starts)
    assert len(err.splitlines()) == 1


def test_a_given_server_that_is_no_address(command, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://root:secret@host/x")
    code, _, err = command("init", "--country", "CA")
    assert code == 2
    assert err.startswith("error: store.database-url: ")
    assert "secret" not in err


def test_status_of_a_node_that_does_not_run(command, tmp_path):
    NodeHome.create(tmp_path / "node", country="US", port=8123)
    code, out, err = command("status", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["phase"], found["parts"], found["node_id"]) == ("stopped", {}, "USA")
    assert found["address"] == "http://127.0.0.1:8123"
    code, out, _ = command("status", "--lang", "fr")
    assert code == 0
    assert "arrêté" in out


def test_destroy_wants_to_be_told_twice(command, tmp_path):
    NodeHome.create(tmp_path / "node", country="US")
    code, _, err = command("destroy", "--lang", "fr")
    assert code == 2
    assert "répétez avec --yes" in err
    assert (tmp_path / "node" / "node.json").exists()
    code, out, _ = command("destroy", "--yes")
    assert (code, out) == (0, "destroyed: USA\n")
    assert not (tmp_path / "node").exists()

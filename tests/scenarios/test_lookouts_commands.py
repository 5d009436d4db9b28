"""The commands of lists and ledger on a node that is there, as cli.md promises them."""

import json

import pytest

from smartborder.formats.lists import read_list
from smartborder.node.lookouts.list_import import import_list
from smartborder.node.store.session import SYSTEM, Store
from tests.support.command import typed

pytestmark = pytest.mark.node


def line(n, name):
    return (
        f'{{"id": "L{n}", "names": [{{"text": "{name}"}}],'
        f' "birth_dates": [{{"date": {{"year": 1970}}}}], "basis": "warrant",'
        ' "originator": "CAN", "office": "desk", "review_by": "2030-01-01",'
        ' "created_at": "2026-01-01T00:00:00Z"}\n'
    )


def run(home, *arguments):
    return typed(*arguments, "--home", str(home.path))


def test_lists_are_imported_shown_compared_and_protected_from_shrinking(home, tmp_path):
    file = tmp_path / "lookouts.jsonl"
    file.write_text("".join(line(n, f"Person {n}") for n in range(20)))
    first = run(home, "lists", "import", str(file), "--json")
    assert json.loads(first.stdout)["added"] == 20
    again = run(home, "lists", "import", str(file), "--json")
    assert json.loads(again.stdout)["unchanged"] is True

    file.write_text("".join(line(n, f"Person {n}") for n in range(10)))
    stopped = run(home, "lists", "import", str(file))
    assert stopped.returncode == 2
    assert stopped.stderr.startswith("error: list.too-many-dropped: 10 of 20")
    first_line, *gone = stopped.stdout.splitlines()
    assert first_line == "lookout: 10 entries, 20 before: 0 added, 10 removed, 0 changed"
    assert gone == [f"  - lookout:L{n} Person {n}" for n in range(10, 20)]
    (still,) = map(json.loads, run(home, "lists", "status", "--json").stdout.splitlines())
    assert (still["number"], still["entries"]) == (1, 20)
    forced = run(home, "lists", "import", str(file), "--json", "--force")
    assert json.loads(forced.stdout)["removed"] == 10

    (status,) = map(json.loads, run(home, "lists", "status", "--json").stdout.splitlines())
    assert (status["list"], status["number"], status["entries"]) == ("lookout", 2, 10)
    assert status["age_seconds"] >= 0
    delta = [json.loads(x) for x in run(home, "lists", "delta", "lookout").stdout.splitlines()]
    assert [d["change"] for d in delta] == ["removed"] * 10


class Stopped(Exception):
    """Raised by whoever is told what is coming."""


def test_what_an_import_changes_is_told_before_anything_is_written(home, tmp_path):
    told, store = [], Store(home)
    count = "SELECT count(*) FROM lookouts.list_version WHERE list = 'lookout'"

    def refuse(coming):
        told.append(("coming", coming.added, coming.changed, coming.removed, coming.examples))
        told.append(s.value(count))
        raise Stopped

    text = "".join(line(n, f"Someone {n}") for n in range(9)) + line(30, "Late")
    items = read_list("lookouts.jsonl", text.encode())
    with store.act(SYSTEM, "lists") as s:
        versions = s.value(count)
    with pytest.raises(Stopped), store.act(SYSTEM, "lists") as s:
        import_list(s, items, announce=refuse, progress=lambda *at: told.append(at))
    with store.act(SYSTEM, "lists") as s:
        assert s.value(count) == versions
    store.close()
    read, (what, added, changed, removed, examples), written = told
    assert (read, what, added, changed, removed) == (("read", 10), "coming", 1, 9, 1)
    assert {(x.change, x.name) for x in examples} == {
        ("added", "Late"),
        ("removed", "Person 9"),
        *(("changed", f"Person {n}") for n in range(9)),
    }
    assert written == versions


def test_bad_input_is_one_coded_line(home, tmp_path):
    missing = run(home, "lists", "import", str(tmp_path / "none.xml"))
    assert (missing.returncode, missing.stderr.split(":")[1].strip()) == (2, "lists.no-file")
    (tmp_path / "junk.bin").write_bytes(b"\x00\x01junk")
    junk = run(home, "lists", "import", str(tmp_path / "junk.bin"))
    assert (junk.returncode, junk.stderr.split(":")[1].strip()) == (2, "list.unknown-format")


def test_the_ledger_is_exported_verified_and_one_changed_character_named(home, tmp_path):
    store = Store(home)
    with store.act(SYSTEM, "test") as s:
        for n in range(5):
            s.leaf("thing", f"thing-{n}", {"n": n})
    store.close()
    file = tmp_path / "ledger.jsonl"
    exported = run(home, "ledger", "export", "--out", str(file), "--json")
    count = json.loads(exported.stdout)["entries"]
    assert count >= 5
    verified = typed("verify", str(file))
    assert verified.stdout.startswith(f"ok: {count} entries of CAN")
    lines = file.read_text().splitlines()
    at = next(n for n, text in enumerate(lines) if '"thing-2"' in text)
    file.write_text(file.read_text().replace("thing-2", "thing-9"))
    changed = typed("verify", str(file), "--json")
    bad = json.loads(changed.stdout)["bad"]
    assert (bad["line"], bad["seq"]) == (at + 1, at - 1)

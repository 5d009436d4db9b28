"""``smartborder carrier``: the set written out, own messages checked, and what cannot be used."""

import json

import pytest

from smartborder.cli import main
from smartborder.world.conformance.own_messages import check
from smartborder.world.conformance.published import files, message, published
from tests.scenarios.messages import paxlst, person

VALUES = {
    "run": "R1", "reference": "R1X", "carrier": "AF", "number": "344", "origin": "CDG",
    "destination": "YUL", "sender": "AFHOST", "recipient": "SBCAN", "prepared": "261124:1000",
    "departs": "2611241330", "arrives": "2611241510", "later": "2611241630",
    "later_arrives": "2611241810", "transaction": "T1",
}  # fmt: skip


@pytest.fixture
def run(monkeypatch, capsys):
    def do(*arguments):
        monkeypatch.setattr("sys.argv", ["smartborder", "carrier", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main.run()
        out = capsys.readouterr()
        return ended.value.code or 0, out.out, out.err

    return do


def faults(data):
    (outcome,) = check("x", data, 2026)
    return outcome.reason.en if outcome.reason else None


def test_the_set_is_written_out_as_published(run, tmp_path):
    code, out, _ = run("set", tmp_path / "set")
    assert code == 0
    assert json.loads(out)["files"] == len(files())
    assert (tmp_path / "set" / "good-list.edi").read_bytes() == files()["good-list.edi"]


def test_every_message_of_the_set_is_used_and_says_nothing_of_itself():
    used = {s.send for c in published().cases for s in c.steps if s.send}
    assert used | {"acknowledgement.edi", "set.yaml"} == set(files())


@pytest.mark.parametrize("name", sorted(n for n in files() if n.endswith(".edi")))
def test_the_sets_own_messages_meet_its_rules_but_for_the_damaged(name):
    found = faults(message(name, VALUES))
    if name in ("damaged-list.edi", "unreadable.edi"):
        assert "edifact." in found
    else:
        assert found is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" ", "The file is empty."),
        (paxlst().replace(b"RFF+ABO:TR0000001'", b""), "1 without a unique reference (RFF+ABO)"),
        (paxlst(people=person() + person(surname="ROY")), "1 unique references used twice"),
        (paxlst().replace(b"RFF+AVF:ABC123'", b""), "1 passengers without a locator (RFF+AVF)"),
        (paxlst().replace(b"RFF+TN:REF1'", b""), "no RFF+TN: a reply could not be matched"),
        (paxlst().replace(b"LOC+87+YUL'", b""), "no flight with number, both ports"),
        (paxlst(people=""), "nobody on it"),
        (paxlst(people=person(birth="990230")), "edifact."),
    ],
)
def test_what_must_be_put_right_is_named(data, said):
    assert said in faults(data)


def test_a_folder_of_good_messages_passes(run, tmp_path):
    (tmp_path / "a.edi").write_bytes(paxlst())
    code, out, _ = run("certify", "--messages", tmp_path, "--json")
    document = json.loads(out)
    assert (code, document["passed"], document["run"]) == (0, True, None)
    assert [m["id"] for m in document["messages"]] == ["a.edi#1"]


def test_failed_messages_are_an_answer_too(run, tmp_path):
    (tmp_path / "a.edi").write_bytes(b"nonsense")
    code, out, _ = run("certify", "--messages", tmp_path, "--json")
    assert (code, json.loads(out)["passed"]) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        ([], 2, "certify.nothing-to-check"),
        (["--url", "http://127.0.0.1:9"], 2, "certify.nothing-to-check"),
        (["--messages", "/nowhere/at/all"], 2, "certify.nothing-to-check"),
        (["--url", "nonsense", "--key", "k"], 2, "certify.bad-address"),
        (["--url", "http://[", "--key", "k"], 2, "certify.bad-address"),
        (["--url", "http://h:99999", "--key", "k"], 2, "certify.bad-address"),
        (["--url", "http://127.0.0.1:9", "--key", "a\nb"], 2, "certify.bad-address"),
        (["--url", "http://127.0.0.1:9", "--key", "k"], 3, "certify.not-reached"),
        (["--what"], 2, "usage"),
    ],
)
def test_unusable_input_is_one_coded_line(run, monkeypatch, arguments, exit_code, code):
    monkeypatch.delenv("SMARTBORDER_KEY", raising=False)
    got, out, err = run("certify", *arguments)
    assert (got, out) == (exit_code, "")
    assert err.startswith(f"error: {code}: ")
    assert err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_said_so(run, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = run("set", tmp_path / "file" / "set")
    assert (code, err.split(": ")[1]) == (3, "certify.not-written")

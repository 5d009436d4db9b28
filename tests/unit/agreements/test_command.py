"""``smartborder agreement`` keeps its contract, whole command line and all."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smartborder.cli import main

REQUEST: dict[str, Any] = {
    "from": "CAN",
    "to": "USA",
    "channel": "push",
    "stage": "response",
    "match": None,
    "purpose": "border-lookout",
    "on": "2026-11-24",
    "subject": {
        "originator": "CAN",
        "subject_kind": "person",
        "identifiers": ["name", "birth-date"],
        "lookout_basis": "warrant",
        "review_by": "2027-01-01",
    },
    "fields": ["id", "names", "note"],
}


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs the command through its real entry point, in this process."""

    def command(*words: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["smartborder", "agreement", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main.run()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return command


Run = Callable[..., Done]


def test_list_show_and_check(run: Run, tmp_path: Path) -> None:
    listed = json.loads(run("list", "--json").out)
    assert [row["id"] for row in listed][:2] == ["agreement-acts", "asylum-annex"]
    assert {row["mode"] for row in listed} == {"demo"}

    shown = run("show", "us-visa-sharing", "--lang", "fr")
    assert shown.code == 0
    assert "RIPR, art. 315.25(2)" in shown.out

    path = tmp_path / "request.json"
    path.write_text(json.dumps(REQUEST))
    from_file = run("check", "shared-lookouts", "--request", str(path), "--json")
    from_stdin = run(
        "check", "shared-lookouts", "--request", "-", "--json", stdin=path.read_bytes()
    )
    assert from_file.code == from_stdin.code == 0
    assert from_file.out == from_stdin.out
    answer = json.loads(from_file.out)
    assert answer["outcome"] == "partial"
    assert answer["withheld"] == [{"field": "note", "clause": "free-text"}]


def test_a_refusal_is_an_answer(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps({**REQUEST, "to": "MEX"}))
    done = run("check", "shared-lookouts", "--request", str(path))
    assert done.code == 0
    assert json.loads(done.out)["outcome"] == "refused"


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (("show", "no-such"), b"", "agreement.unknown"),
        (("check", "no-such", "--request", "-"), b"{}", "agreement.unknown"),
        (("check", "case-query", "--request", "-"), b"{}", "agreement.request-unusable"),
        (("check", "case-query", "--request", "/no/such"), b"", "file.unreadable"),
        (("list", "--lang", "de"), b"", "cli.unknown-language"),
    ],
)
def test_unusable_input_is_one_line_and_exit_2(
    run: Run, words: tuple[str, ...], stdin: bytes, code: str
) -> None:
    done = run(*words, stdin=stdin)
    assert done.code == 2
    lines = done.err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"error: {code}: ")
    assert done.out == ""

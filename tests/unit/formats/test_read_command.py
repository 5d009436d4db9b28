"""``smartborder read`` as a script meets it: lines out, one line of error, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smartborder.cli.agreement import UnknownLanguage
from smartborder.cli.main import app
from smartborder.cli.read import UnknownFormat, as_record
from smartborder.cli.read_table import show
from smartborder.formats.edifact import EmptyBody, read_messages
from smartborder.kernel.text import Language


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")


FIXTURES = Path(__file__).parents[2] / "fixtures" / "edifact"


def lines(*args: str, stdin: bytes | None = None) -> list[dict[str, object]]:
    done = CliRunner().invoke(app, ["read", *args], input=stdin)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_line_a_message_with_file_and_index() -> None:
    names = [str(FIXTURES / f"{name}.edi") for name in ("two-messages", "cusres", "pnrgov")]
    found = lines(*names, "--json")
    assert [(line["file"], line["index"]) for line in found] == [
        (names[0], 0), (names[0], 1), (names[1], 0), (names[2], 0),
    ]  # fmt: skip
    assert [line["format"] for line in found] == ["PAXLST", "PAXLST", "CUSRES", "PNRGOV"]


def test_standard_input_is_a_file_like_any_other() -> None:
    (found,) = lines("-", stdin=(FIXTURES / "full.edi").read_bytes())
    expected = json.loads((FIXTURES / "full.json").read_text(encoding="utf-8"))[0]
    assert found == {**expected, "file": "-"}


def test_replies_have_exactly_the_keys_of_the_contract() -> None:
    (found,) = lines(str(FIXTURES / "cusres.edi"), "--country", "CA")
    assert found["replies"][0] == {
        "traveller_ref": "U0001",
        "code": "0Z",
        "meaning": "ok",
        "text": "OK TO BOARD",
    }


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", EmptyBody), (b" \n", EmptyBody), (b"%PDF-1.4", UnknownFormat), (b"{}", UnknownFormat)],
)
def test_unusable_input_is_one_coded_line_and_exit_2(
    tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    done = CliRunner().invoke(app, ["read", str(path)])
    assert isinstance(done.exception, error)  # run() makes one line and exit code 2 of it


def test_the_program_itself_ends_with_one_line_and_exit_2(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "smartborder", "read", str(tmp_path / "absent")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: file.unreadable: ")


def test_one_bad_file_among_good_ones_spoils_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    names = [str(FIXTURES / "full.edi"), str(tmp_path / "empty"), str(FIXTURES / "cusres.edi")]
    done = CliRunner().invoke(app, ["read", *names])
    assert done.exit_code == 2
    assert [json.loads(line)["format"] for line in done.stdout.splitlines()] == ["PAXLST", "CUSRES"]
    assert done.stderr.startswith("error: edifact.empty: ")


def test_damaged_text_is_still_an_answer() -> None:
    (found,) = lines("-", stdin=b"'NAD+FL+++TESTER:TOM")
    assert [person["surname"] for person in found["travellers"]] == ["TESTER"]
    assert found["findings"]


def test_an_unknown_language_is_refused() -> None:
    done = CliRunner().invoke(app, ["read", "-", "--lang", "de"], input=b"x")
    assert isinstance(done.exception, UnknownLanguage)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["born", "is not in this country"]), ("fr", ["né(e)", "n'est pas dans la table"])],
)
def test_a_person_at_a_terminal_gets_a_table_in_their_language(
    language: Language, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("full", "cusres"):
        (message,) = read_messages((FIXTURES / f"{name}.edi").read_bytes(), travel_year=2026)
        show(as_record(name, 0, message), language)
    shown = capsys.readouterr().out
    assert all(word in shown for word in [*words, "OKAFOR", "XX412 CDG-YUL", "U0002"])


def test_nothing_in_a_message_can_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    data = b"BGM+745'NAD+FL+++\x1b[2J[red]TESTER:TOM'"
    (message,) = read_messages(data, travel_year=2026)
    show(as_record("x", 0, message), "en")
    shown = capsys.readouterr().out
    assert "\x1b[2J" not in shown
    assert "[red]" in shown

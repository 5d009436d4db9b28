"""``smartborder decide``, ``visa-lists`` and ``law``: the contract of the command line."""

import json

import pytest

from smartborder.cli import main

KEYS = {
    "rule", "verdict", "status", "confidence", "reviewed_by", "reasons", "law",
    "needs_officer", "open_facts", "next_steps", "clocks",
}  # fmt: skip


@pytest.fixture
def command(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr("sys.argv", ["smartborder", *map(str, words)])
        code = 0
        try:
            main.run()
        except SystemExit as end:
            code = end.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def facts(tmp_path):
    def write(data):
        path = tmp_path / "facts.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data))
        return path

    return write


CLAIM = {"came_from_us": True, "place": "harbour-port", "nationalities": ["HND"]}


def test_a_verdict_in_the_shape_of_the_contract(command, facts):
    code, out, err = command(
        "decide", "stca", "--facts", facts(CLAIM), "--on", "2026-05-04", "--json"
    )
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert set(answer) >= KEYS
    assert answer["verdict"] == "not-applicable"
    assert answer["status"] == "proposal"
    law = {row["citation"]: row["in_force"] for row in answer["law"]}
    assert law["IRPR 159.4(1)(b)"] == {"from": "2004-12-29", "to": None}
    assert set(answer["reasons"][0]) == {"code", "detail", "compared", "citation"}


def test_an_undetermined_answer_is_exit_0_and_names_the_open_facts(command, facts):
    code, out, _ = command("decide", "stca", "--facts", facts({}))
    assert code == 0
    assert json.loads(out)["open_facts"]


def test_the_day_of_the_claim_is_the_day_asked_about(command, facts):
    claim = {
        "came_from_us": True,
        "place": "between-ports",
        "nationalities": ["HND"],
        "entry_date": "2023-03-20",
        "claim_date": "2023-03-24",
    }
    _, out, _ = command("decide", "stca", "--facts", facts(claim))
    assert json.loads(out)["on"] == "2023-03-24"
    assert json.loads(out)["reasons"][0]["code"] == "stca.before-protocol"
    _, out, _ = command("decide", "stca", "--facts", facts(claim), "--on", "2026-05-04")
    assert json.loads(out)["on"] == "2026-05-04"


def test_as_known_hides_later_law(command, facts):
    words = (
        "decide",
        "visa-requirement",
        "--facts",
        facts({"nationalities": ["PHL"], "mode": "air"}),
    )
    _, out, _ = command(*words, "--on", "2023-06-10", "--as-known", "2023-05-18")
    assert json.loads(out)["verdict"] == "visa"
    _, out, _ = command(*words, "--on", "2023-06-10", "--as-known", "2023-05-19")
    assert json.loads(out)["verdict"] == "travel-authorisation-or-visa"


def test_country_chooses_the_law(command, facts):
    path = facts({"nationalities": ["FRA"], "mode": "air"})
    _, out, _ = command("decide", "visa-requirement", "--facts", path, "--country", "us")
    assert json.loads(out)["country"] == "US"
    assert json.loads(out)["advisory"] is True


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("decide", "nonsense", "--facts", "-"), "law.unknown-rule"),
        (("decide", "stca"), "decide.no-facts"),
        (("decide",), "decide.no-facts"),
        (("decide", "stca", "--facts", "/no/such/file"), "decide.facts-unreadable"),
        (("decide", "residency", "--schema", "--country", "US"), "law.rule-not-here"),
        (("visa-lists", "--diff", "yesterday"), "decide.not-a-day"),
        (("law", "drift", "/no/such/folder"), "law.no-folder"),
    ],
)
def test_unusable_input_is_one_coded_line_and_exit_2(command, words, code):
    status, out, err = command(*words)
    assert status == 2
    assert out == ""
    assert err.startswith(f"error: {code}: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("not json", "decide.facts-unreadable"),
        ("[1]", "law.facts-unusable"),
        ({"entry_date": "2026-02-30"}, "law.facts-unusable"),
        ({"nonsense": 1}, "law.facts-unusable"),
    ],
)
def test_impossible_facts_are_exit_2(command, facts, data, code):
    status, _, err = command("decide", "stca", "--facts", facts(data))
    assert status == 2
    assert err.startswith(f"error: {code}: ")


def test_a_day_that_is_none(command, facts):
    status, _, err = command("decide", "stca", "--facts", facts({}), "--on", "2026-02-30")
    assert status == 2
    assert "--on takes YYYY-MM-DD" in err


def test_the_list_and_the_schema(command):
    _, out, _ = command("decide", "--list", "--json")
    rules = json.loads(out)
    assert {"stca", "boarding", "advance-cargo"} <= {r["name"] for r in rules}
    _, out, _ = command("decide", "stca", "--schema")
    schema = json.loads(out)
    assert schema["properties"]["place"]["description"].startswith("Where the claimant")
    assert schema["properties"]["place"]["x-description-fr"].startswith("Endroit")


def test_visa_lists(command):
    code, out, _ = command("visa-lists", "--diff", "2023-06-06", "--json")
    assert code == 0
    assert json.loads(out)["changed"][0]["citation"] == "IRPR 7.01(1)"


def test_drift_over_a_folder(command, tmp_path):
    (tmp_path / "SOR-2002-227.xml").write_text(
        "<Regulation><Section><Label>259</Label></Section></Regulation>"
    )
    code, out, _ = command("law", "drift", tmp_path, "--json")
    rows = {r["citation"]: r["state"] for r in json.loads(out)["sections"]}
    assert code == 0
    assert rows["IRPR 7.1(2)"] == "gone"
    assert rows["IRPA 19(1)"] == "not-compared"
    assert len(json.loads(out)["cannot_see"]) == 4


def test_drift_recorded_once_and_compared_later(command, tmp_path):
    law, record = tmp_path / "SOR-2002-227.xml", tmp_path / "hashes.json"
    text = (
        "<Regulation><Section><Label>159.1</Label><Text>{}</Text></Section>"
        "<Section><Label>231</Label><Text>Stay.</Text></Section></Regulation>"
    )
    law.write_text(text.format("No cousins."))
    assert command("law", "drift", tmp_path, "--record", record, "--json")[0] == 0
    assert "No cousins" not in record.read_text()
    code, _, err = command("law", "drift", tmp_path, "--against", "/no/such/file")
    assert (code, err.startswith("error: law.no-record")) == (2, True)
    law.write_text(text.format("Cousins too."))
    _, out, _ = command("law", "drift", tmp_path, "--against", record, "--json")
    rows = {r["citation"]: r for r in json.loads(out)["sections"]}
    assert (rows["IRPR 159.1"]["state"], rows["IRPR 159.1"]["by"]) == ("changed", "hash")
    assert rows["IRPR 231"]["state"] == "unchanged"
    assert json.loads(out)["counts"]["changed, by hash"] == 1


def test_a_person_gets_a_table_in_their_language(command, facts, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    path = facts(CLAIM)
    _, out, _ = command("decide", "stca", "--facts", path, "--on", "2026-05-04", "--lang", "fr")
    assert "débarcadère de traversier" in out
    assert "not-applicable" in out

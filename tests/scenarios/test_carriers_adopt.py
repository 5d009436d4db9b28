"""Moving over from GTAS: the page's own list comes in as the page says, and travellers meet it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from smartborder.model import passenger_list, screening
from smartborder.node.act import sealed_hit
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst, person

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "adopt.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


def test_every_field_that_the_page_names_is_there():
    named = set(re.findall(r"`([A-Z]\w+)\.(\w+)`", PAGE))
    assert len(named) > 25
    for shape, field in named:
        kind = getattr(passenger_list, shape, None) or getattr(screening, shape)
        assert field in kind.__struct_fields__, f"{shape}.{field}"


@pytest.fixture
def folder(tmp_path):
    for name, text in zip(("watchlist.csv", "queries.csv"), blocks("csv"), strict=True):
        (tmp_path / name).write_text(text)
    return tmp_path


def run(folder, line, *more):
    done = subprocess.run([sys.executable, "-m", *line.split(), *more], cwd=folder, check=False,
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands():
    return [line for block in blocks("sh") for line in block.splitlines()]


def test_single_names_are_screened_as_the_page_says(folder):
    (line,) = [c for c in commands() if " screen " in c]
    first, second = (json.loads(x) for x in run(folder, line).splitlines())
    assert [(h["name"], h["verdict"]) for h in first["hits"]] == [
        ("Milos Adam Varenkov", "match"),
    ]  # fmt: skip
    assert [h["entry"].startswith("gtas:") for h in second["hits"]] == [True]


@pytest.mark.node
@pytest.mark.points(12)
def test_the_list_is_imported_and_a_traveller_on_it_is_found(node, folder):
    imported, shown = [c for c in commands() if " lists " in c]
    said = run(folder, imported, "--home", str(node.home.path))
    assert said.strip() == blocks("text")[0].strip()
    listed = run(folder, shown, "--home", str(node.home.path), "--json")
    (status,) = map(json.loads, listed.splitlines())
    assert (status["list"], status["entries"]) == ("gtas", 3)
    airline = ReportingClient(id="client-af", carriers=frozenset({"AF"}), address="AFHOST")
    who = person("GTAS1", "VARENKOV", "MILOS ADAM", birth="570730", nationality="ROU",
                 document="RO1234567")  # fmt: skip
    receive(node, airline, paxlst("ADOPT", number="977", departs="3011241330",
                                  arrives="3011241510", people=who))  # fmt: skip
    with node.store.act(SYSTEM, "test") as s:
        hits = s.rows(f"SELECT h.*, k.wrapped FROM act.hit h {sealed_hit.KEY} JOIN act.traveller t"
                      " ON t.id = h.traveller WHERE t.reference = 'GTAS1'")  # fmt: skip
        assert [sealed_hit.said(s, h).name for h in hits] == ["Milos Adam Varenkov"]

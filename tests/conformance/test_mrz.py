"""Machine-readable zones of every format with their verdicts, from third-party material."""

import json
import os
from pathlib import Path

import pytest

from smartborder.formats.mrz import read_mrz

ROOT = Path(__file__).parents[2]
FILE = (
    Path(os.environ.get("SMARTBORDER_CORPUS", ROOT / "../shared/corpus"))
    / "biometrics/mrz/vectors.jsonl"
)
ROWS = [json.loads(line) for line in FILE.read_text().splitlines()] if FILE.exists() else []

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not ROWS, reason="SMARTBORDER_CORPUS has no machine-readable zones"),
]
CHECKS = {"document-number": "doc", "birth-date": "birth", "personal-number": "personal"}
FIELDS = {"issuer": "iss", "birth-date": "dob", "expiry": "exp"}


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_the_verdict_and_the_fields(row: dict[str, str]) -> None:
    found = read_mrz(row["mrz"])
    assert (found.type, found.valid) == (row["type"], row["valid"])
    if not row["valid"]:
        failed = [CHECKS.get(name, name) for name, right in found.checks.items() if not right]
        assert failed == row["failed_check_digits"]
        assert sorted(FIELDS.get(f, f) for f in found.bad_fields) == sorted(row["bad_fields"])
        return
    german = {"D": "DEU"}  # Doc 9303-3 prints D; records hold ISO 3166 alpha-3
    assert found.issuer == german.get(row["issuing_state"], row["issuing_state"])
    assert found.nationality == german.get(row["nationality"], row["nationality"])
    assert found.document_code == row["document_code"]
    assert found.document_number == row["document_number"]
    assert (found.birth, found.expiry, found.sex) == (row["birth"], row["expiry"], row["sex"])
    assert (found.surname or "", found.given_names or "") == (row["primary"], row["secondary"])

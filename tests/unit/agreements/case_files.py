"""Reads the case files that a lawyer can read, and holds answers against them."""

from pathlib import Path
from typing import Any

from smartborder import agreements
from smartborder.agreements.source import read_source

FOLDER = Path(__file__).parents[2] / "cases" / "agreements"
KEYS = {"name", "change", "outcome", "granted", "withheld", "obligations", "on"}


def load_cases(path: Path) -> tuple[str, list[dict[str, Any]]]:
    """The agreement's id and its cases, each with its full request."""
    data, _ = read_source(path.read_bytes())
    assert set(data) == {"agreement", "defaults", "cases"}, path
    for case in data["cases"]:
        assert set(case) <= KEYS, (path, case)
        change = case.get("change", {})
        subject = {**data["defaults"].get("subject", {}), **change.get("subject", {})}
        case["request"] = {**data["defaults"], **change, "subject": subject}
    return data["agreement"], data["cases"]


def differences(compiled: agreements.Compiled, case: dict[str, Any]) -> list[str]:
    """What of the answer is not as the case says; empty if all is."""
    request = agreements.decode_request(case["request"])
    answer = agreements.check(compiled, request)
    found = []
    granted = case.get("granted", [])
    expected = list(request.fields) if granted == "all" else granted
    if answer.outcome != case["outcome"]:
        found.append(f"outcome {answer.outcome}, expected {case['outcome']}")
    if list(answer.granted) != expected:
        found.append(f"granted {list(answer.granted)}, expected {expected}")
    withheld = {row.field: row.clause for row in answer.withheld}
    if isinstance(case.get("withheld"), str):
        wanted = {f: case["withheld"] for f in request.fields if f not in expected}
    else:
        wanted = case.get("withheld", {})
    if withheld != wanted:
        found.append(f"withheld {withheld}, expected {wanted}")
    if "obligations" in case:
        duties = [f"{'+'.join(d.party)} {d.code}" for d in answer.obligations]
        if duties != case["obligations"]:
            found.append(f"obligations {duties}, expected {case['obligations']}")
    return found

"""Which of the thirty points the scenarios of this run prove.

A scenario says so itself: ``pytestmark = pytest.mark.points(6, 8)`` or on one test. After a run
of the whole suite the passed ones are compared with the committed ``points_state.json``, which
the product's 'thirty points' page reads; a difference fails the run. To write the file anew:
``pytest --write-points``.
"""

import json
from pathlib import Path

import pytest

STATE = Path(__file__).resolve().parents[2] / "src/smartborder/programmes/data/points_state.json"
_passed: dict[int, set[str]] = {}
_deselected = False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-points", action="store_true", help="write points_state.json")
    parser.addoption("--check-points", action="store_true", help="compare points_state.json")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(*n): the points that this scenario proves")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        numbers = {n for mark in item.iter_markers("points") for n in mark.args}
        if numbers:
            item.user_properties.append(("points", sorted(numbers)))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        name = report.nodeid.split("[")[0]
        for key, value in report.user_properties:
            if key == "points":
                for n in value:
                    _passed.setdefault(n, set()).add(name)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workerinput"):
        return
    found = {str(n): sorted(_passed[n]) for n in sorted(_passed)}
    text = json.dumps({"passing": found}, indent=1) + "\n"
    if session.config.getoption("--write-points"):
        STATE.write_text(text)
    elif session.config.getoption("--check-points") and not exitstatus:
        if STATE.read_text() != text:
            print("\npoints_state.json differs from what passed: run pytest --write-points")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

"""Every case of every agreement, and the proof that the cases guard every clause."""

import copy
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from smartborder import agreements
from smartborder.agreements.compiler import assemble, compile_rules
from smartborder.agreements.inspection import Findings
from smartborder.agreements.source import Lines, read_source
from smartborder.model.agreement import AgreementDocument
from tests.unit.agreements.case_files import FOLDER, differences, load_cases

CASES = {path.stem: load_cases(path)[1] for path in sorted(FOLDER.glob("*.yaml"))}


def test_every_agreement_has_cases() -> None:
    assert set(CASES) == set(agreements.all_ids())
    for path in FOLDER.glob("*.yaml"):
        assert load_cases(path)[0] == path.stem


@pytest.mark.parametrize(
    ("agreement", "case"),
    [(name, case) for name, cases in CASES.items() for case in cases],
    ids=[f"{name}: {case['name']}" for name, cases in CASES.items() for case in cases],
)
def test_case(agreement: str, case: dict[str, Any]) -> None:
    assert differences(agreements.load(agreement), case) == []


def mutants(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The document without one clause, one condition, one date, one purpose or one channel."""
    places = [("clauses", document)]
    places += [(f"{part['country']} clauses", part) for part in document["parties"]]
    for where, holder in places:
        for i, clause in enumerate(holder.get("clauses", [])):
            name = f"{where}: {clause['id']}"
            yield f"{name} deleted", _without(document, holder, i)
            for key in clause.get("when", {}):
                yield f"{name} without {key}", _without(document, holder, i, "when", key)
            for key in ("from", "to"):
                if key in clause:
                    yield f"{name} undated", _without(document, holder, i, None, key)
    for kind in ("purposes", "channels"):
        for i, term in enumerate(document[kind]):
            changed = copy.deepcopy(document)
            del changed[kind][i]
            yield f"{kind}: {term['code']} deleted", changed


def _without(
    document: dict[str, Any],
    holder: dict[str, Any],
    index: int,
    within: str | None = None,
    key: str | None = None,
) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    target = changed
    if holder is not document:
        target = changed["parties"][document["parties"].index(holder)]
    if key is None:
        del target["clauses"][index]
    elif within is None:
        del target["clauses"][index][key]
    else:
        del target["clauses"][index][within][key]
    return changed


def _refused(document: dict[str, Any]) -> bool:
    try:
        agreements.compile_document(document)
    except agreements.DocumentRefused:
        return True
    return False


@pytest.mark.parametrize("agreement", agreements.all_ids())
def test_no_clause_can_go_unnoticed(agreement: str) -> None:
    document, _ = read_source(agreements.source(agreement))
    survived = []
    for name, mutant in mutants(document):
        if name.endswith("undated") and _refused(mutant):
            continue  # two wordings of one clause in force on one day
        # Past inspection, which would refuse many of these itself: a case must notice.
        changed = msgspec.convert(mutant, AgreementDocument)
        compiled = assemble(changed, compile_rules(changed, Findings(Lines())))
        if not any(differences(compiled, case) for case in CASES[agreement]):
            survived.append(name)
    assert not survived, "\n".join(survived)


@pytest.mark.parametrize("agreement", agreements.all_ids())
def test_every_field_that_may_cross_crosses_in_a_case(agreement: str) -> None:
    compiled = agreements.load(agreement)
    crossed: set[str] = set()
    for case in CASES[agreement]:
        crossed |= set(case["request"]["fields"]) if case.get("granted") == "all" else set()
    assert set(compiled.agreement.permits) - crossed == set()

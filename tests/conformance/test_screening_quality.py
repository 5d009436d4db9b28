"""The matcher on real names, in a sample that is quick; the full figures come from the bench."""

import pytest

from benchmarks.screening_material import SCREENING, names_only, negatives, positives, un
from smartborder.engines.screening import Snapshot
from smartborder.model.screening import ListedName, ListEntry, Query

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not SCREENING.exists(), reason="SMARTBORDER_CORPUS has no screening material"
    ),
]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return Snapshot.build(un())


@pytest.mark.parametrize("kind", ["treated", "untreated"])
def test_listed_people_are_found(snapshot: Snapshot, kind: str) -> None:
    found = snapshot.screen(positives(kind))
    assert len(found) == 683
    missed = sum(not hits for hits in found)
    assert missed <= 3 + 3  # three of them are not on this edition of the list


def test_other_people_stay_quiet(snapshot: Snapshot) -> None:
    people = negatives(6_000)
    assert sum(map(bool, snapshot.screen(people))) <= 4
    assert sum(map(bool, snapshot.screen(names_only(people)))) <= 12


def test_the_index_loses_nothing_that_a_full_comparison_finds(snapshot: Snapshot) -> None:
    sample = positives("treated")[::40] + negatives(8_000)[::500]
    quick = snapshot.screen(sample)
    full = snapshot.screen(sample, exhaustive=True)
    for some, every in zip(quick, full, strict=True):
        assert {h.entry for h in some if h.verdict == "match"} == {
            h.entry for h in every if h.verdict == "match"
        }


def test_one_name_in_many_spellings_and_scripts() -> None:
    lines = (SCREENING / "names/putin_names.txt").read_text(encoding="utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip()]
    listed = Snapshot.build([ListEntry(id="t:1", list="t", names=(ListedName(text=names[19]),))])
    found = listed.screen([Query(id=n, name=n) for n in names])
    assert sum(map(bool, found)) >= 50  # titles without a given name cannot be found

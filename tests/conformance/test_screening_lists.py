"""The importers on real lists: counts, ids, the delta between two snapshots, malformed files."""

from collections import Counter

import pytest

from benchmarks.screening_material import SCREENING, canada, load, ofac, un
from smartborder.formats.lists import lists_delta, read_list
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not SCREENING.exists(), reason="SMARTBORDER_CORPUS has no screening material"
    ),
]


def test_un_consolidated_list() -> None:
    entries = un()
    assert Counter(e.kind for e in entries) == {"person": 730, "organisation": 273}
    qualities = Counter(n.quality for e in entries if e.kind == "person" for n in e.names)
    assert qualities["weak"] >= 600
    dates = Counter(d.precision for e in entries for d in e.birth_dates)
    assert dates["approximate"] + dates["between"] >= 140
    assert sum(bool(e.birth_dates) for e in entries) >= 670
    assert all(len(n) == 3 or n == "former Soviet Union" for e in entries for n in e.nationalities)


@pytest.mark.parametrize(
    ("snapshot", "rows", "aliases"), [("a", 7_379, 11_000), ("b", 8_976, 11_000)]
)
def test_ofac_legacy_set(snapshot: str, rows: int, aliases: int) -> None:
    entries = ofac(snapshot)
    assert len(entries) == rows  # snapshot b has one line more: it is the end mark
    assert len({e.id for e in entries}) == rows
    assert sum(len(e.names) - 1 for e in entries) >= 11_000
    assert sum(e.kind == "vessel" and e.imo is not None for e in entries) >= 200


def test_the_delta_between_two_snapshots() -> None:
    delta = lists_delta(ofac("a"), ofac("b"))
    assert (len(delta.added), len(delta.removed)) == (1_858, 261)
    assert len(delta.changed) + delta.unchanged == 7_118
    assert all(change.fields for change in delta.changed)
    assert delta.dropped_share < 0.1


def test_ofac_consolidated_xml_and_csv_agree() -> None:
    by_xml = {e.id: e for e in load("ofac/consolidated_2020-12-14.xml")}
    assert len(by_xml) == 376
    by_csv = {
        e.id: e
        for e in load(
            "us-other/cons_prim.csv",
            alt="us-other/cons_alt.csv",
            comments="us-other/cons_comments.csv",
        )
    }
    both = by_xml.keys() & by_csv.keys()
    assert len(both) > 300
    assert sum(by_xml[k].kind == by_csv[k].kind for k in both) == len(both)


def test_canada() -> None:
    entries = canada()
    assert len(entries) == 5_690
    assert Counter(e.kind for e in entries) == {"person": 3_514, "organisation": 2_176}
    assert sum(bool(e.birth_dates) for e in entries) >= 1_850


@pytest.mark.parametrize(
    "name, least",
    [("us-other/csl.csv", 115), ("us-other/dpl.txt", 540), ("us-other/csl_invalid.csv", 3)],
)
def test_other_american_lists(name: str, least: int) -> None:
    with (SCREENING / name).open("rb") as stream:
        items = list(read_list(name.rpartition("/")[2], stream))
    entries = [i for i in items if isinstance(i, ListEntry)]
    assert len(entries) >= least
    assert len({e.id for e in entries}) == len(entries)
    codes = {i.code for i in items if isinstance(i, Finding)}
    assert codes <= {"list.row-short", "list.empty-record", "list.duplicate-id"}
    if "invalid" in name:
        assert {"list.row-short", "list.empty-record"} <= codes

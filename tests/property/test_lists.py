"""Any bytes may arrive as a list: entries, coded findings or one coded refusal, nothing else."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from smartborder.formats.lists import UnknownList, lists_delta, read_list
from smartborder.formats.lists.dates import listed_date
from smartborder.formats.lists.territory import alpha3
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedName, ListEntry

HEADS = (
    b"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>",
    b'<sdnList xmlns="x"><sdnEntry><uid>1</uid><lastName>',
    b"<Sanctions><DistinctParties><DistinctParty FixedRef='1'>",
    b"<data-set><record><Country>X</Country><LastName>",
    b"<feed><entry><title>",
    b"<export><sanctionEntity logicalId='1'><nameAlias wholeName='",
    b"<Designations><Designation><UniqueID>1</UniqueID>",
    b'36,"A",-0- ,"T",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"',
    b"source,entity_number,type,name\n",
    b"firstname,lastname,dob\n",
    b"number,issuer,type,status\n",
    b'{"id": "1", "schema": "Person", "properties": {"name": ["',
    b'{"id": "1", "originator": "X", "review_by": "',
    b'{"country": "X", "date_of_listing": "',
    b"",
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=200), st.text(max_size=80))
def test_damaged_lists_give_coded_findings(head: bytes, tail: bytes, text: str) -> None:
    try:
        items = list(read_list("list.dat", head + text.encode("utf-8", "replace") + tail))
    except UnknownList:
        return
    for item in items:
        assert isinstance(item, ListEntry | Finding)
        if isinstance(item, Finding):
            assert item.code.startswith("list.")
            assert item.detail.en
            assert item.detail.fr
    entries = [i.id for i in items if isinstance(i, ListEntry)]
    assert len(entries) == len(set(entries))


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=20)), max_size=8))
def test_every_row_of_a_table_becomes_an_entry_or_a_finding(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["number", "issuer", "type", "status"])
    for number, issuer in rows:
        writer.writerow([number, issuer, "P", "lost"])
    items = list(read_list("lost.csv", out.getvalue().encode("utf-8", "replace")))
    assert len([i for i in items if isinstance(i, ListEntry)]) <= len(rows)


@given(st.text(max_size=40))
def test_dates_and_countries_of_any_text(text: str) -> None:
    found = listed_date(text)
    assert found is None or 1000 <= found.date.year <= 2999
    code = alpha3(text)
    assert code is None or len(code) == 3


ENTRIES = st.lists(
    st.builds(
        lambda key, name: ListEntry(id=f"t:{key}", list="t", names=(ListedName(text=name),)),
        st.integers(0, 9),
        st.sampled_from("ABC"),
    ),
    unique_by=lambda e: e.id,
)


@given(ENTRIES, ENTRIES)
def test_a_delta_accounts_for_every_entry(before: list[ListEntry], after: list[ListEntry]) -> None:
    delta = lists_delta(before, after)
    kept = delta.unchanged + len(delta.changed)
    assert kept + len(delta.removed) == len(before)
    assert kept + len(delta.added) == len(after)
    assert all(c.fields for c in delta.changed)

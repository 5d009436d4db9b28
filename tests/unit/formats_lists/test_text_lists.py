# ruff: noqa: E501  (records stand as lists write them)
"""CSV and JSON Lines lists, deltas, and the FollowTheMoney round trip. Synthetic records."""

import json

import msgspec
import pytest

from smartborder.formats.lists import (
    Withdrawn,
    group_files,
    lists_delta,
    read_ftm_delta,
    read_list,
    write_ftm,
    write_ftm_delta,
)
from smartborder.model.dates import PartialDate
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedDate, ListedDocument, ListedName, ListEntry


def _read(data: str | bytes, name: str, **parts: str) -> tuple[list[ListEntry], list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    items = list(read_list(name, raw, parts={k: v.encode() for k, v in parts.items()}))
    return (
        [i for i in items if isinstance(i, ListEntry)],
        [i.code for i in items if isinstance(i, Finding)],
    )


SDN = (
    '36,"KVIKNE WORKS",-0- ,"TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '555,"VADUVESCU, Orlanth","individual","SDGT] [IRGC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 30 Jul 1957; alt. DOB 1958; POB Turda, Romania; nationality Romania; Passport AB123 (Romania); '
    "Gender Male; a.k.a. 'ORLY'; Linked To: KVIK\"\r\n"
    '700,"SEA KVIKNE","vessel","TEST",-0- ,"ABCD","Tanker",-0- ,-0- ,"Panama",-0- ,'
    '"Vessel Registration Identification IMO 9187629; MMSI 572442210."\r\n'
    "\x1a"
)


def test_ofac_legacy_set() -> None:
    (firm, person, ship), codes = _read(
        SDN,
        "sdn.csv",
        alt='555,477,"aka","ORLAN VADUVESCO","-0- "\r\n\x1a',
        comments='555,"NE WORKS; National ID No. 998877 (Romania)."\r\n',
    )
    assert codes == []
    assert (firm.kind, person.kind, ship.kind) == ("organisation", "person", "vessel")
    assert person.id == "ofac-sdn:555"
    assert [(n.text, n.quality) for n in person.names] == [
        ("VADUVESCU, Orlanth", "primary"),
        ("ORLAN VADUVESCO", "strong"),
        ("ORLY", "weak"),
    ]
    assert [d.date for d in person.birth_dates] == [PartialDate(1957, 7, 30), PartialDate(1958)]
    assert (person.places, person.nationalities, person.sex) == (("Turda, Romania",), ("ROU",), "M")
    assert [(d.number, d.issuer) for d in person.documents] == [("AB123", "ROU"), ("998877", "ROU")]
    assert person.programme == "SDGT, IRGC"
    assert ("remarks", "Linked To: KVIKNE WORKS") in person.notes
    assert (ship.imo, ship.mmsi) == ("9187629", "572442210")
    assert person.source_line == 2


def test_ofac_rows_that_are_not_rows_are_reported() -> None:
    entries, codes = _read(SDN + '\n"x",1\n', "sdn.csv")
    assert len(entries) == 3
    assert codes == ["list.row-short"]


def test_files_of_a_folder_are_grouped() -> None:
    groups = group_files(["alt.csv", "sdn.csv", "sdn_comments.csv", "un.xml", "add.csv"])
    assert groups == [
        ("sdn.csv", {"alt": "alt.csv", "add": "add.csv", "comments": "sdn_comments.csv"}),
        ("un.xml", {}),
    ]


def test_canada_json_lines() -> None:
    (entry,), codes = _read(
        '{"_file": "x", "country": "Belarus / Bélarus", "last_name": "VADUVESCU", "given_name": "\\tOrlanth ",'
        ' "schedule": "1", "item": "4", "date_of_listing": "2020-09-28", "date_of_birth_or_ship_build_date": "1957"}\n',
        "sema.jsonl",
    )
    assert codes == []
    assert entry.names == (ListedName(text="Orlanth VADUVESCU"),)
    assert entry.birth_dates == (ListedDate(date=PartialDate(1957)),)


def test_consolidated_screening_list() -> None:
    header = "source,entity_number,type,programs,name,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,ids,start_date,remarks\n"
    entries, codes = _read(
        header
        + 'SDN,12,Individual,TEST,Orlanth Vaduvescu,Orly; Orlan,RO,1957-07-30; circa 1958,,Turda,"AB123, RO, Passport",2001-01-02,\n'
        + "EL,,,,Kvikne Technology Institute,,,,,,,,\n"
        + "/,1\n",
        "csl.csv",
    )
    assert [e.kind for e in entries] == ["person", "organisation"]
    assert entries[0].nationalities == ("ROU",)
    assert entries[0].documents == (ListedDocument(number="AB123", type="Passport", issuer="ROU"),)
    assert codes == ["list.empty-record", "list.row-short"]


def test_denied_persons_list() -> None:
    (entry,), codes = _read(
        '"Name"\t"Street_Address"\t"City"\t"Country"\t"Effective_Date"\t"Expiration_Date"\t"FR_Citation"\n'
        '" ORLANTH VADUVESCU"\t"1 ROAD"\t"TOWN"\t"US"\t"10/16/2017"\t"10/13/2020"\t"82 F.R. 1"\n',
        "dpl.txt",
    )
    assert codes == []
    assert entry.names[0].text == "ORLANTH VADUVESCU"
    assert entry.listed_on == PartialDate(2017, 10, 16)


def test_gtas_people_and_documents() -> None:
    (person,), _ = _read(
        "firstname,lastname,middlename,dob,documentcountry,documentnumber,documenttype,coc\n"
        "Orlanth,Vaduvescu,,07-30-1957,ROU,AB123,P,ROU\n",
        "wl.csv",
    )
    assert person.birth_dates[0].date == PartialDate(1957, 7, 30)
    assert person.documents == (ListedDocument(number="AB123", type="P", issuer="ROU"),)
    (document,), _ = _read("documentType,documentNumber,category\nP,AB123,1\n", "docs.csv")
    assert document.names == ()
    assert document.documents[0].number == "AB123"


def test_lost_documents() -> None:
    (entry,), codes = _read(
        "number,issuer,type,status\nAB 1234567,France,passport,stolen\n", "lost.csv"
    )
    assert codes == []
    assert entry.id == "documents:FRA/AB 1234567"
    assert entry.documents == (
        ListedDocument(number="AB 1234567", type="passport", issuer="FRA", status="stolen"),
    )


LOOKOUT = (
    '{"id": "L1", "names": [{"text": "Orlanth Vaduvescu"}], "birth_dates": [{"date": {"year": 1957}}],'
    ' "basis": "warrant", "originator": "CAN", "office": "Test", "review_by": "2027-01-01",'
    ' "created_at": "2026-01-01T00:00:00Z"%s}\n'
)


def test_own_lookouts_without_the_withdrawn() -> None:
    withdrawn = LOOKOUT.replace('"L1"', '"L2"') % ', "withdrawn_at": "2026-02-01T00:00:00Z"'
    bad = LOOKOUT.replace("warrant", "protest") % ""
    entries, codes = _read((LOOKOUT % "") + withdrawn + bad, "lookouts.jsonl")
    assert [e.id for e in entries] == ["lookout:L1"]
    assert entries[0].programme == "warrant"
    assert codes == ["list.lookout-record"]


FTM = (
    '{"id": "NK-1", "schema": "Person", "caption": "X", "properties": {"name": ["Orlanth Vaduvescu"],'
    ' "alias": ["Orlan"], "weakAlias": ["Orly"], "birthDate": ["1957-07-30"], "nationality": ["ro"],'
    ' "passportNumber": ["AB123"], "gender": ["male"]}, "datasets": ["t"]}\n'
)


def test_follow_the_money_in_and_out() -> None:
    (entry,), codes = _read(FTM + '{"id": "a", "schema": "Address", "properties": {}}\n', "x.json")
    assert codes == ["list.other-kinds"]
    again, _ = _read(b"".join(write_ftm([entry])), "x.json")
    assert [msgspec.structs.replace(e, source_line=None) for e in again] == [
        msgspec.structs.replace(entry, source_line=None)
    ]


def test_follow_the_money_deltas() -> None:
    (before,), _ = _read(FTM, "x.json")
    (after,), _ = _read(FTM.replace("1957-07-30", "1957-07-31"), "x.json")
    other = msgspec.structs.replace(before, id="ftm:NK-2")
    delta = lists_delta([before, other], [after])
    written = b"".join(write_ftm_delta(delta))
    found = list(read_ftm_delta(written))
    assert [type(item) for item in found] == [ListEntry, Withdrawn]
    assert isinstance(found[1], Withdrawn)
    assert found[1].id == "ftm:NK-2"
    entries, _ = _read(written, "delta.json")
    assert [e.id for e in entries] == ["ftm:NK-1"]


def test_lines_that_are_no_entities_are_reported() -> None:
    entries, codes = _read(FTM + "[1]\n{}\nnot json\n", "x.json")
    assert len(entries) == 1
    assert codes == ["list.json-record"] * 3


def test_list_delta_says_which_fields_changed() -> None:
    base = ListEntry(id="t:1", list="t", names=(ListedName(text="A B"),), version="1")
    changed = msgspec.structs.replace(base, sex="F", version="2")
    noted = msgspec.structs.replace(base, notes=(("k", "v"),), version="3")
    gone = msgspec.structs.replace(base, id="t:2")
    new = msgspec.structs.replace(base, id="t:3")
    delta = lists_delta([base, gone], [changed, new])
    assert [e.id for e in delta.added] == ["t:3"]
    assert [e.id for e in delta.removed] == ["t:2"]
    (change,) = delta.changed
    assert [(f.field, f.before, f.after) for f in change.fields] == [("sex", "null", '"F"')]
    assert change.material
    assert delta.dropped_share == 0.5
    assert not lists_delta([base], [noted]).changed[0].material
    assert lists_delta([base], [base]).unchanged == 1


NOTICE = (
    '{"entity_id": "2026/1234", "forename": "ZOLTAN", "name": "PRUEFER", "date_of_birth":'
    ' "1970/02/03", "nationalities": ["HU"], "sex_id": "M", "place_of_birth": "Pécs",'
    ' "arrest_warrants": [{"issuing_country_id": "AT", "charge": "fraud"}]}'
)


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        f"[{NOTICE}]",
        f'{{"total": 1, "notices": [{NOTICE}]}}',
        json.dumps({"notices": [json.loads(NOTICE)]}, indent=2),
        json.dumps(json.loads(NOTICE), indent=2),
    ],
)
def test_interpol_notices_in_every_shape(text: str) -> None:
    (entry,) = read_list("notices.json", text.encode())
    assert isinstance(entry, ListEntry)
    assert (entry.id, entry.names[0].text) == ("interpol:2026-1234", "ZOLTAN PRUEFER")
    assert entry.birth_dates == (ListedDate(date=PartialDate(1970, 2, 3)),)
    assert (entry.nationalities, entry.sex, entry.places) == (("HUN",), "M", ("Pécs",))
    assert ("charge", "fraud") in entry.notes


def test_interpol_lines_that_are_no_notices_are_reported() -> None:
    found = list(read_list("n.jsonl", f"{NOTICE}\n[1]\n{{broken\n{NOTICE}\n".encode()))
    assert [x.code if isinstance(x, Finding) else x.id for x in found] == [
        "interpol:2026-1234", "list.json-record", "list.json-record", "list.duplicate-id",
        "interpol:2026-1234~2",
    ]  # fmt: skip

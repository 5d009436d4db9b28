# ruff: noqa: E501  (records stand as lists write them)
"""XML lists: UN, OFAC (both forms), Canada, EU, United Kingdom. Synthetic records."""

import io

import pytest

from smartborder.formats.lists import UnknownList, detect_list, read_list
from smartborder.model.dates import PartialDate
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedDate, ListedDocument, ListedName, ListEntry


def _read(data: str | bytes, name: str = "list.xml") -> tuple[list[ListEntry], list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    items = list(read_list(name, raw))
    return (
        [i for i in items if isinstance(i, ListEntry)],
        [i.code for i in items if isinstance(i, Finding)],
    )


UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27"><INDIVIDUALS>
<INDIVIDUAL><DATAID>111</DATAID><FIRST_NAME>ORLANTH</FIRST_NAME><SECOND_NAME>VADUVESCU</SECOND_NAME>
<UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TEi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
<GENDER>Male</GENDER><NAME_ORIGINAL_SCRIPT>محمد</NAME_ORIGINAL_SCRIPT>
<NATIONALITY><VALUE>Democratic Republic of the Congo</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Orlan V. (formerly listed as Orlo Vadu)</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Orly</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1971-02-03</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1969</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1963</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Turda</CITY><COUNTRY>Romania</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AB 123</NUMBER><ISSUING_COUNTRY>Romania</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
<INDIVIDUAL_DOCUMENT/></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>222</DATAID><FIRST_NAME>KVIKNE FRONT</FIRST_NAME>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>KVF</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""


def test_un() -> None:
    entries, codes = _read(UN)
    assert codes == []
    person, group = entries
    assert person.id == "un:111"
    assert person.names == (
        ListedName(text="ORLANTH VADUVESCU"),
        ListedName(text="محمد", quality="strong"),
        ListedName(text="Orlan V.", quality="strong"),
        ListedName(text="Orlo Vadu", quality="strong"),
        ListedName(text="Orly", quality="weak"),
    )
    assert person.birth_dates == (
        ListedDate(date=PartialDate(1971, 2, 3)),
        ListedDate(date=PartialDate(1969), precision="approximate"),
        ListedDate(date=PartialDate(1960), precision="between", until=PartialDate(1963)),
    )
    assert person.nationalities == ("COD",)
    assert person.places == ("Turda, Romania",)
    assert person.documents == (ListedDocument(number="AB 123", type="Passport", issuer="ROU"),)
    assert (person.sex, person.listed_on) == ("M", PartialDate(2012, 12, 31))
    assert person.source_line == 3
    assert (group.id, group.kind) == ("un:222", "organisation")


SDN = """<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd">
<publshInformation><Publish_Date>12/14/2020</Publish_Date></publshInformation>
<sdnEntry><uid>7</uid><firstName>Orlanth</firstName><lastName>VADUVESCU</lastName><sdnType>Individual</sdnType>
<programList><program>TEST</program></programList>
<idList><id><idType>Passport</idType><idNumber>AB123</idNumber><idCountry>Romania</idCountry></id>
<id><idType>Gender</idType><idNumber>Female</idNumber></id></idList>
<akaList><aka><category>weak</category><lastName>ORLY</lastName></aka></akaList>
<nationalityList><nationality><country>Romania</country></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><dateOfBirth>circa 1962</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry>
<sdnEntry><uid>8</uid><lastName>SEA KVIKNE</lastName><sdnType>Vessel</sdnType>
<idList><id><idType>Vessel Registration Identification</idType><idNumber>IMO 9187629</idNumber></id>
<id><idType>MMSI</idType><idNumber>572442210</idNumber></id></idList></sdnEntry></sdnList>"""


def test_ofac_sdn_xml() -> None:
    (person, vessel), codes = _read(SDN, "sdn.xml")
    assert codes == []
    assert person.id == "ofac-sdn:7"
    assert [(n.text, n.quality) for n in person.names] == [
        ("Orlanth VADUVESCU", "primary"),
        ("ORLY", "weak"),
    ]
    assert person.sex == "F"
    assert person.documents == (ListedDocument(number="AB123", type="Passport", issuer="ROU"),)
    assert person.birth_dates[0].precision == "approximate"
    assert (vessel.kind, vessel.imo, vessel.mmsi) == ("vessel", "9187629", "572442210")


ADVANCED = """<?xml version="1.0"?><Sanctions xmlns="http://www.un.org/sanctions/1.0"><ReferenceValueSets>
<PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
<FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="224">Gender</FeatureType></FeatureTypeValues>
<DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
<CountryValues><Country ID="11">Romania</Country></CountryValues></ReferenceValueSets>
<Locations><Location ID="26"><LocationPart><LocationPartValue><Value>Turda</Value></LocationPartValue></LocationPart>
<LocationCountry CountryID="11"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="2" IDRegDocTypeID="1571" IdentityID="6746" IssuedBy-CountryID="11"><IDRegistrationNo>AB123</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="2674"><Profile ID="2674" PartySubTypeID="4"><Identity ID="6746" Primary="true">
<Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue>VADUVESCU</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Orlanth</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue>Orly</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start Approximate="true"><From><Year>1962</Year><Month>1</Month><Day>1</Day></From></Start><End><To><Year>1962</Year><Month>12</Month><Day>31</Day></To></End></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="9"><FeatureVersion><VersionLocation LocationID="26"/></FeatureVersion></Feature>
<Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="26"/></FeatureVersion></Feature>
<Feature FeatureTypeID="224"><FeatureVersion><VersionDetail DetailReferenceID="91526"/></FeatureVersion></Feature>
</Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ID="1" ProfileID="2674"><EntryEvent><Date><Year>2001</Year><Month>9</Month><Day>7</Day></Date></EntryEvent>
<SanctionsMeasure><Comment>TEST</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>"""


def test_ofac_advanced_resolves_its_references() -> None:
    (entry,), codes = _read(ADVANCED, "SDN_ADVANCED.XML")
    assert codes == []
    assert entry.id == "ofac-sdn:2674"
    assert entry.kind == "person"
    assert [(n.text, n.quality) for n in entry.names] == [
        ("VADUVESCU Orlanth", "primary"),
        ("Orly", "weak"),
    ]
    assert entry.birth_dates == (ListedDate(date=PartialDate(1962), precision="approximate"),)
    assert (entry.places, entry.nationalities) == (("Turda, Romania",), ("ROU",))
    assert entry.documents == (ListedDocument(number="AB123", type="Passport", issuer="ROU"),)
    assert (entry.sex, entry.programme) == ("M", "TEST")
    assert entry.listed_on == PartialDate(2001, 9, 7)


class _OneWay:
    """A stream that cannot go back, as from a socket or an archive."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self._inner.read(size)

    def readline(self, size: int = -1, /) -> bytes:
        return self._inner.readline(size)


def test_ofac_advanced_from_a_stream_that_cannot_go_back() -> None:
    (entry,) = [
        i
        for i in read_list("SDN_ADVANCED.XML", _OneWay(ADVANCED.encode()))
        if isinstance(i, ListEntry)
    ]
    assert entry.documents
    assert entry.listed_on is None


def test_canada_sema() -> None:
    (person, firm, ship), codes = _read(
        """<data-set><record><Country>Belarus / Bélarus</Country><LastName>VADUVESCU</LastName>
<GivenName>Orlanth</GivenName><DateOfBirthOrShipBuildDate>21036</DateOfBirthOrShipBuildDate>
<Aliases>Orly; Orlan V.</Aliases><Schedule>1, Part 1</Schedule><Item>4</Item><DateOfListing>2020-09-28</DateOfListing></record>
<record><Country>Iran</Country><EntityOrShip>Kvikne Works</EntityOrShip><Schedule>1</Schedule><Item>2</Item></record>
<record><Country>Russia</Country><EntityOrShip>SEA KVIKNE</EntityOrShip><TitleOrShip>Ship</TitleOrShip><ShipIMONumber>9187629</ShipIMONumber><Schedule>2</Schedule><Item>9</Item></record></data-set>"""
    )
    assert codes == []
    assert person.id == "ca-sema:Belarus/1,-Part-1/4"
    assert [n.text for n in person.names] == ["Orlanth VADUVESCU", "Orly", "Orlan V."]
    assert person.birth_dates[0].date == PartialDate(1957, 8, 4)
    assert person.nationalities == ()  # the country is the regime
    assert firm.kind == "organisation"
    assert (ship.kind, ship.imo) == ("vessel", "9187629")


def test_canada_listed_entities() -> None:
    (entry,), codes = _read(
        """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Kvikne Front (KVF)</title><id>tag:x:42</id>
<summary>Front of Kvikne; Kvikneans</summary><published>2010-01-02T00:00:00</published></entry></feed>"""
    )
    assert codes == []
    assert [(n.text, n.quality) for n in entry.names] == [
        ("Kvikne Front", "primary"),
        ("KVF", "weak"),
        ("Front of Kvikne", "strong"),
        ("Kvikneans", "strong"),
    ]
    assert (entry.id, entry.listed_on) == ("ca-listed:42", PartialDate(2010, 1, 2))


def test_eu() -> None:
    (entry,), codes = _read(
        """<export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity designationDate="2011-05-09" euReferenceNumber="EU.1" logicalId="99">
<subjectType code="person" classificationCode="P"/><regulation programme="TEST"/>
<nameAlias wholeName="Orlanth Vaduvescu" gender="M" strong="true"/><nameAlias firstName="Orly" lastName="V" strong="false"/>
<citizenship countryIso2Code="RO"/><birthdate yearRangeFrom="1955" yearRangeTo="1958" city="Turda"/>
<birthdate circa="true" year="1957" monthOfYear="3" dayOfMonth="10"/>
<identification identificationTypeCode="passport" number="AB123" countryIso2Code="RO"/></sanctionEntity></export>"""
    )
    assert codes == []
    assert (entry.id, entry.kind, entry.sex, entry.programme) == (
        "eu-fsf:99",
        "person",
        "M",
        "TEST",
    )
    assert [(n.text, n.quality) for n in entry.names] == [
        ("Orlanth Vaduvescu", "primary"),
        ("Orly V", "weak"),
    ]
    assert [d.precision for d in entry.birth_dates] == ["between", "approximate"]
    assert entry.nationalities == ("ROU",)


def test_uk() -> None:
    (entry, ship), codes = _read(
        """<Designations><Designation><UniqueID>TST0001</UniqueID><DateDesignated>25/01/2001</DateDesignated>
<Names><Name><Name1>Orlanth</Name1><Name6>VADUVESCU</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>Orly</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>محمد</NameNonLatinScript></NonLatinName></NonLatinNames>
<IndividualEntityShip>Individual</IndividualEntityShip><RegimeName>Test</RegimeName>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1945</DOB><DOB>01/03/1958</DOB></DOBs>
<PassportDetails><Passport><PassportNumber>AB123</PassportNumber></Passport></PassportDetails>
<Nationalities><Nationality>Romania</Nationality></Nationalities><Genders><Gender>Male</Gender></Genders></Individual></IndividualDetails></Designation>
<Designation><UniqueID>TST0002</UniqueID><Names><Name><Name6>SEA KVIKNE</Name6></Name></Names><IndividualEntityShip>Ship</IndividualEntityShip>
<ShipDetails><Ship><IMONumbers><IMONumber>IMO9187629</IMONumber></IMONumbers></Ship></ShipDetails></Designation></Designations>"""
    )
    assert codes == []
    assert [(n.text, n.quality) for n in entry.names] == [
        ("Orlanth VADUVESCU", "primary"),
        ("Orly", "weak"),
        ("محمد", "strong"),
    ]
    assert [d.date for d in entry.birth_dates] == [PartialDate(1945), PartialDate(1958, 3, 1)]
    assert entry.listed_on == PartialDate(2001, 1, 25)
    assert (ship.kind, ship.imo) == ("vessel", "9187629")


def test_ofsi_rows_of_one_group_are_one_subject() -> None:
    (first, second), codes = _read(
        """<ArrayOfFinancialSanctionsTarget xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">
<FinancialSanctionsTarget><name1>Orlanth</name1><Name6>VADUVESCU</Name6><AliasType>Primary name</AliasType><GroupTypeDescription>Individual</GroupTypeDescription><GroupID>1</GroupID><DateListed>2001-01-25T00:00:00</DateListed></FinancialSanctionsTarget>
<FinancialSanctionsTarget><Name6>ORLY</Name6><AliasType>AKA</AliasType><AliasQuality>Low</AliasQuality><GroupTypeDescription>Individual</GroupTypeDescription><GroupID>1</GroupID></FinancialSanctionsTarget>
<FinancialSanctionsTarget><Name6>KVIKNE WORKS</Name6><GroupTypeDescription>Entity</GroupTypeDescription><GroupID>2</GroupID></FinancialSanctionsTarget></ArrayOfFinancialSanctionsTarget>"""
    )
    assert codes == []
    assert [(n.text, n.quality) for n in first.names] == [
        ("Orlanth VADUVESCU", "primary"),
        ("ORLY", "weak"),
    ]
    assert second.kind == "organisation"


def test_malformed_xml_is_reported_and_the_rest_loads() -> None:
    broken = UN.replace("<GENDER>Male</GENDER>", "<GENDER>Male</GENDRE>")
    entries, codes = _read(broken)
    assert "list.xml-malformed" in codes
    assert "un:222" in {e.id for e in entries} or "un:111" in {e.id for e in entries}


def test_a_cut_off_file_keeps_what_was_complete() -> None:
    entries, codes = _read(UN[: UN.index("<ENTITIES>") + 10])
    assert [e.id for e in entries] == ["un:111"]
    assert codes == ["list.xml-malformed"]


BOMB = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>
<FIRST_NAME>&c;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        BOMB.replace("utf-8", "utf-16").encode("utf-16"),
        BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"'),
    ],
)
def test_entities_are_never_expanded(data: str | bytes) -> None:
    entries, codes = _read(data)
    assert all("root" not in n.text and len(n.text) < 50 for e in entries for n in e.names)
    assert "list.xml-doctype" in codes or not any(e.names for e in entries)


def test_the_same_id_twice_is_kept_and_reported() -> None:
    record = UN[UN.index("<ENTITY>") : UN.index("</ENTITIES>")]
    entries, codes = _read(UN.replace(record, record + record))
    assert [e.id for e in entries] == ["un:111", "un:222", "un:222~2"]
    assert codes == ["list.duplicate-id"]


@pytest.mark.parametrize(
    "data", [b"", b"<html><body/></html>", b"hello", b"{}", b"\x89PNG\r\n", b"a,b,c\n1,2,3\n"]
)
def test_other_files_are_refused(data: bytes) -> None:
    assert detect_list("x", data) is None
    with pytest.raises(UnknownList) as refused:
        list(read_list("x.bin", data))
    assert refused.value.code == "list.unknown-format"


def test_versions_follow_the_content_only() -> None:
    (before, _), _ = _read(UN)
    (moved, _), _ = _read(UN.replace("<INDIVIDUALS>", "<INDIVIDUALS>\n\n"))
    (changed, _), _ = _read(UN.replace("1971-02-03", "1971-02-04"))
    assert before.version == moved.version
    assert before.source_line != moved.source_line
    assert before.version != changed.version

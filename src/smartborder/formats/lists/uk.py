"""United Kingdom: the UK Sanctions List (XML), and OFSI's former consolidated list (XML, CSV).

In OFSI's form each row is one *name*; rows of one subject share a group id and usually stand
together, so a subject is closed when the group changes.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from smartborder.formats.lists.dates import partial
from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.safe_xml import XmlRecords, children, line_of, local, text, texts
from smartborder.formats.lists.source import Source
from smartborder.formats.lists.tables import header_key, records
from smartborder.model.reason import Finding
from smartborder.model.screening import Kind, ListEntry, NameQuality

_KINDS: dict[str, Kind] = {"individual": "person", "ship": "vessel"}
_PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")


def read_uk(source: Source) -> Iterator[ListEntry | Finding]:
    """``Designation`` elements of the UK Sanctions List."""
    found = XmlRecords(source, "Designation")
    for element in found:
        draft = _designation(element)
        yield from draft.emit()
    yield from found.findings


def _designation(element: etree._Element) -> Draft:
    draft = Draft("uk", text(element, "UniqueID"), line_of(element))
    draft.kind = _KINDS.get(text(element, "IndividualEntityShip").casefold(), "organisation")
    for name in children(element, "Names", "Name"):
        weak = text(name, "AliasStrength").casefold().startswith("low")
        main = text(name, "NameType").casefold() == "primary name"
        quality: NameQuality = "weak" if weak else "primary" if main else "strong"
        draft.name(" ".join(filter(None, (text(name, p) for p in _PARTS))), quality)
    for name_text in texts(element, "NonLatinNames", "NonLatinName", "NameNonLatinScript"):
        draft.name(name_text, "strong")
    for person in children(element, "IndividualDetails", "Individual"):
        for born in texts(person, "DOBs", "DOB"):
            draft.born(born)
        for nation in texts(person, "Nationalities", "Nationality"):
            draft.nationality(nation)
        for place in children(person, "BirthDetails", "Location"):
            parts = (text(place, "TownOfBirth"), text(place, "CountryOfBirth"))
            draft.birth_place(", ".join(filter(None, parts)))
        for sex in texts(person, "Genders", "Gender"):
            draft.gender(sex)
        for number in texts(person, "PassportDetails", "Passport", "PassportNumber"):
            draft.document(number, "passport")
        path = ("NationalIdentifierDetails", "NationalIdentifier", "NationalIdentifierNumber")
        for number in texts(person, *path):
            draft.document(number, "national identifier")
    for number in texts(element, "ShipDetails", "Ship", "IMONumbers", "IMONumber"):
        draft.imo = "".join(c for c in number if c.isdigit()) or None
    draft.programme = text(element, "RegimeName") or None
    draft.listed_on = partial(text(element, "DateDesignated"))
    draft.note("un-reference", text(element, "UNReferenceNumber"))
    draft.note("reasons", text(element, "UKStatementofReasons"))
    return draft


def read_ofsi_xml(source: Source) -> Iterator[ListEntry | Finding]:
    """``FinancialSanctionsTarget`` rows, joined by group."""
    found = XmlRecords(source, "FinancialSanctionsTarget")

    def as_rows() -> Iterator[tuple[int | None, dict[str, str]]]:
        for element in found:
            yield (
                line_of(element),
                {header_key(local(child)): (child.text or "").strip() for child in element},
            )

    yield from _groups(as_rows())
    yield from found.findings


def read_ofsi_csv(source: Source) -> Iterator[ListEntry | Finding]:
    """The same as CSV: a first line with the date, then the header."""
    findings: list[Finding] = []
    yield from _groups(records(source, findings, skip=1))
    yield from findings


def _groups(rows: Iterable[tuple[int | None, dict[str, str]]]) -> Iterator[ListEntry | Finding]:
    draft: Draft | None = None
    for line, row in rows:
        group = row.get("groupid", "")
        if draft is None or draft.key != group:
            if draft is not None:
                yield from draft.emit()
            draft = Draft("uk", group, line)
        _row(draft, row)
    if draft is not None:
        yield from draft.emit()


def _row(draft: Draft, row: dict[str, str]) -> None:
    def value(*names: str) -> str:
        return next((row[n] for n in names if row.get(n)), "")

    draft.kind = _KINDS.get(value("grouptypedescription", "grouptype").casefold(), "organisation")
    weak = value("aliasquality").casefold().startswith("low")
    main = value("aliastype", "aliastypename").casefold().startswith("prim")
    quality: NameQuality = "weak" if weak else "primary" if main else "strong"
    draft.name(" ".join(filter(None, (row.get(p.casefold(), "") for p in _PARTS))), quality)
    draft.name(value("namenonlatinscript"), "strong")
    draft.born(value("individualdateofbirth", "dob", "dateofbirth").replace("00/00/", "dd/mm/"))
    draft.nationality(value("individualnationality", "nationality"))
    place = (
        value("individualtownofbirth", "townofbirth"),
        value("individualcountryofbirth", "countryofbirth"),
    )
    draft.birth_place(", ".join(filter(None, place)))
    draft.document(value("individualpassportnumber", "passportnumber"), "passport")
    draft.document(value("individualninumber", "ninumber"), "national identifier")
    draft.imo = value("shipimonumber") or draft.imo
    draft.programme = value("regimename", "regime") or draft.programme
    draft.listed_on = partial(value("datelisted")) or draft.listed_on

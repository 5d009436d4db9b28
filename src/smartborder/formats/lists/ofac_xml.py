"""OFAC sdnList XML (SDN.XML, CONSOLIDATED.XML): one ``sdnEntry`` a subject, aliases graded."""

from collections.abc import Iterator

from lxml import etree

from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.safe_xml import XmlRecords, children, line_of, text, texts
from smartborder.formats.lists.source import Source
from smartborder.model.reason import Finding
from smartborder.model.screening import Kind, ListEntry

_KINDS: dict[str, Kind] = {"individual": "person", "vessel": "vessel"}


def read_ofac_xml(source: Source, list_name: str = "ofac-sdn") -> Iterator[ListEntry | Finding]:
    """Entries in document order."""
    records = XmlRecords(source, "sdnEntry")
    for element in records:
        draft = _entry(element, list_name)
        yield from draft.emit()
    yield from records.findings


def _entry(element: etree._Element, list_name: str) -> Draft:
    draft = Draft(list_name, text(element, "uid"), line_of(element))
    draft.kind = _KINDS.get(text(element, "sdnType").casefold(), "organisation")
    draft.name(_name(element))
    for aka in children(element, "akaList", "aka"):
        weak = text(aka, "category").casefold() == "weak"
        draft.name(_name(aka), "weak" if weak else "strong")
    for born in texts(element, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        draft.born(born)
    for place in texts(element, "placeOfBirthList", "placeOfBirthItem", "placeOfBirth"):
        draft.birth_place(place)
    for list_, item in (("nationalityList", "nationality"), ("citizenshipList", "citizenship")):
        for country in texts(element, list_, item, "country"):
            draft.nationality(country)
    for paper in children(element, "idList", "id"):
        _paper(draft, paper)
    draft.programme = ", ".join(texts(element, "programList", "program")) or None
    draft.note("title", text(element, "title"))
    draft.note("remarks", text(element, "remarks"))
    draft.note("call-sign", text(element, "vesselInfo", "callSign"))
    draft.note("flag", text(element, "vesselInfo", "vesselFlag"))
    return draft


def _name(element: etree._Element) -> str:
    return " ".join(filter(None, (text(element, "firstName"), text(element, "lastName"))))


def _paper(draft: Draft, paper: etree._Element) -> None:
    kind, number = text(paper, "idType"), text(paper, "idNumber")
    if kind == "Gender":
        draft.gender(number)
    elif kind.startswith("MMSI"):
        draft.mmsi = number
    elif "IMO" in number.upper() and draft.kind == "vessel":
        draft.imo = "".join(c for c in number if c.isdigit()) or None
    else:
        draft.document(number, kind, text(paper, "idCountry"))

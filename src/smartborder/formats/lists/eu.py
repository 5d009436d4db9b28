"""EU financial sanctions files (FSF), XML: values are attributes; births may be ranges."""

from collections.abc import Iterator

from lxml import etree

from smartborder.formats.lists.dates import make, partial
from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.safe_xml import XmlRecords, children, line_of, text
from smartborder.formats.lists.source import Source
from smartborder.model.dates import PartialDate
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedDate, ListEntry, NameQuality


def read_eu(source: Source) -> Iterator[ListEntry | Finding]:
    """``sanctionEntity`` elements in document order."""
    records = XmlRecords(source, "sanctionEntity")
    for element in records:
        draft = _entry(element)
        yield from draft.emit()
    yield from records.findings


def _entry(element: etree._Element) -> Draft:
    key = element.get("logicalId") or element.get("euReferenceNumber") or ""
    draft = Draft("eu-fsf", key, line_of(element), "organisation")
    subject = next(children(element, "subjectType"), None)
    codes = (
        (subject.get("code", ""), subject.get("classificationCode", ""))
        if subject is not None
        else ()
    )
    if "person" in codes or "P" in codes:
        draft.kind = "person"
    for alias in children(element, "nameAlias"):
        parts = (alias.get(p, "") for p in ("firstName", "middleName", "lastName"))
        weak = alias.get("strong", "true").casefold() == "false"
        first: NameQuality = "strong" if draft.names else "primary"
        draft.name(
            alias.get("wholeName") or " ".join(filter(None, parts)), "weak" if weak else first
        )
        draft.gender(alias.get("gender"))
    for born in children(element, "birthdate"):
        _birth(draft, born)
    for nation in children(element, "citizenship"):
        draft.nationality(nation.get("countryIso2Code") or nation.get("countryDescription"))
    for paper in children(element, "identification"):
        kind = paper.get("identificationTypeCode", "")
        number = paper.get("number") or paper.get("latinNumber")
        if kind == "imo":
            draft.imo = number
        else:
            draft.document(number, kind, paper.get("countryIso2Code"))
    regulation = next(children(element, "regulation"), None)
    if regulation is not None:
        draft.programme = regulation.get("programme")
    listed = element.get("designationDate") or (
        regulation.get("entryIntoForceDate") if regulation is not None else ""
    )
    draft.listed_on = partial(listed or "")
    draft.note("reference", element.get("euReferenceNumber"))
    draft.note("remark", text(element, "remark"))
    return draft


def _birth(draft: Draft, born: etree._Element) -> None:
    parts = (born.get(p, "") for p in ("city", "place", "region", "countryDescription"))
    draft.birth_place(", ".join(p for p in parts if p and p != "UNKNOWN"))
    first, last = born.get("yearRangeFrom", ""), born.get("yearRangeTo", "")
    if len(first) == len(last) == 4 and first.isdigit() and last.isdigit() and first <= last:
        found = ListedDate(
            date=PartialDate(int(first)), precision="between", until=PartialDate(int(last))
        )
        draft.birth_dates.append(found)
        return
    date = partial(born.get("birthdate", "")) or make(
        born.get("year", ""), born.get("monthOfYear", ""), born.get("dayOfMonth", "")
    )
    if date:
        about = born.get("circa", "false").casefold() == "true"
        found = ListedDate(date=date, precision="approximate" if about else "exact")
        if found not in draft.birth_dates:
            draft.birth_dates.append(found)

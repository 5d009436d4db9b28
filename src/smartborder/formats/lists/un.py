"""UN Security Council consolidated list, XML (scsanctions.un.org, schema sc-sanctions.xsd).

Up to four name parts that are not given name and surname; alias stubs without text; document
types in three languages; dates EXACT, APPROXIMATELY or BETWEEN.
"""

import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from smartborder.formats.lists.dates import partial
from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.safe_xml import XmlRecords, children, line_of, local, text, texts
from smartborder.formats.lists.source import Source
from smartborder.model.dates import PartialDate
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedDate, ListEntry, NameQuality

_BRACKETS = re.compile(r"\(([^()]*)\)")
_FORMER = re.compile(r"(?:formerly|previously) listed as:?\s*(.+)", re.I)
_LATIN_END = 0x24F
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read_un(source: Source) -> Iterator[ListEntry | Finding]:
    """Individuals and entities, in document order."""
    records = XmlRecords(source, "INDIVIDUAL", "ENTITY")
    for element in records:
        draft = _record(element)
        yield from draft.emit()
    yield from records.findings


def _record(element: etree._Element) -> Draft:
    person = local(element) == "INDIVIDUAL"
    prefix = local(element)
    draft = Draft("un", text(element, "DATAID"), line_of(element))
    draft.kind = "person" if person else "organisation"
    draft.name(" ".join(filter(None, (text(element, part) for part in _PARTS))))
    draft.name(text(element, "NAME_ORIGINAL_SCRIPT"), "strong")
    for alias in children(element, f"{prefix}_ALIAS"):
        quality: NameQuality = "weak" if text(alias, "QUALITY") == "Low" else "strong"
        for name in text(alias, "ALIAS_NAME").split(";"):
            _alias(draft, name, quality)
    for born in children(element, "INDIVIDUAL_DATE_OF_BIRTH"):
        _birth(draft, born)
    for place in children(element, "INDIVIDUAL_PLACE_OF_BIRTH"):
        parts = (text(place, p) for p in ("CITY", "STATE_PROVINCE", "COUNTRY"))
        draft.birth_place(", ".join(filter(None, parts)))
    for nationality in texts(element, "NATIONALITY", "VALUE"):
        draft.nationality(nationality)
    for document in children(element, "INDIVIDUAL_DOCUMENT"):
        kind = text(document, "TYPE_OF_DOCUMENT") or text(document, "TYPE_OF_DOCUMENT2")
        issuer = text(document, "ISSUING_COUNTRY") or text(document, "COUNTRY_OF_ISSUE")
        draft.document(text(document, "NUMBER"), kind, issuer)
    draft.gender(text(element, "GENDER"))
    draft.programme = text(element, "UN_LIST_TYPE") or None
    draft.listed_on = partial(text(element, "LISTED_ON"))
    draft.note("reference", text(element, "REFERENCE_NUMBER"))
    draft.note("designation", "; ".join(texts(element, "DESIGNATION", "VALUE")))
    draft.note("comments", text(element, "COMMENTS1"))
    return draft


def _alias(draft: Draft, written: str, quality: NameQuality) -> None:
    """An alias, and apart from it what its brackets add: another script, a former listing."""
    draft.name(_BRACKETS.sub(" ", written), quality)
    for inner in _BRACKETS.findall(written):
        label, _, rest = inner.rpartition(":")
        former = _FORMER.match(inner)
        if former:
            draft.name(former[1], quality)
        elif any(ord(c) > _LATIN_END for c in inner if c.isalpha()):
            draft.name(rest if label else inner, quality)


def _birth(draft: Draft, born: etree._Element) -> None:
    about = text(born, "TYPE_OF_DATE") == "APPROXIMATELY"
    first, last = text(born, "FROM_YEAR"), text(born, "TO_YEAR")
    if first.isdigit() and last.isdigit():
        if len(first) == len(last) == 4 and first <= last:
            draft.birth_dates.append(
                ListedDate(
                    date=PartialDate(int(first)), precision="between", until=PartialDate(int(last))
                )
            )
            return
    written = text(born, "DATE") or text(born, "DATE_OF_BIRTH") or text(born, "YEAR")
    before = len(draft.birth_dates)
    draft.born(written)
    if about and len(draft.birth_dates) > before:
        draft.birth_dates[-1] = msgspec.structs.replace(
            draft.birth_dates[-1], precision="approximate"
        )

"""OFAC SDN_ADVANCED.XML: every value is a reference to a table elsewhere in the file.

The file is read twice when the source allows it: first the tables (reference values, places,
papers, programmes), then the parties. From a stream that cannot go back, what stands after the
parties (programme, listing date) stays unknown. Element names are matched in any namespace.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from smartborder.formats.lists.dates import make
from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.safe_xml import XmlRecords, children, line_of, local, text, texts
from smartborder.formats.lists.source import Source, opened, rewindable
from smartborder.model.dates import PartialDate
from smartborder.model.reason import Finding
from smartborder.model.screening import ListedDate, ListEntry

_TABLES = {"FeatureType", "IDRegDocType", "Country", "DetailReference", "PartySubType", "PartyType"}
_KNOWN = (*_TABLES, "Location", "IDRegDocument", "SanctionsEntry")


@dataclass
class _Tables:
    """Reference values by (table, id), places and papers by id, entries by profile."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    party_of: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    papers: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    listed: dict[str, tuple[PartialDate | None, str]] = field(default_factory=dict)

    def learn(self, element: etree._Element) -> None:
        """Take in one table row."""
        name, key = local(element), element.get("ID", "")
        if name in _TABLES:
            self.values[name, key] = (element.text or "").strip()
            if name == "PartySubType":
                self.party_of[key] = element.get("PartyTypeID", "")
        elif name == "Location":
            country = next(
                (c.get("CountryID", "") for c in children(element, "LocationCountry")), ""
            )
            parts = texts(element, "LocationPart", "LocationPartValue", "Value")
            self.places[key] = (", ".join(parts), self.values.get(("Country", country), ""))
        elif name == "IDRegDocument":
            self.papers.setdefault(element.get("IdentityID", ""), []).append(
                (
                    text(element, "IDRegistrationNo"),
                    self.values.get(("IDRegDocType", element.get("IDRegDocTypeID", "")), ""),
                    self.values.get(("Country", element.get("IssuedBy-CountryID", "")), ""),
                )
            )
        else:
            events = next(children(element, "EntryEvent", "Date"), None)
            programmes = ", ".join(texts(element, "SanctionsMeasure", "Comment"))
            self.listed[element.get("ProfileID", "")] = (_day(events), programmes)


def read_ofac_advanced(
    source: Source, list_name: str = "ofac-sdn"
) -> Iterator[ListEntry | Finding]:
    """Distinct parties in document order."""
    stream = opened(source)
    tables = _Tables()
    twice = rewindable(stream)
    if twice is not None:
        for element in XmlRecords(stream, *_KNOWN):
            tables.learn(element)
        twice.seek(0)
    records = XmlRecords(stream, "DistinctParty", *(() if twice is not None else _KNOWN))
    for element in records:
        if local(element) != "DistinctParty":
            tables.learn(element)
            continue
        draft = _party(element, tables, list_name)
        yield from draft.emit()
    yield from records.findings


def _party(element: etree._Element, tables: _Tables, list_name: str) -> Draft:
    draft = Draft(list_name, element.get("FixedRef", ""), line_of(element), "organisation")
    for profile in children(element, "Profile"):
        sub = profile.get("PartySubTypeID", "")
        kind = tables.values.get(("PartySubType", sub), "").casefold()
        party = tables.values.get(("PartyType", tables.party_of.get(sub, "")), "").casefold()
        if sub == "4" or "individual" in (kind, party):
            draft.kind = "person"
        elif sub == "1" or kind == "vessel":
            draft.kind = "vessel"
        for identity in children(profile, "Identity"):
            _names(draft, identity)
            for number, paper, country in tables.papers.get(identity.get("ID", ""), ()):
                _paper(draft, number, paper, country)
        for feature in children(profile, "Feature"):
            _feature(draft, feature, tables)
        day, programme = tables.listed.get(profile.get("ID", ""), (None, ""))
        draft.listed_on, draft.programme = day, programme or None
    return draft


def _names(draft: Draft, identity: etree._Element) -> None:
    for alias in children(identity, "Alias"):
        weak = alias.get("LowQuality", "").casefold() == "true"
        main = alias.get("Primary", "").casefold() == "true"
        for documented in children(alias, "DocumentedName"):
            parts = texts(documented, "DocumentedNamePart", "NamePartValue")
            draft.name(" ".join(parts), "weak" if weak else "primary" if main else "strong")


def _paper(draft: Draft, number: str, kind: str, country: str) -> None:
    digits = "".join(c for c in number if c.isdigit())
    if kind.startswith("MMSI"):
        draft.mmsi = digits or None
    elif "IMO" in number.upper() and len(digits) == 7:
        draft.imo = digits
    else:
        draft.document(number, kind, country)


def _feature(draft: Draft, feature: etree._Element, tables: _Tables) -> None:
    kind = tables.values.get(("FeatureType", feature.get("FeatureTypeID", "")), "").casefold()
    if feature.get("FeatureTypeID") == "8" or kind == "birthdate":
        for period in feature.iter("{*}DatePeriod"):
            _birth(draft, period)
    elif kind == "place of birth":
        for place in _places(feature, tables):
            draft.birth_place(", ".join(filter(None, place)))
    elif kind in ("nationality country", "citizenship country"):
        for parts, country in _places(feature, tables):
            draft.nationality(country or parts)
    elif kind == "gender":
        for detail in feature.iter("{*}VersionDetail"):
            reference = detail.get("DetailReferenceID", "")
            draft.gender(tables.values.get(("DetailReference", reference)) or detail.text)


def _places(feature: etree._Element, tables: _Tables) -> list[tuple[str, str]]:
    return [
        tables.places[at.get("LocationID", "")]
        for at in feature.iter("{*}VersionLocation")
        if at.get("LocationID", "") in tables.places
    ]


def _day(element: etree._Element | None) -> PartialDate | None:
    if element is None:
        return None
    return make(text(element, "Year"), text(element, "Month"), text(element, "Day"))


def _birth(draft: Draft, period: etree._Element) -> None:
    first = _day(next(children(period, "Start", "From"), None))
    ends = list(children(period, "End", "To")) or list(children(period, "End", "From"))
    last = _day(ends[-1]) if ends else first
    if first is None:
        return
    about = any(
        e.get("Approximate", "").casefold() == "true"
        for e in period
        if local(e) in ("Start", "End")
    )
    last = last or first
    if first.year != last.year:
        found = ListedDate(
            date=PartialDate(first.year), precision="between", until=PartialDate(last.year)
        )
    else:
        whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        date = PartialDate(first.year) if whole_year else first
        found = ListedDate(date=date, precision="approximate" if about else "exact")
    if found not in draft.birth_dates:
        draft.birth_dates.append(found)

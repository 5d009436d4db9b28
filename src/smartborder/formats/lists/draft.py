"""One record on its way to a ListEntry: importers say what they read, the draft keeps order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from smartborder.formats.lists.dates import listed_date
from smartborder.formats.lists.source import finding
from smartborder.formats.lists.territory import alpha3
from smartborder.kernel.canonical import sha256_hex
from smartborder.model.dates import PartialDate
from smartborder.model.passenger_list import Sex
from smartborder.model.reason import Finding
from smartborder.model.screening import (
    Kind,
    ListedDate,
    ListedDocument,
    ListedName,
    ListEntry,
    NameQuality,
)

_SPACE = re.compile(r"\s+")
_NULLS = frozenset({"-0-", "na", "n/a", "none", "null", "unknown", "-", "."})
_SEXES: dict[str, Sex] = {"m": "M", "male": "M", "f": "F", "female": "F", "x": "X"}
_encoder = msgspec.json.Encoder()


def clean(text: str | None) -> str:
    """``text`` on one line without outer spaces; the ways lists write 'nothing' become ''."""
    value = _SPACE.sub(" ", text or "").strip()
    return "" if value.casefold() in _NULLS else value


@dataclass
class Draft:
    """A record being read. Its methods accept raw list text and keep only what says something."""

    list_name: str
    key: str
    line: int | None
    kind: Kind = "person"
    names: dict[str, NameQuality] = field(default_factory=dict)
    birth_dates: list[ListedDate] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    sex: Sex | None = None
    imo: str | None = None
    mmsi: str | None = None
    programme: str | None = None
    listed_on: PartialDate | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def place(self) -> str | None:
        """Where the record is, for findings."""
        return f"line {self.line}" if self.line is not None else None

    def name(self, text: str | None, quality: NameQuality = "primary") -> None:
        """A name; the first mention of a spelling keeps its quality."""
        value = clean(text)
        if any(c.isalnum() for c in value):
            self.names.setdefault(value, quality)

    def born(self, text: str | None, *, month_first: bool = False) -> None:
        """A birth date as written; one that cannot be read is reported, the rest stays."""
        value = clean(text)
        if not value:
            return
        found = listed_date(value, month_first=month_first)
        if found is None:
            self.report(
                "list.birth-date",
                "A birth date cannot be read and was left out",
                "Une date de naissance illisible a été laissée de côté",
            )
        elif found not in self.birth_dates:
            self.birth_dates.append(found)

    def nationality(self, text: str | None) -> None:
        """A nationality, as ISO alpha-3 where the country is recognised, else as written."""
        value = clean(text)
        if value:
            code = alpha3(value) or value
            if code not in self.nationalities:
                self.nationalities.append(code)

    def birth_place(self, text: str | None) -> None:
        """A place of birth."""
        value = clean(text).strip(", ")
        if value and value not in self.places:
            self.places.append(value)

    def gender(self, text: str | None) -> None:
        """Sex, if the list gives M or F in any spelling."""
        self.sex = _SEXES.get(clean(text).casefold(), self.sex)

    def document(
        self,
        number: str | None,
        type: str | None = None,
        issuer: str | None = None,
        status: str | None = None,
    ) -> None:
        """A document number with its kind and issuing country."""
        value = clean(number)
        if value:
            country = clean(issuer)
            found = ListedDocument(
                number=value,
                type=clean(type) or None,
                issuer=(alpha3(country) or country) or None,
                status=clean(status) or None,
            )
            if found not in self.documents:
                self.documents.append(found)

    def note(self, key: str, text: str | None) -> None:
        """Anything else an officer may want to read."""
        value = clean(text)
        if value:
            self.notes.append((key, value))

    def report(self, code: str, en: str, fr: str) -> None:
        """A warning about this record."""
        self.findings.append(finding(code, "warning", en, fr, self.place))

    def finish(self) -> ListEntry | None:
        """The entry, or None (with a finding) if there is neither a name nor a number in it."""
        if not (self.names or self.documents or self.imo or self.mmsi):
            self.findings.append(
                finding(
                    "list.empty-record",
                    "error",
                    "A record without name or number was left out",
                    "Un enregistrement sans nom ni numéro a été laissé de côté",
                    self.place,
                )
            )
            return None
        entry = ListEntry(
            id=f"{self.list_name}:{self.key}",
            list=self.list_name,
            kind=self.kind,
            names=tuple(ListedName(text=t, quality=q) for t, q in self.names.items()),
            birth_dates=tuple(self.birth_dates),
            nationalities=tuple(self.nationalities),
            places=tuple(self.places),
            sex=self.sex,
            documents=tuple(self.documents),
            imo=self.imo,
            mmsi=self.mmsi,
            programme=self.programme,
            listed_on=self.listed_on,
            notes=tuple(self.notes),
        )
        return msgspec.structs.replace(entry, version=content_hash(entry), source_line=self.line)

    def emit(self) -> Iterator[ListEntry | Finding]:
        """The findings about this record, then the entry if there is one."""
        entry = self.finish()
        yield from self.findings
        if entry is not None:
            yield entry


def content_hash(entry: ListEntry) -> str:
    """Hash of what an entry says; position and version do not count."""
    bare = msgspec.structs.replace(entry, version="", source_line=None)
    return sha256_hex(_encoder.encode(bare))[:16]

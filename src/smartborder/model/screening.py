"""The matcher's interface: who is on a list, who is asked about, what was found and why."""

from typing import Literal

import msgspec

from smartborder.model.dates import PartialDate
from smartborder.model.passenger_list import Sex
from smartborder.model.reason import Reason

Kind = Literal["person", "organisation", "vessel"]
NameQuality = Literal["primary", "strong", "weak"]
DatePrecision = Literal["exact", "approximate", "between"]
HitVerdict = Literal["match", "possible"]


class ListedName(msgspec.Struct, frozen=True, kw_only=True):
    """A name of a listed subject as the list writes it."""

    text: str
    quality: NameQuality = "primary"


class ListedDate(msgspec.Struct, frozen=True, kw_only=True):
    """A birth date as listed: exact, approximate (circa), or between two years."""

    date: PartialDate
    precision: DatePrecision = "exact"
    until: PartialDate | None = None


class ListedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a listed subject, or a lost/stolen document itself."""

    number: str
    type: str | None = None
    issuer: str | None = None
    status: str | None = None


class ListEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One subject of one list version; every importer produces these.

    Attributes:
        id: ``list:key`` (``un:6907993``), stable across versions of the list.
        version: hash of the entry's own content; changes only when the entry does.
        source_line: line or record number in the imported file.

    """

    id: str
    list: str
    kind: Kind = "person"
    names: tuple[ListedName, ...] = ()
    birth_dates: tuple[ListedDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sex: Sex | None = None
    documents: tuple[ListedDocument, ...] = ()
    imo: str | None = None
    mmsi: str | None = None
    programme: str | None = None
    listed_on: PartialDate | None = None
    notes: tuple[tuple[str, str], ...] = ()
    version: str = ""
    source_line: int | None = None


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A subject to screen. Only the name or a document number is needed."""

    id: str
    name: str = ""
    surname: str | None = None
    given_names: str | None = None
    kind: Kind = "person"
    birth_date: PartialDate | None = None
    nationality: str | None = None
    document_number: str | None = None
    document_issuer: str | None = None
    birth_place: str | None = None
    sex: Sex | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that may be the subject.

    Attributes:
        score: calibrated probability (0..1) that both mean the same subject; for an officer
            to weigh this one hit, never to rank travellers.
        reasons: aligned names, dates, documents; each with the values compared.
        would_change: what, if known, would change the verdict.

    """

    entry: str
    list: str
    name: str
    score: float
    verdict: HitVerdict
    reasons: tuple[Reason, ...] = ()
    would_change: tuple[Reason, ...] = ()
    entry_version: str = ""

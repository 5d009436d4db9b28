"""United States: Consolidated Screening List (CSV) and Denied Persons List (tab-separated)."""

import re
from collections.abc import Iterator

from smartborder.formats.lists.dates import partial
from smartborder.formats.lists.draft import Draft, clean
from smartborder.formats.lists.source import Source
from smartborder.formats.lists.tables import records
from smartborder.kernel.canonical import sha256_hex
from smartborder.model.reason import Finding
from smartborder.model.screening import Kind, ListEntry

_KINDS: dict[str, Kind] = {"individual": "person", "vessel": "vessel", "entity": "organisation"}
_SPLIT = re.compile(r"\s*;\s*")
_COMPANY = re.compile(
    r"\b(?:ltd|llc|inc|corp|co|company|limited|gmbh|group|trading|institute|university|"
    r"industr\w*|enterprises?|international|technolog\w*|electronics?|aviation|airlines?|"
    r"systems?|regiment|plant|cent(?:er|re)|jsc|ooo|bureau|fze|export|import|services?)\b",
    re.I,
)


def _likely_kind(name: str) -> Kind:
    """For lists that do not say: a company word, a digit or an acronym makes an organisation."""
    return "organisation" if _COMPANY.search(name) or re.search(r"\d", name) else "person"


def _row_key(*values: str) -> str:
    """A key for rows without one: a hash of what identifies them."""
    return sha256_hex("\x1f".join(clean(v).casefold() for v in values).encode())[:12]


def read_csl(source: Source) -> Iterator[ListEntry | Finding]:
    """One row a subject; several values of a field are separated by semicolons."""
    findings: list[Finding] = []
    for line, row in records(source, findings):
        name = row.get("name", "")
        key = clean(row.get("entitynumber", "")) or _row_key(row.get("source", ""), name)
        draft = Draft(
            "us-csl", key, line, _KINDS.get(row.get("type", "").casefold(), _likely_kind(name))
        )
        draft.name(name)
        for alias in _SPLIT.split(row.get("altnames", "")):
            draft.name(alias, "strong")
        for born in _SPLIT.split(row.get("datesofbirth", "")):
            draft.born(born)
        for nation in _SPLIT.split(
            row.get("nationalities", "") + ";" + row.get("citizenships", "")
        ):
            draft.nationality(nation)
        for place in _SPLIT.split(row.get("placesofbirth", "")):
            draft.birth_place(place)
        for paper in _SPLIT.split(row.get("ids", "")):
            _paper(draft, paper)
        draft.programme = clean(row.get("programs")) or clean(row.get("source")) or None
        draft.listed_on = partial(row.get("startdate", ""))
        draft.note("remarks", row.get("remarks"))
        yield from draft.emit()
    yield from findings


def _paper(draft: Draft, paper: str) -> None:
    """``A1234567, IR, Passport`` or ``7722515837, Tax ID No.``."""
    parts = [p.strip() for p in paper.split(",")]
    if len(parts) < 2 or not any(c.isdigit() for c in parts[0]):
        return
    kind = parts[-1]
    if "IMO" in parts[0].upper():
        draft.imo = "".join(c for c in parts[0] if c.isdigit()) or None
    else:
        draft.document(parts[0], kind, parts[1] if len(parts) > 2 else None)


def read_dpl(source: Source) -> Iterator[ListEntry | Finding]:
    """One row an order of denial; people and firms are not told apart by the list."""
    findings: list[Finding] = []
    for line, row in records(source, findings, delimiter="\t"):
        name = row.get("name", "")
        key = _row_key(name, row.get("effectivedate", ""), row.get("streetaddress", ""))
        draft = Draft("us-dpl", key, line, _likely_kind(name))
        draft.name(name)
        draft.listed_on = partial(row.get("effectivedate", ""), month_first=True)
        draft.note("address", ", ".join(filter(None, (row.get("city"), row.get("country")))))
        draft.note("expires", row.get("expirationdate"))
        draft.note("citation", row.get("frcitation"))
        yield from draft.emit()
    yield from findings

"""Canada: autonomous sanctions (SEMA / JVCFOA) as XML or JSON Lines, and the listed-entities feed.

SEMA records have no id: regime, schedule and item together are the key. ``Country`` is the
regime, not a nationality. Some dates are spreadsheet serial numbers, and a ship's build date
shares the field of the birth date. The feed is Atom: title is the name, summary the aliases.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from smartborder.formats.lists.dates import partial
from smartborder.formats.lists.draft import Draft, clean
from smartborder.formats.lists.safe_xml import XmlRecords, line_of, local, text
from smartborder.formats.lists.source import Source, finding, text_lines
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry

_SLUG = re.compile(r"[^\w.,-]+")
_IMO = re.compile(r"\b\d{7}\b")
_ALIAS_SPLIT = re.compile(r"\s*(?:;|\n|,\s|\bor\b)\s*")
_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]+)\)\s*$")


def read_sema_xml(source: Source) -> Iterator[ListEntry | Finding]:
    """``<data-set><record>...``."""
    records = XmlRecords(source, "record")
    for element in records:
        values = {local(child).casefold(): (child.text or "") for child in element}
        yield from _sema(values, line_of(element)).emit()
    yield from records.findings


def read_sema_jsonl(source: Source) -> Iterator[ListEntry | Finding]:
    """One object a line, field names as the XML tags in snake_case."""
    findings: list[Finding] = []
    for number, line in enumerate(text_lines(source, findings), start=1):
        if not line.strip():
            continue
        try:
            record: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError:
            yield finding(
                "list.json-record",
                "error",
                "Not a JSON object; left out",
                "Pas un objet JSON; laissé de côté",
                f"line {number}",
            )
            continue
        values = {k.replace("_", "").casefold(): str(v) for k, v in record.items()}
        yield from _sema(values, number).emit()
    yield from findings


def _sema(values: dict[str, str], line: int | None) -> Draft:
    def value(*names: str) -> str:
        return next((v for n in names if (v := clean(values.get(n)))), "")

    regime = value("country").split("/")[0].strip()
    parts = (regime, value("schedule"), value("item"))
    draft = Draft("ca-sema", "/".join(_SLUG.sub("-", p) for p in parts if p), line)
    thing = value("entityorship", "entity", "ship")
    person = " ".join(filter(None, (value("givenname"), value("lastname"))))
    imo = _IMO.search(value("shipimonumber"))
    born = value("dateofbirthorshipbuilddate", "dateofbirth")
    if imo or "ship" in value("titleorship").casefold().split():
        draft.kind = "vessel"
        draft.imo = imo[0] if imo else None
        draft.note("built", born)
    elif thing:
        draft.kind = "organisation"
    else:
        draft.born(born)
    draft.name(thing or person)
    for alias in re.split(r"\s*[;\n]\s*", values.get("aliases") or ""):
        draft.name(alias, "strong")
    draft.programme = value("country") or None
    draft.listed_on = partial(value("dateoflisting"))
    draft.note("title", value("titleorship", "title"))
    return draft


def read_listed_entities(source: Source) -> Iterator[ListEntry | Finding]:
    """The feed of entities listed under the Criminal Code, section 83.05."""
    records = XmlRecords(source, "entry")
    for position, element in enumerate(records, start=1):
        key = text(element, "id").rpartition("/")[2].rpartition(":")[2] or str(position)
        draft = Draft("ca-listed", key, line_of(element), "organisation")
        title = text(element, "title")
        _with_brackets(draft, title, primary=True)
        summary = text(element, "summary")
        for alias in _ALIAS_SPLIT.split(summary):
            _with_brackets(draft, alias, primary=False)
        draft.listed_on = partial(text(element, "published")[:10])
        draft.programme = "Criminal Code, s. 83.05"
        yield from draft.emit()
    yield from records.findings


def _with_brackets(draft: Draft, name: str, *, primary: bool) -> None:
    """A name, and apart from it what its brackets hold (usually an acronym)."""
    match = _BRACKETS.match(clean(name))
    if match is None:
        draft.name(name, "primary" if primary else "strong")
        return
    draft.name(match[1], "primary" if primary else "strong")
    draft.name(match[2], "weak")

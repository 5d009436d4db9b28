"""FollowTheMoney entities, JSON Lines: the common form of 300 and more sources, in and out.

Plain lists hold one entity a line; deltas hold ``{"op": "ADD|MOD|DEL", "entity": {...}}``.
We read and write the JSON itself and depend on no library of that project.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from smartborder.formats.lists.dates import partial
from smartborder.formats.lists.delta import ListDelta
from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.source import Source, finding, text_lines
from smartborder.model.reason import Finding
from smartborder.model.screening import Kind, ListEntry

_KINDS: dict[str, Kind] = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
}
_SCHEMAS: dict[Kind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "vessel": "Vessel",
}


class Withdrawn(msgspec.Struct, frozen=True):
    """An entity that a delta takes off the list."""

    id: str
    source_line: int


def read_ftm(source: Source, list_name: str = "ftm") -> Iterator[ListEntry | Finding]:
    """Entities of a list, or those that a delta adds or changes."""
    for item in read_ftm_delta(source, list_name):
        if not isinstance(item, Withdrawn):
            yield item


def read_ftm_delta(
    source: Source, list_name: str = "ftm"
) -> Iterator[ListEntry | Withdrawn | Finding]:
    """Entities added or changed, and those withdrawn; a plain list only adds."""
    findings: list[Finding] = []
    skipped = 0
    for number, line in enumerate(text_lines(source, findings), start=1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
            entity = record.get("entity", record)
            key = str(entity["id"])
            if record.get("op") == "DEL":
                yield Withdrawn(f"{list_name}:{key}", number)
                continue
            kind = _KINDS.get(entity["schema"])
            if kind is None:
                skipped += 1
                continue
            draft = _entity(entity, key, kind, list_name, number)
        except (msgspec.DecodeError, KeyError, AttributeError, TypeError):
            yield finding(
                "list.json-record",
                "error",
                "Not a FollowTheMoney entity (id, schema, properties); left out",
                "Pas une entité FollowTheMoney (id, schema, properties); laissé de côté",
                f"line {number}",
            )
            continue
        yield from draft.emit()
    yield from findings
    if skipped:
        yield finding(
            "list.other-kinds",
            "info",
            f"{skipped} records of kinds that are not screened were left out",
            f"{skipped} enregistrements de types non filtrés ont été laissés de côté",
        )


def _entity(entity: dict[str, Any], key: str, kind: Kind, list_name: str, line: int) -> Draft:
    properties: dict[str, list[Any]] = entity.get("properties") or {}

    def values(*names: str) -> list[str]:
        found: list[str] = []
        for name in names:
            held = properties.get(name, ())
            found.extend(str(v) for v in (held if isinstance(held, list) else [held]))
        return found

    draft = Draft(list_name, key, line, kind)
    for name in values("name"):
        draft.name(name)
    for name in values("alias", "previousName"):
        draft.name(name, "strong")
    for name in values("weakAlias", "abbreviation"):
        draft.name(name, "weak")
    if not draft.names:
        draft.name(str(entity.get("caption") or ""))
    for born in values("birthDate"):
        draft.born(born)
    for country in values("nationality", "citizenship"):
        draft.nationality(country)
    for place in values("birthPlace"):
        draft.birth_place(place)
    for number in values("passportNumber"):
        draft.document(number, "passport")
    for number in values("idNumber", "registrationNumber", "taxNumber"):
        draft.document(number, "identification")
    for sex in values("gender"):
        draft.gender(sex)
    draft.imo = next(iter(values("imoNumber")), None)
    draft.mmsi = next(iter(values("mmsi")), None)
    draft.programme = next(iter(values("program", "programId")), None)
    listed = entity.get("first_seen") or next(iter(values("createdAt")), None)
    draft.listed_on = partial(str(listed)) if listed else None
    draft.note("topics", "; ".join(values("topics")))
    return draft


def to_ftm(entry: ListEntry) -> dict[str, Any]:
    """One entry as a FollowTheMoney entity."""
    by_quality = {"primary": "name", "strong": "alias", "weak": "weakAlias"}
    properties: dict[str, list[str]] = {}

    def add(name: str, value: str | None) -> None:
        if value:
            properties.setdefault(name, []).append(value)

    for name in entry.names:
        add(by_quality[name.quality], name.text)
    for born in entry.birth_dates:
        add("birthDate", str(born.date))
    for country in entry.nationalities:
        add("nationality", country)
    for place in entry.places:
        add("birthPlace", place)
    for document in entry.documents:
        passport = "passport" in (document.type or "").casefold()
        add("passportNumber" if passport else "idNumber", document.number)
    add("gender", {"M": "male", "F": "female"}.get(entry.sex or ""))
    add("imoNumber", entry.imo)
    add("mmsi", entry.mmsi)
    add("program", entry.programme)
    return {
        "id": entry.id.partition(":")[2],
        "schema": _SCHEMAS[entry.kind],
        "caption": entry.names[0].text if entry.names else entry.id,
        "properties": properties,
        "datasets": [entry.list],
    }


def write_ftm(entries: Iterable[ListEntry]) -> Iterator[bytes]:
    """Entries as JSON Lines, one piece of bytes a line."""
    for entry in entries:
        yield msgspec.json.encode(to_ftm(entry)) + b"\n"


def write_ftm_delta(delta: ListDelta) -> Iterator[bytes]:
    """A delta as JSON Lines of operations."""
    for entry in delta.added:
        yield msgspec.json.encode({"op": "ADD", "entity": to_ftm(entry)}) + b"\n"
    for change in delta.changed:
        yield msgspec.json.encode({"op": "MOD", "entity": to_ftm(change.after)}) + b"\n"
    for entry in delta.removed:
        deleted = {"op": "DEL", "entity": {"id": entry.id.partition(":")[2]}}
        yield msgspec.json.encode(deleted) + b"\n"

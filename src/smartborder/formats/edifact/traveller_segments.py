"""What one segment says about a traveller (segment groups 4 and 5 of PAXLST).

Each segment is read on its own, into a ``Said``: which field, which value, which group, and what
was odd. Equal segments say the same, so a message's reader remembers them.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from smartborder.formats.edifact.codes import NO_GIVEN_NAME, ROLES
from smartborder.formats.edifact.dates import read_date
from smartborder.model.iso3166 import understand

# Where a segment stands within its traveller: NAD opens, group 4 follows, then documents.
NAME, SEX, BIRTH, BAGS, VERIFIED, TEXT, PLACE, CONTACT, EMPLOYMENT, NATION, REFERENCE = range(11)
DOCUMENT, DOCUMENT_DETAIL, TAIL, HEAD, NOTHING = 20, 21, 30, 40, 50

Odd = tuple[str, dict[str, object]]


class Said(NamedTuple):
    """What a segment says: ``rank`` is its place in the order, ``odd`` a finding to make."""

    field: str
    value: Any
    rank: int
    odd: Odd | None = None


class Words(NamedTuple):
    """What a reader of traveller segments has to know about its message."""

    component: str
    decimal: str
    year: int
    travel_date: date


MOST_ELEMENTS = {
    "NAD": 5, "ATT": 4, "DTM": 2, "MEA": 4, "GEI": 3, "FTX": 5, "LOC": 3, "COM": 3, "NAT": 3,
    "RFF": 2, "DOC": 3, "EMP": 4, "CNT": 2,
}  # fmt: skip
"""With more data elements than this (tag included), a segment may have swallowed another."""

_LONG_NAME = 175  # C080: five times 35 characters
_PLACES = {"22": "clears_at", "178": "embarks", "179": "disembarks"}
_POUND = 0.45359237


def _parts(element: str, words: Words) -> list[str]:
    return [part.strip() for part in element.split(words.component)]


def _country(field: str, text: str, rank: int) -> Said:
    found = understand(text)
    if found is None:
        return Said(field, None, rank, ("edifact.unknown-country", {}))
    code, how = found
    if how == "as-is":
        return Said(field, code, rank)
    kind = "edifact.country-withdrawn" if how == "withdrawn" else "edifact.country-alpha-2"
    return Said(field, code, rank, (kind, {"value": text.strip(), "code": code}))


def _missing(els: list[str], rank: int = NOTHING) -> Said:
    return Said("", None, rank, ("edifact.missing-value", {"tag": els[0]}))


def _unknown(els: list[str], value: str, rank: int = NOTHING) -> Said:
    return Said("", None, rank, ("edifact.unknown-code", {"value": value[:12], "tag": els[0]}))


def read_name(els: list[str], words: Words) -> Said:
    """NAD: role, surname, given names, address. The value is a dict of traveller fields."""
    qualifier = els[1].strip() if len(els) > 1 else ""
    odd: Odd | None = None
    role = ROLES.get(qualifier)
    if role is None:
        role, odd = "unknown", ("edifact.unknown-role", {"value": qualifier[:12]})
    fields: dict[str, Any] = {"role": role}
    name = els[4] if len(els) > 4 else ""
    if not name and len(els) > 3 and els[3]:
        name, odd = els[3], ("edifact.wrong-separator", {})
    parts = _parts(name, words)
    surname = parts[0]
    given = " ".join(filter(None, parts[1:]))
    if len(surname) + len(given) > _LONG_NAME:
        odd = odd or ("edifact.long-name", {"count": len(surname) + len(given)})
    if surname.upper() in NO_GIVEN_NAME:
        odd, surname = odd or ("edifact.name-unknown", {"value": surname}), ""
    elif not surname:
        odd = odd or ("edifact.no-surname", {})
    if given.upper() in NO_GIVEN_NAME:
        odd, given = odd or ("edifact.name-unknown", {"value": given}), ""
    fields["surname"] = surname or None
    fields["given_names"] = given or None
    if len(els) > 5:
        address = [part for element in els[5:] for part in _parts(element, words) if part]
        if address:
            fields["address"] = ", ".join(address)
    return Said("", fields, NAME, odd)


def _sex(els: list[str], words: Words) -> Said:
    code = _parts(els[3], words)[0] if len(els) > 3 else ""
    code = code or (_parts(els[-1], words)[0] if len(els) > 2 else "")
    if code in ("M", "F"):
        return Said("sex", code, SEX)
    if code in ("U", "X"):
        return Said("sex", "X", SEX)
    if code.upper() in ("M", "F", "U", "X"):
        return Said("sex", code.upper().replace("U", "X"), SEX)
    return Said("sex", None, SEX, ("edifact.unknown-sex", {}))


def _date(els: list[str], words: Words) -> Said:
    parts = _parts(els[1], words) if len(els) > 1 else [""]
    qualifier = parts[0]
    if len(parts) == 1 and len(els) > 2:
        parts = [qualifier, *_parts(els[2], words)]
    value = parts[1] if len(parts) > 1 else ""
    form = parts[2] if len(parts) > 2 else None
    if qualifier == "329":
        if not value:
            return _missing(els, BIRTH)
        born = read_date(value, form, words.year, not_after=words.travel_date)
        return Said("birth_date", born.value, BIRTH, (born.finding, {}) if born.finding else None)
    if qualifier == "36":
        if not value:
            return _missing(els, DOCUMENT_DETAIL)
        until = read_date(value, form, words.year)
        odd: Odd | None = (until.finding, {}) if until.finding else None
        return Said("expires", until.value, DOCUMENT_DETAIL, odd)
    return _unknown(els, qualifier)


def _place(els: list[str], words: Words) -> Said:
    qualifier = els[1].strip() if len(els) > 1 else ""
    value = els[2] if len(els) > 2 else ""
    if field := _PLACES.get(qualifier):
        place = _parts(value, words)[0]
        return Said(field, place, PLACE) if place else _missing(els, PLACE)
    if qualifier == "174":
        code = _parts(value, words)[0]
        return _country("residence", code, PLACE) if code else _missing(els, PLACE)
    if qualifier == "91":
        code = _parts(value, words)[0]
        if not code:
            return _missing(els, DOCUMENT_DETAIL)
        return _country("issuer", code, DOCUMENT_DETAIL)
    if qualifier == "180":
        return _birth_place(els, words)
    return _unknown(els, qualifier)


def _birth_place(els: list[str], words: Words) -> Said:
    """LOC+180: a country, and the name of the place wherever the sender put it."""
    parts = [part for element in els[2:5] for part in _parts(element, words)]
    code = parts[0] if parts else ""
    name = " ".join(filter(None, parts[1:]))
    if not code:
        return Said("birth_place", name, PLACE) if name else _missing(els, PLACE)
    country = _country("birth_country", code, PLACE)
    if country.value is None:
        return Said("birth_place", " ".join(filter(None, [code, name])), PLACE)
    if not name:
        return country
    return Said("birth_place", (country.value, name), PLACE, country.odd)


def _nationality(els: list[str], words: Words) -> Said:
    code = _parts(els[2], words)[0] if len(els) > 2 else ""
    return _country("nationality", code, NATION) if code else _missing(els, NATION)


def _reference(els: list[str], words: Words) -> Said:
    parts = _parts(els[1], words) if len(els) > 1 else [""]
    odd: Odd | None = None
    if len(parts) == 1 and len(els) > 2:
        parts, odd = [parts[0], *_parts(els[2], words)], ("edifact.wrong-separator", {})
    if len(parts) < 2 or not parts[1]:
        return _missing(els, REFERENCE)
    return Said("reference", (parts[0], parts[1]), REFERENCE, odd)


def _document(els: list[str], words: Words) -> Said:
    kind = _parts(els[1], words)[0] if len(els) > 1 else ""
    number = _parts(els[2], words)[0] if len(els) > 2 else ""
    odd: Odd | None = None if number else ("edifact.incomplete-document", {})
    return Said("", (kind or None, number or None), DOCUMENT, odd)


def _measure(els: list[str], words: Words) -> Said:
    kind = els[1].strip() if len(els) > 1 else ""
    parts = _parts(els[3], words) if len(els) > 3 else [""]
    text = parts[-1].replace(words.decimal, ".").replace(",", ".")
    if kind not in ("CT", "WT"):
        return _unknown(els, kind)
    if not text.replace(".", "", 1).isdecimal() or len(text) > 12:
        return Said("", None, BAGS, ("edifact.bad-number", {"tag": "MEA"}))
    if kind == "CT":
        return Said("bag_count", int(float(text)), BAGS)
    unit = parts[0].upper() if len(parts) > 1 else "KGM"
    if unit in ("KGM", "K", "KG", ""):
        return Said("bag_weight", float(text), BAGS)
    if unit in ("LBR", "L", "LB", "LBS"):
        return Said("bag_weight", round(float(text) * _POUND, 2), BAGS)
    return _unknown(els, unit, BAGS)


def _verified(els: list[str], words: Words) -> Said:
    code = _parts(els[2], words)[0] if len(els) > 2 else ""
    if els[1:2] == ["4"] and code == "173":
        return Said("verified", True, VERIFIED)
    return _unknown(els, code)


def _text(els: list[str], words: Words) -> Said:
    """FTX+BAG: a tag number, and how many tags follow from it on."""
    kind = els[1].strip() if len(els) > 1 else ""
    if kind != "BAG":
        return _unknown(els, kind)
    tags: list[str] = []
    odd: Odd | None = None
    for element in els[4:]:
        tag, *rest = _parts(element, words)
        count = rest[0] if rest and rest[0] else "1"
        if not count.isdecimal() or not 1 <= int(count[:4]) <= 99:
            count, odd = "1", ("edifact.bad-number", {"tag": "FTX"})
        tags += _series(tag, int(count))
    return Said("bag_tags", tuple(tags), TEXT, odd) if tags else _missing(els, TEXT)


def _series(tag: str, count: int) -> list[str]:
    """``UA0446`` and 2 as ``UA0446``, ``UA0447``; only the first if it has no number to count."""
    digits = len(tag) - len(tag.rstrip("0123456789"))
    if not tag:
        return []
    if not digits:
        return [tag] * count
    stem, number = tag[: len(tag) - digits], int(tag[-digits:])
    return [f"{stem}{number + step:0{digits}}" for step in range(count)]


def _contact(els: list[str], words: Words) -> Said:
    return Said("contact", tuple(els[1:]), CONTACT)


def _employment(els: list[str], words: Words) -> Said:
    return Said("employment", tuple(els[1:]), EMPLOYMENT)


READERS: dict[str, Callable[[list[str], Words], Said]] = {
    "NAD": read_name,
    "ATT": _sex,
    "DTM": _date,
    "MEA": _measure,
    "GEI": _verified,
    "FTX": _text,
    "LOC": _place,
    "COM": _contact,
    "EMP": _employment,
    "NAT": _nationality,
    "RFF": _reference,
    "DOC": _document,
}


def say(els: list[str], words: Words) -> Said:
    """What one segment of a known tag says."""
    return READERS[els[0]](els, words)

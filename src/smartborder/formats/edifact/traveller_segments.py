"""What one segment says about a traveller (segment groups 4 and 5 of PAXLST).

Each segment is read on its own, into a ``Said``: which field, which value, which group, and what
was odd. Equal segments say the same, so a message's reader remembers them.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from smartborder.formats.edifact.codes import NO_NAME, ROLES
from smartborder.formats.edifact.dates import DAYS, read_date, years_near, years_until
from smartborder.model.iso3166 import understand

# Where a segment stands within its traveller: NAD opens, group 4 follows, then documents.
NAME, SEX, BIRTH, BAGS, VERIFIED, PLACE, CONTACT, EMPLOYMENT, NATION, TEXT, REFERENCE = range(11)
DOCUMENT, DOCUMENT_DETAIL, TAIL, HEAD, NOTHING = 20, 21, 30, 40, 50

Odd = tuple[str, dict[str, object]]


Said = tuple[str, Any, int, Odd | None]
"""What a segment says: field, value, its place in the order, and a finding to make."""


class Words:
    """What a reader of traveller segments has to know about its message.

    Attributes:
        component: separator of components.
        decimal: decimal mark.
        travel_date: last day of the journey, which no birth is later than.

    """

    __slots__ = (
        "birth", "births", "component", "day", "decimal", "expiries", "expiry", "travel_date",
        "year",
    )  # fmt: skip

    def __init__(self, component: str, decimal: str, travel_date: date) -> None:
        self.component = component
        self.decimal = decimal
        self.travel_date = travel_date
        self.year = travel_date.year
        self.day = travel_date.isoformat()
        self.birth = "329" + component
        self.births = years_until(travel_date.year)
        self.expiry = "36" + component
        self.expiries = years_near(travel_date.year)


_SEXES = {"M": "M", "F": "F", "U": "X", "X": "X"}
LONG_NAME = 175  # C080: five times 35 characters
_PLACES = {"22": "clears_at", "178": "embarks", "179": "disembarks"}
_POUND = 0.45359237


def _parts(element: str, words: Words) -> list[str]:
    return [part.strip() for part in element.split(words.component)]


def _first(element: str, words: Words) -> str:
    """The first component of an element."""
    if words.component in element:
        element = element[: element.index(words.component)]
    return element.strip()


def _country(field: str, text: str, rank: int) -> Said:
    found = understand(text)
    if found is None:
        return (field, None, rank, ("edifact.unknown-country", {}))
    code, how = found
    if how == "as-is":
        return (field, code, rank, None)
    kind = "edifact.country-withdrawn" if how == "withdrawn" else "edifact.country-alpha-2"
    return (field, code, rank, (kind, {"value": text.strip(), "code": code}))


def _missing(els: list[str], rank: int = NOTHING) -> Said:
    return ("", None, rank, ("edifact.missing-value", {"tag": els[0]}))


def _unknown(els: list[str], value: str, rank: int = NOTHING) -> Said:
    return ("", None, rank, ("edifact.unknown-code", {"value": value[:12], "tag": els[0]}))


def read_name(els: list[str], words: Words) -> Said:
    """NAD: role, surname, given names, address. The value is a dict of traveller fields."""
    qualifier = els[1].strip() if len(els) > 1 else ""
    odd: Odd | None = None
    role = ROLES.get(qualifier)
    if role is None:
        role, odd = "unknown", ("edifact.unknown-role", {"value": qualifier[:12]})
    name = els[4] if len(els) > 4 else ""
    if not name and len(els) > 3 and els[3]:
        name, odd = els[3], ("edifact.wrong-separator", {})
    surname, _, given = name.partition(words.component)
    surname, given = surname.strip(), given.strip()
    if words.component in given:
        given = " ".join(filter(None, _parts(given, words)))
    if len(name) > LONG_NAME:
        odd = odd or ("edifact.long-name", {"count": len(surname) + len(given)})
    if len(surname) < 8 and surname.upper() in NO_NAME:
        odd, surname = odd or ("edifact.name-unknown", {"value": surname}), ""
    elif not surname:
        odd = odd or ("edifact.no-surname", {})
    if len(given) < 8 and given.upper() in NO_NAME:
        odd, given = odd or ("edifact.name-unknown", {"value": given}), ""
    fields: dict[str, Any] = {
        "role": role,
        "surname": surname or None,
        "given_names": given or None,
    }
    if len(els) > 5:
        address = [part for element in els[5:] for part in _parts(element, words) if part]
        if address:
            fields["address"] = ", ".join(address)
    return ("", fields, NAME, odd)


def _sex(els: list[str], words: Words) -> Said:
    if len(els) > 1 and els[1].strip() not in ("2", ""):
        return _unknown(els, els[1].strip())
    code = _first(els[3], words) if len(els) > 3 else ""
    code = (code or (_first(els[-1], words) if len(els) > 2 else "")).upper()
    if code in _SEXES:
        return ("sex", _SEXES[code], SEX, None)
    return ("sex", None, SEX, ("edifact.unknown-sex", {}))


def _date(els: list[str], words: Words) -> Said:
    text = els[1] if len(els) > 1 else ""
    if len(text) == 10 and text[:4] == words.birth and text[6:] in DAYS:
        year = words.births.get(text[4:6])
        if year and (born := year + DAYS[text[6:]]) <= words.day:
            return ("birth_date", born, BIRTH, None)
    if len(text) == 9 and text[:3] == words.expiry and text[5:] in DAYS:
        if year := words.expiries.get(text[3:5]):
            return ("expires", year + DAYS[text[5:]], DOCUMENT_DETAIL, None)
    qualifier, *parts = _parts(text, words)
    if not parts and len(els) > 2:
        parts = _parts(els[2], words)
    if qualifier not in ("329", "36"):
        return _unknown(els, qualifier)
    birth = qualifier == "329"
    field, rank = ("birth_date", BIRTH) if birth else ("expires", DOCUMENT_DETAIL)
    if not parts or not parts[0]:
        return _missing(els, rank)
    form = parts[1] if len(parts) > 1 else None
    value, odd = read_date(parts[0], form, words.year, words.travel_date if birth else None)
    return (field, value, rank, (odd, {}) if odd else None)


def _place(els: list[str], words: Words) -> Said:
    qualifier = els[1].strip() if len(els) > 1 else ""
    value = els[2] if len(els) > 2 else ""
    if field := _PLACES.get(qualifier):
        place = _first(value, words)
        return (field, place, PLACE, None) if place else _missing(els, PLACE)
    if qualifier == "174":
        code = _first(value, words)
        return _country("residence", code, PLACE) if code else _missing(els, PLACE)
    if qualifier == "91":
        code = _first(value, words)
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
        return ("born_in", (None, name), PLACE, None) if name else _missing(els, PLACE)
    _, country, _, odd = _country("", code, PLACE)
    if country is None:
        return ("born_in", (None, " ".join(filter(None, [code, name]))), PLACE, None)
    return ("born_in", (country, name or None), PLACE, odd)


def _nationality(els: list[str], words: Words) -> Said:
    code = _first(els[2], words) if len(els) > 2 else ""
    return _country("nationality", code, NATION) if code else _missing(els, NATION)


def _reference(els: list[str], words: Words) -> Said:
    qualifier, _, value = els[1].partition(words.component) if len(els) > 1 else ("", "", "")
    odd: Odd | None = None
    if not value and len(els) > 2:
        value, odd = els[2], ("edifact.wrong-separator", {})
    value = _first(value, words)
    if not value:
        return _missing(els, REFERENCE)
    return ("", (qualifier.strip(), value), REFERENCE, odd)


def _document(els: list[str], words: Words) -> Said:
    kind = _first(els[1], words) if len(els) > 1 else ""
    number = _first(els[2], words) if len(els) > 2 else ""
    odd: Odd | None = None if number else ("edifact.incomplete-document", {})
    return ("", (kind or None, number or None), DOCUMENT, odd)


def _measure(els: list[str], words: Words) -> Said:
    kind = els[1].strip() if len(els) > 1 else ""
    parts = _parts(els[3], words) if len(els) > 3 else [""]
    text = parts[-1].replace(words.decimal, ".").replace(",", ".")
    if kind not in ("CT", "WT"):
        return _unknown(els, kind)
    if not text.replace(".", "", 1).isdecimal() or len(text) > 12:
        return ("", None, BAGS, ("edifact.bad-number", {"tag": "MEA"}))
    if kind == "CT":
        return ("bag_count", int(float(text)), BAGS, None)
    unit = parts[0].upper() if len(parts) > 1 else "KGM"
    if unit in ("KGM", "K", "KG", ""):
        return ("bag_weight", float(text), BAGS, None)
    if unit in ("LBR", "L", "LB", "LBS"):
        return ("bag_weight", round(float(text) * _POUND, 2), BAGS, None)
    return _unknown(els, unit, BAGS)


def _verified(els: list[str], words: Words) -> Said:
    code = _first(els[2], words) if len(els) > 2 else ""
    if els[1:2] == ["4"] and code == "173":
        return ("verified", True, VERIFIED, None)
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
    return ("bag_tags", tuple(tags), TEXT, odd) if tags else _missing(els, TEXT)


def _series(tag: str, count: int) -> list[str]:
    """``UA0446`` and 2 as ``UA0446``, ``UA0447``; only the first if it has no number to count."""
    digits = len(tag) - len(tag.rstrip("0123456789"))
    if not tag:
        return []
    if not digits:
        return [tag] * count
    stem, number = tag[: len(tag) - digits], int(tag[-digits:])
    return [f"{stem}{number + step:0{digits}}" for step in range(count)]


def _as_given(els: list[str], words: Words) -> str:
    """The elements of a segment with the usual separators."""
    return "+".join(element.replace(words.component, ":") for element in els[1:])


def _contact(els: list[str], words: Words) -> Said:
    given = _as_given(els, words)
    return ("contact", given, CONTACT, None) if given else _missing(els, CONTACT)


def _employment(els: list[str], words: Words) -> Said:
    given = _as_given(els, words)
    return ("employment", given, EMPLOYMENT, None) if given else _missing(els, EMPLOYMENT)


Reader = Callable[[list[str], Words], Said]

READERS: dict[str, tuple[Reader, int]] = {
    "NAD": (read_name, 5),
    "ATT": (_sex, 4),
    "DTM": (_date, 2),
    "MEA": (_measure, 4),
    "GEI": (_verified, 3),
    "FTX": (_text, 5),
    "LOC": (_place, 3),
    "COM": (_contact, 3),
    "EMP": (_employment, 4),
    "NAT": (_nationality, 3),
    "RFF": (_reference, 2),
    "DOC": (_document, 3),
}
"""How each segment is read; with more elements than so (tag included) it may hold another one."""


def say(els: list[str], words: Words) -> Said:
    """What one segment of a known tag says."""
    return READERS[els[0]][0](els, words)

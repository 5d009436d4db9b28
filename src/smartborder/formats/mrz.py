"""The machine-readable zone of a travel document: read, with every check digit's result.

ICAO Doc 9303: part 3 (check digits, characters), part 4 (TD3), part 5 (TD1), part 6 (TD2),
part 7 (visas MRV-A, MRV-B). Check digits alone do not prove a field (an ``A`` in place of a
``0`` passes), so characters, calendar and countries are looked at as well.
"""

from datetime import date
from typing import Final, Literal, NamedTuple

import msgspec

from smartborder.kernel.text import Text
from smartborder.model.iso3166 import understand
from smartborder.model.reason import Finding, Severity

MrzType = Literal["TD1", "TD2", "TD3", "MRVA", "MRVB"]
Check = Literal["document-number", "birth-date", "expiry", "personal-number", "composite"]

_SEXES: Final[dict[str, Literal["M", "F", "X"]]] = {"M": "M", "F": "F", "<": "X", "X": "X"}
_VALUES: Final = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}

FINDINGS: Final[dict[str, tuple[Severity, Text]]] = {
    "mrz.length": (
        "error",
        Text(
            "{count} characters are no machine-readable zone (90, 72 or 88 are expected).",
            "{count} caractères ne forment pas une zone de lecture automatique (90, 72 ou 88 sont"
            " attendus).",
        ),
    ),
    "mrz.character": (
        "error",
        Text(
            "Field {field} holds a character that it cannot have.",
            "Le champ {field} contient un caractère qui n'y est pas permis.",
        ),
    ),
    "mrz.check-digit": (
        "error",
        Text(
            "The check digit of {field} is wrong: read it again.",
            "Le chiffre de contrôle de {field} est faux : relire ce champ.",
        ),
    ),
    "mrz.date": (
        "error",
        Text("Field {field} is no date.", "Le champ {field} n'est pas une date."),
    ),
    "mrz.unknown-country": (
        "warning",
        Text(
            "Field {field} holds a code that is not assigned to any country.",
            "Le champ {field} contient un code qui n'est attribué à aucun pays.",
        ),
    ),
    "mrz.no-name": (
        "warning",
        Text("No surname is given.", "Aucun nom de famille n'est donné."),
    ),
}

FIELD_NAMES: Final[dict[str, Text]] = {
    "document-code": Text("document code", "code de document"),
    "issuer": Text("issuing State", "État émetteur"),
    "document-number": Text("document number", "numéro de document"),
    "nationality": Text("nationality", "nationalité"),
    "birth-date": Text("date of birth", "date de naissance"),
    "sex": Text("sex", "sexe"),
    "expiry": Text("date of expiry", "date d'expiration"),
    "personal-number": Text("personal number", "numéro personnel"),
    "composite": Text("the composite", "l'ensemble"),
    "name": Text("name", "nom"),
}


class MrzResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the zone says, and whether it holds together.

    Attributes:
        type: its format; None if it is none.
        valid: every check digit right, no wrong character, every date possible.
        issuer, nationality: ISO 3166 alpha-3 or a Doc 9303 code; as printed if not assigned.
        birth, expiry: the six characters as printed.
        birth_date, expires: ISO 8601 to the precision given; None if unreadable.
        sex: M, F or X (unspecified).
        checks: result of each check digit that the format has.
        bad_fields: fields with a wrong character or an impossible date.

    """

    type: MrzType | None = None
    valid: bool = False
    document_code: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    nationality: str | None = None
    birth: str | None = None
    birth_date: str | None = None
    sex: Literal["M", "F", "X"] | None = None
    expiry: str | None = None
    expires: str | None = None
    surname: str | None = None
    given_names: str | None = None
    optional: str | None = None
    checks: dict[Check, bool] = {}
    bad_fields: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Zone(NamedTuple):
    """The fields of a zone as printed, whatever its format."""

    type: MrzType
    code: str
    issuer: str
    names: str
    number: str
    number_check: str
    nationality: str
    birth: str
    birth_check: str
    sex: str
    expiry: str
    expiry_check: str
    optional: str
    composite: str
    composite_check: str
    personal_check: str = ""


def check_digit(field: str) -> int | None:
    """The check digit of a field, weights 7-3-1 (Doc 9303-3 section 4.9); None if unreadable."""
    total = 0
    for position, char in enumerate(field):
        value = _VALUES.get(char)
        if value is None:
            return None
        total += value * (7, 3, 1)[position % 3]
    return total % 10


def read_mrz(text: str, *, on: date | None = None) -> MrzResult:
    """Read a zone that was scanned or typed; line breaks, blanks and lower case do not matter.

    Args:
        text: two or three lines, with or without line breaks.
        on: the day of reading, which no birth is later than; without it, the day of expiry
            decides about two-digit years, which is right for anybody below about 90.

    Never raises: what cannot be read is in the findings.

    """
    line = "".join(text.split()).upper().replace("«", "<<").replace("‹", "<")
    zone = _zone(line)
    if zone is None:
        return MrzResult(findings=(_note("mrz.length", count=len(line)),))
    return _result(zone, on)


def _zone(line: str) -> _Zone | None:
    if len(line) == 90:
        one, two, three = line[:30], line[30:60], line[60:]
        return _Zone(
            "TD1", one[:2], one[2:5], three, one[5:14], one[14], two[15:18], two[:6], two[6],
            two[7], two[8:14], two[14], one[15:30] + two[18:29],
            one[5:] + two[:7] + two[8:15] + two[18:29], two[29],
        )  # fmt: skip
    if len(line) not in (72, 88):
        return None
    width = len(line) // 2
    one, two = line[:width], line[width:]
    visa = one[0] == "V"
    kind: MrzType = (
        ("MRVB" if width == 36 else "MRVA") if visa else ("TD2" if width == 36 else "TD3")
    )
    end = width if visa else width - 1
    if kind == "TD3":
        end -= 1
    return _Zone(
        kind, one[:2], one[2:5], one[5:], two[:9], two[9], two[10:13], two[13:19], two[19],
        two[20], two[21:27], two[27], two[28:end],
        "" if visa else two[:10] + two[13:20] + two[21 : width - 1],
        "" if visa else two[-1],
        two[42] if kind == "TD3" else "",
    )  # fmt: skip


def _result(zone: _Zone, on: date | None) -> MrzResult:
    number, check, optional = _long_number(zone)
    checks: dict[Check, bool] = {
        "document-number": _right(number, check),
        "birth-date": _right(zone.birth, zone.birth_check),
        "expiry": _right(zone.expiry, zone.expiry_check),
    }
    if zone.type == "TD3":
        empty = not zone.optional.strip("<")
        checks["personal-number"] = (empty and zone.personal_check == "<") or _right(
            zone.optional, zone.personal_check
        )
    if zone.composite_check:
        checks["composite"] = _right(zone.composite, zone.composite_check)
    bad: dict[str, str] = {}
    expires = _date(zone.expiry, on, "expiry", bad)
    last = on or (date.fromisoformat(expires) if expires and len(expires) == 10 else None)
    birth = _date(zone.birth, last, "birth-date", bad)
    surname, _, given = zone.names.partition("<<")
    wrong = {
        "document-code": not zone.code[0].isalpha() or zone.code[1].isdecimal(),
        "issuer": not _letters(zone.issuer),
        "document-number": check_digit(number) is None,
        "nationality": not _letters(zone.nationality),
        "sex": zone.sex not in "MF<X",
        "name": not _letters(zone.names),
    }
    bad |= {field: "mrz.character" for field, is_wrong in wrong.items() if is_wrong}
    findings = [_note(code, field) for field, code in bad.items()]
    findings += [_note("mrz.check-digit", name) for name, right in checks.items() if not right]
    issuer = _country(zone.issuer, "issuer", bad, findings)
    nationality = _country(zone.nationality, "nationality", bad, findings)
    if not surname.strip("<"):
        findings.append(_note("mrz.no-name"))
    return MrzResult(
        type=zone.type,
        valid=all(checks.values()) and not bad,
        document_code=zone.code.strip("<"),
        issuer=issuer,
        document_number=number.strip("<") or None,
        nationality=nationality,
        birth=zone.birth,
        birth_date=birth,
        sex=_SEXES.get(zone.sex),
        expiry=zone.expiry,
        expires=expires,
        surname=_words(surname),
        given_names=_words(given),
        optional=optional.strip("<") or None,
        checks=checks,
        bad_fields=tuple(bad),
        findings=tuple(findings),
    )


def _long_number(zone: _Zone) -> tuple[str, str, str]:
    """Number, check digit and what is left of the optional data.

    Parts 5 and 6: a number of more than nine characters has ``<`` as check digit, and goes on in
    the optional data, followed there by its check digit and ``<``.
    """
    if zone.number_check != "<" or zone.type not in ("TD1", "TD2"):
        return zone.number, zone.number_check, zone.optional
    more, _, rest = zone.optional.partition("<")
    if len(more) < 2:
        return zone.number, zone.number_check, zone.optional
    return zone.number + more[:-1], more[-1], rest


def _right(field: str, printed: str) -> bool:
    return printed.isdecimal() and check_digit(field) == int(printed)


def _letters(field: str) -> bool:
    return all(char == "<" or ("A" <= char <= "Z") for char in field)


def _words(name: str) -> str | None:
    return " ".join(name.replace("<", " ").split()) or None


def _date(field: str, last: date | None, name: str, bad: dict[str, str]) -> str | None:
    """ISO 8601 to the precision printed; ``<<`` stands for an unknown month or day."""
    year, month, day = field[:2], field[2:4], field[4:]
    if not field.strip("<"):
        if name == "expiry":
            bad[name] = "mrz.date"
        return None
    if not (year.isdecimal() and all(p.isdecimal() or p == "<<" for p in (month, day))):
        bad[name] = "mrz.date"
        return None
    number = 2000 + int(year)
    if name == "birth-date":
        limit = last or date(2099, 12, 31)
        printed = (number, int(month) if month != "<<" else 1, int(day) if day != "<<" else 1)
        if printed > (limit.year, limit.month, limit.day):
            number -= 100
    try:
        date(number, int(month) if month != "<<" else 1, int(day) if day != "<<" else 1)
    except ValueError:
        bad[name] = "mrz.date"
        return None
    if month == "<<":
        return f"{number:04}"
    return f"{number:04}-{month}" + ("" if day == "<<" else f"-{day}")


def _country(field: str, name: str, bad: dict[str, str], findings: list[Finding]) -> str | None:
    code = field.strip("<")
    if name in bad:
        return code or None
    found = understand(field)
    if found is None:
        findings.append(_note("mrz.unknown-country", name))
        return code or None
    return found[0]


def _note(code: str, field: str | None = None, **values: object) -> Finding:
    severity, text = FINDINGS[code]
    name = FIELD_NAMES[field] if field else Text("", "")
    detail = Text(text.en.format(field=name.en, **values), text.fr.format(field=name.fr, **values))
    return Finding(code=code, severity=severity, segment=field, detail=detail)

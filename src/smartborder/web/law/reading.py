"""A form and the facts it means, both ways. What is left empty is not known, never 'no'."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from smartborder.law import FactsUnusable
from smartborder.model.iso3166 import understand
from smartborder.web.law.fields import Field

Typed = Mapping[str, str | list[str]]
ROWS = 12
"""Rows of one list that a form can hold."""
_SPAN = re.compile(r"\s*(?:/|\.\.| to | au )\s*")
_TRUTHS = {"yes": True, "no": False}


def facts_of(fields: Iterable[Field], typed: Typed, zone: str) -> dict[str, Any]:
    """The facts that a form says; instants without offset are local time in ``zone``.

    Raises:
        FactsUnusable: naming the field.

    """
    facts: dict[str, Any] = {}
    for field in fields:
        value = _value(field, typed, field.name, zone)
        source = _text(typed, f"{field.name}.source")
        readings = _readings(field, typed, zone)
        if readings is not None:
            facts[field.name] = {"value": value, "disputed": True, "readings": readings} | (
                {"source": source} if source else {}
            )
        elif value is not None:
            facts[field.name] = {"value": value, "source": source} if source else value
    return facts


def typed_of(fields: Iterable[Field], facts: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Facts as the form shows them; the other way round from :func:`facts_of`."""
    typed: dict[str, str | list[str]] = {}
    for field in fields:
        given = facts.get(field.name)
        if isinstance(given, dict) and not set(given) <= {"from", "to"}:
            if given.get("source"):
                typed[f"{field.name}.source"] = str(given["source"])
            if given.get("disputed") or given.get("readings"):
                typed[f"{field.name}.disputed"] = "on"
                readings = [_shown(r) for r in given.get("readings", ())]
                typed[f"{field.name}.readings"] = (
                    readings if field.kind == "choice" else "\n".join(readings)
                )
            given = given.get("value")
        if field.kind == "rows":
            typed |= _typed_rows(field, given)
        elif given is not None:
            if given == []:
                typed[f"{field.name}.none"] = "on"
            typed[field.name] = _shown(given)
    return typed


def rows_typed(field: Field, typed: Typed) -> int:
    """How many rows a list on the form should have: those filled in, and an empty one."""
    filled = [
        int(found[1])
        for name, value in typed.items()
        if value and (found := re.fullmatch(rf"{field.name}\.(\d\d?)\.\w+", name))
    ]
    return min(max(filled, default=-1) + 2, ROWS)


def _readings(field: Field, typed: Typed, zone: str) -> list[Any] | None:
    """The other ways to read a fact in dispute; None if it is not in dispute."""
    if not _text(typed, f"{field.name}.disputed"):
        return None
    if field.kind == "truth":
        return [True, False]
    if field.kind == "rows":
        return []
    given = typed.get(f"{field.name}.readings", "")
    lines = given if isinstance(given, list) else given.splitlines()
    found = (_one(field, " ".join(line.split()), zone) for line in lines)
    return [reading for reading in found if reading is not None]


def _value(field: Field, typed: Typed, name: str, zone: str) -> Any:
    if field.kind == "rows":
        return _rows(field, typed, zone)
    value = _one(field, _text(typed, name), zone)
    if value is None and field.kind == "words" and _text(typed, f"{name}.none"):
        return []
    return value


def _rows(field: Field, typed: Typed, zone: str) -> list[dict[str, Any]] | None:
    found = []
    for number in range(ROWS):
        row = {}
        for part in field.parts:
            value = _value(part, typed, f"{field.name}.{number}.{part.name}", zone)
            if value is not None:
                row[part.name] = value
        if not row:
            continue
        if lacking := [p.name for p in field.parts if p.required and p.name not in row]:
            raise FactsUnusable(
                f"'{field.name}', row {number + 1}: {lacking[0]} is missing", field=field.name
            )
        found.append(row)
    return found or ([] if _text(typed, f"{field.name}.none") else None)


def _one(field: Field, text: str, zone: str) -> Any:
    """One value as typed; None for an empty field."""
    if not text:
        return None
    if field.kind == "truth":
        if text not in _TRUTHS:
            raise FactsUnusable(f"'{field.name}': yes, no or not known", field=field.name)
        return _TRUTHS[text]
    if field.kind == "number":
        plain = text.replace(",", ".")
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", plain):
            raise FactsUnusable(f"'{field.name}': a number", field=field.name)
        return float(plain) if "." in plain else int(plain)
    if field.kind == "day":
        return _day(field.name, text)
    if field.kind == "instant":
        return _instant(field.name, text, zone)
    if field.kind == "words":
        return [_code(word) for word in text.replace(",", " ").split()]
    return text


def _day(name: str, text: str) -> Any:
    """A day, part of one (``2026-05``), or a span: two of them with ``/`` between."""
    parts = [p for p in _SPAN.split(text) if p]
    for part in parts:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", part):
            raise FactsUnusable(f"'{name}': use YYYY-MM-DD", field=name)
        if len(part) == 10:
            try:
                date.fromisoformat(part)
            except ValueError as error:
                raise FactsUnusable(f"'{name}': no such day", field=name) from error
    if len(parts) == 2:
        return {"from": parts[0], "to": parts[1]}
    if len(parts) != 1:
        raise FactsUnusable(f"'{name}': use YYYY-MM-DD", field=name)
    return parts[0]


def _instant(name: str, text: str, zone: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise FactsUnusable(f"'{name}': use YYYY-MM-DD HH:MM", field=name) from error
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).isoformat()


def _code(word: str) -> str:
    understood = understand(word.upper())
    return understood[0] if understood else word.upper()


def _typed_rows(field: Field, given: Any) -> dict[str, str | list[str]]:
    if given == []:
        return {f"{field.name}.none": "on"}
    return {
        f"{field.name}.{number}.{part.name}": _shown(row[part.name])
        for number, row in enumerate(given or ())
        for part in field.parts
        if row.get(part.name) is not None
    }


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return " ".join(str(v) for v in value)
    if isinstance(value, dict):
        return f"{value.get('from', '')}/{value.get('to', '')}"
    return str(value)


def _text(typed: Typed, name: str) -> str:
    value = typed.get(name, "")
    return " ".join((value[-1] if isinstance(value, list) and value else str(value)).split())

"""Facts as they come: typed, three-valued, with their source, disputed or known in part.

Every field of every facts struct may be missing (``None``: not known). A field may also be
given as ``{"value": ..., "source": ..., "disputed": true, "readings": [...]}``; a day may be
partial (``"2026-05"``) or a range (``{"from": "2026-05-01", "to": "2026-05-05"}``). Each
way of reading the facts is put to the rule; the verdict stands only if all agree.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice, product
from typing import Any, TypeVar, get_type_hints

import msgspec

from smartborder.kernel.text import Text
from smartborder.law.errors import FactsUnusable

EARLIEST, LATEST = date(1850, 1, 1), date(2199, 12, 31)
"""Days outside are no days of a case: a slip of the pen, and periods could not be counted."""
MAX_READINGS = 2048
"""More ways to read the facts than this are not worked through: the facts are then unknown."""


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one subject, for one rule. ``None`` always means: not known."""


F = TypeVar("F", bound=Facts)


def says(en: str, fr: str) -> msgspec.Meta:
    """The description of one fact in both languages, for the schema and the officer's form."""
    return msgspec.Meta(description=en, extra_json_schema={"x-description-fr": fr})


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One way to read the facts, and what distinguishes it from the others."""

    facts: Any
    chosen: tuple[tuple[str, str], ...] = ()


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What was made of the facts: every reading, and the fields in dispute."""

    readings: tuple[Reading, ...]
    disputed: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    """Fields in dispute without readings, or with too many: read as not known."""


def understand(kind: type[F], given: Mapping[str, Any] | F) -> Understood:
    """Every reading of ``given`` as facts of ``kind``.

    Raises:
        FactsUnusable: for a field the rule does not know, a wrong shape or an impossible day.

    """
    if isinstance(given, kind):
        return Understood(readings=(Reading(facts=given),))
    if not isinstance(given, Mapping):
        raise FactsUnusable("the facts must be one JSON object, field by field")
    known = _days_of(kind)
    plain: dict[str, Any] = {}
    open_fields: dict[str, list[Any]] = {}
    unsettled: list[str] = []
    for raw, value in given.items():
        name = str(raw).replace("-", "_")
        if name not in known:
            raise FactsUnusable(
                f"'{raw}' is not a fact of this rule; --schema lists them", field=str(raw)
            )
        is_day = known[name]
        if not isinstance(value, dict) and not (is_day and isinstance(value, str)):
            plain[name] = value
            continue
        readings = list(islice(_readings(value, is_day, name), MAX_READINGS + 1))
        if len(readings) == 1:
            plain[name] = readings[0]
        elif not readings or len(readings) > MAX_READINGS:
            unsettled.append(name)
        else:
            open_fields[name] = readings
    total = 1
    for name, readings in list(open_fields.items()):
        total *= len(readings)
        if total > MAX_READINGS:
            unsettled.append(name)
            total //= len(readings)
            del open_fields[name]
    if not open_fields:
        only = Reading(facts=convert(kind, plain))
        return Understood(readings=(only,), disputed=tuple(unsettled), unsettled=tuple(unsettled))
    names = list(open_fields)
    result = []
    for combination in product(*open_fields.values()):
        chosen = dict(zip(names, combination, strict=True))
        result.append(
            Reading(
                facts=convert(kind, {**plain, **chosen}),
                chosen=tuple((n, str(v)) for n, v in chosen.items()),
            )
        )
    return Understood(
        readings=tuple(result),
        disputed=(*names, *unsettled),
        unsettled=tuple(unsettled),
    )


def convert(kind: type[F], data: Mapping[str, Any]) -> F:
    """``data`` as facts of ``kind``.

    Raises:
        FactsUnusable: naming the field and what is wrong with it.

    """
    try:
        facts = msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise FactsUnusable(f"{error}") from error
    for name in data:
        value = getattr(facts, name)
        if isinstance(value, (date, tuple)) and (far := far_day(value)) is not None:
            raise FactsUnusable(f"'{name}': {far} lies outside 1850 to 2199", field=name)
    return facts


def far_day(value: Any) -> date | None:
    """A day in ``value`` with which no period can be counted; None if there is none."""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return None if EARLIEST <= day <= LATEST else day
    inner: tuple[Any, ...] = ()
    if isinstance(value, Facts):
        inner = msgspec.structs.astuple(value)
    elif isinstance(value, tuple):
        inner = value
    return next((found for part in inner if (found := far_day(part)) is not None), None)


def schema(kind: type[Facts]) -> dict[str, Any]:
    """JSON Schema of the facts, each field described in English and French."""
    whole = msgspec.json.schema(kind)
    definitions: dict[str, Any] = whole.pop("$defs", {})
    main = dict(definitions.pop(kind.__name__))
    main["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    if definitions:
        main["$defs"] = definitions
    return main


@cache
def _days_of(kind: type[Facts]) -> dict[str, bool]:
    """Every fact by name, and whether it is a day."""
    hints = get_type_hints(kind)
    return {
        f.name: date in getattr(hints[f.name], "__args__", (hints[f.name],))
        for f in msgspec.structs.fields(kind)
    }


def _readings(value: Any, is_day: bool, name: str) -> Iterator[Any]:
    """Each way to read one value; none at all if it is disputed without readings."""
    if isinstance(value, dict) and ("value" in value or "readings" in value or "disputed" in value):
        extra = set(value) - {"value", "source", "disputed", "readings", "as-of", "evidence"}
        if extra:
            raise FactsUnusable(f"'{name}': unknown key '{min(extra)}' in a sourced fact")
        readings = value.get("readings")
        if readings is not None and not isinstance(readings, list | tuple):
            raise FactsUnusable(f"'{name}': 'readings' must be a list of values", field=name)
        alternatives = list(readings or ())
        if "value" in value and (value["value"] is not None or not alternatives):
            if not (value.get("disputed") and not alternatives):
                alternatives.insert(0, value["value"])
        seen: list[Any] = []
        for alternative in alternatives:
            for reading in _readings(alternative, is_day, name):
                if reading not in seen:
                    seen.append(reading)
                    yield reading
        return
    if is_day and isinstance(value, dict) and set(value) <= {"from", "to"}:
        yield from _days(value.get("from"), value.get("to"), name)
        return
    if is_day and isinstance(value, str) and len(value) in (4, 7):
        yield from _days(value, value, name)
        return
    yield value


def _days(first: Any, last: Any, name: str) -> Iterator[str]:
    start, end = _edge(first, name, end=False), _edge(last, name, end=True)
    if end < start:
        raise FactsUnusable(f"'{name}': the range ends before it begins", field=name)
    while start <= end:
        yield start.isoformat()
        start += timedelta(days=1)


def _edge(text: Any, name: str, *, end: bool) -> date:
    """First or last day meant by ``2026``, ``2026-05`` or ``2026-05-04``."""
    try:
        parts = [int(p) for p in str(text).split("-")]
        year, month, day = (*parts, None, None)[:3]
        if not end:
            return date(year or 0, month or 1, day or 1)
        if day is not None:
            return date(year or 0, month or 0, day)
        following = (year or 0, (month or 12) + 1) if (month or 12) < 12 else ((year or 0) + 1, 1)
        return date(following[0], following[1], 1) - timedelta(days=1)
    except (ValueError, TypeError) as error:
        raise FactsUnusable(f"'{name}': not a day: use YYYY-MM-DD", field=name) from error


DISPUTED = Text(
    "The facts can be read in more than one way and the readings lead to different results.",
    "Les faits peuvent se lire de plus d'une façon et les lectures mènent à des résultats "
    "différents.",
)

"""The officer's form of a rule set, made from the schema of its facts: nothing by hand."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import msgspec

from smartborder import law
from smartborder.kernel.text import Text
from smartborder.web.law.words import answer

Kind = Literal["truth", "choice", "day", "instant", "number", "words", "text", "rows"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One question of the form.

    Attributes:
        name: the fact.
        says: what it means, as the schema describes it.
        kind: how it is asked; ``truth`` is yes, no or not known; ``words`` a list of codes;
            ``rows`` a list of things with ``parts``.
        choices: the answers of a ``choice``.
        parts: the questions about one row.
        required: a row without it is no row.

    """

    name: str
    says: Text
    kind: Kind
    choices: tuple[tuple[str, Text], ...] = ()
    parts: tuple["Field", ...] = ()
    required: bool = False


@cache
def fields_of(rule: str, country: str) -> tuple[Field, ...]:
    """The questions of a rule set, in the order of its facts.

    Raises:
        UnknownRule, RuleNotHere: if this country has no such rule.

    """
    schema = law.schema(rule, country)
    return _fields(schema, schema.get("$defs", {}))


def _fields(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> tuple[Field, ...]:
    required = set(schema.get("required", ()))
    return tuple(
        _field(name, part, definitions, name in required)
        for name, part in schema["properties"].items()
    )


def _field(
    name: str, part: Mapping[str, Any], definitions: Mapping[str, Any], required: bool
) -> Field:
    says = Text(part.get("description", name), part.get("x-description-fr", name))
    kinds = [p for p in part.get("anyOf", [part]) if p.get("type") != "null"]
    shape = kinds[0]
    kind: Kind = "text"
    choices: tuple[tuple[str, Text], ...] = ()
    parts: tuple[Field, ...] = ()
    if "enum" in shape:
        kind, choices = "choice", tuple((code, answer(code)) for code in shape["enum"])
    elif shape.get("type") == "boolean":
        kind = "truth"
    elif shape.get("type") in ("integer", "number"):
        kind = "number"
    elif shape.get("format") == "date":
        kind = "day"
    elif name.endswith("_at"):  # instants have no format in the schema
        kind = "instant"
    elif shape.get("type") == "array":
        items = shape.get("items", {})
        kind = "words"
        if "$ref" in items:
            kind = "rows"
            parts = _fields(definitions[items["$ref"].rsplit("/", 1)[-1]], definitions)
    return Field(
        name=name, says=says, kind=kind, choices=choices, parts=parts, required=required
    )  # fmt: skip

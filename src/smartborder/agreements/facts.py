"""Facts about the subject: checked at the door, so that a slip of the pen can never open it."""

from datetime import UTC, date, datetime, time
from typing import Any

from smartborder.agreements.vocabulary import FactWord, Vocabulary
from smartborder.model.agreement import RequestUnusable
from smartborder.model.iso3166 import understand

Facts = dict[str, Any]
"""Checked facts by name; a fact that is not known has no entry."""


def check_facts(subject: dict[str, Any], words: Vocabulary) -> Facts:
    """``subject`` with aliases resolved and every value checked against its type.

    A null value is the same as leaving the fact out.

    Raises:
        RequestUnusable: for a fact that the vocabulary does not have, or an unusable value.
            The message names the fact, never its value.

    """
    facts: Facts = {}
    for key, value in subject.items():
        name = words.fact_name(key)
        if name is None:
            raise RequestUnusable(
                f"subject.{key}: no such fact; use {', '.join(sorted(words.facts))}"
            )
        if value is None:
            continue
        if name in facts:
            raise RequestUnusable(f"subject.{key}: {name} is given twice")
        checked = _checked(key, words.facts[name], value, words)
        if checked != frozenset() or words.facts[name].empty == "none":
            facts[name] = checked
    return facts


def _checked(key: str, word: FactWord, value: Any, words: Vocabulary) -> Any:
    match word.type:
        case "flag":
            if isinstance(value, bool):
                return value
            raise RequestUnusable(f"subject.{key}: use true or false")
        case "country":
            return _country(key, value, words)
        case "countries":
            items = [value] if isinstance(value, str) else value
            if not isinstance(items, list | tuple):
                raise RequestUnusable(f"subject.{key}: use a list of ISO 3166 alpha-3 codes")
            return frozenset(_country(key, item, words) for item in items)
        case "word":
            if value in word.values:
                return value
            raise RequestUnusable(f"subject.{key}: use one of {', '.join(word.values)}")
        case "words":
            items = [value] if isinstance(value, str) else value
            if isinstance(items, list | tuple) and all(item in word.values for item in items):
                return frozenset(items)
            raise RequestUnusable(f"subject.{key}: use a list of {', '.join(word.values)}")
        case "texts":
            if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
                return frozenset(value)
            raise RequestUnusable(f"subject.{key}: use a list of texts")
        case "instant":
            return to_instant(f"subject.{key}", value)
        case _:
            if isinstance(value, str):
                return value
            raise RequestUnusable(f"subject.{key}: use a text")


def _country(key: str, value: Any, words: Vocabulary) -> str:
    understood = understand(value) if isinstance(value, str) else None
    if understood is None:
        raise RequestUnusable(f"subject.{key}: use ISO 3166 alpha-3 codes, such as MEX")
    code = understood[0]
    return words.nationals_of.get(code, code)


def to_instant(where: str, value: Any) -> datetime:
    """A day (its first instant in UTC) or an instant with its offset.

    Raises:
        RequestUnusable: for anything else; the message names ``where``.

    """
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        if at is not None and len(value) == 10:
            return at.replace(tzinfo=UTC)
        if at is not None and at.tzinfo is not None:
            return at
    elif isinstance(value, datetime) and value.tzinfo is not None:
        return value
    elif isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    raise RequestUnusable(f"{where}: use YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")

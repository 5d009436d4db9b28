"""When a clause applies: three-valued, because what is not known must never become a guess.

A condition is a mapping; all of its entries must hold. An entry asks a request key
(``channel``, ``stage``, ``match``, ``purpose``, ``from``, ``to``, ``on``) or a fact. ``any``
takes a list of conditions of which one must hold. ``$from``, ``$to`` and ``$fact`` stand for
values of the request.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from smartborder.agreements.facts import Facts, to_instant
from smartborder.agreements.vocabulary import Vocabulary, is_country
from smartborder.kernel.errors import SmartborderError
from smartborder.model.agreement import ShareRequest

Ternary = bool | None
"""True, False, or None: not known."""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What a condition is judged on: the request, its checked facts, the instant."""

    request: ShareRequest
    facts: Facts
    instant: datetime


Test = Callable[[Situation], Ternary]
REQUEST_KEYS = ("channel", "stage", "match", "purpose", "from", "to")
_SET_OPERATORS = ("any_of", "none_of", "all_of")
_TIME_OPERATORS = ("before", "not_before")


class BadCondition(Exception):
    """Internal to the compiler: a condition that says nothing or cannot be read."""


class Condition(msgspec.Struct, frozen=True):
    """A compiled condition: its test, and the facts it may ask for."""

    test: Test
    asks: frozenset[str]


def compile_condition(when: dict[str, Any], words: Vocabulary) -> Condition:
    """Compile one ``when``; an empty one always holds.

    Raises:
        BadCondition: naming the entry that cannot be used.

    """
    tests: list[Test] = []
    asks: set[str] = set()
    for key, wanted in when.items():
        if key == "any":
            if not isinstance(wanted, list) or not wanted:
                raise BadCondition("any: give a list of conditions")
            parts = [compile_condition(part, words) for part in wanted]
            asks.update(*(part.asks for part in parts))
            tests.append(_one_of([part.test for part in parts]))
        elif key in REQUEST_KEYS:
            tests.append(_request_test(key, wanted))
        elif key == "on":
            tests.append(_time_test("on", wanted, words, asks))
        elif key in words.facts:
            asks.add(key)
            tests.append(_fact_test(key, wanted, words, asks))
        else:
            raise BadCondition(f"{key}: neither a request key nor a fact of the vocabulary")
    return Condition(_all_of(tests), frozenset(asks))


def _all_of(tests: list[Test]) -> Test:
    def test(situation: Situation) -> Ternary:
        result: Ternary = True
        for each in tests:
            value = each(situation)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return test


def _one_of(tests: list[Test]) -> Test:
    def test(situation: Situation) -> Ternary:
        result: Ternary = False
        for each in tests:
            value = each(situation)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return test


def _request_test(key: str, wanted: Any) -> Test:
    values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    if not values or any(isinstance(value, dict) for value in values):
        raise BadCondition(f"{key}: give a value or a list of values")
    attribute = {"from": "sender", "to": "receiver"}.get(key, key)
    return lambda situation: getattr(situation.request, attribute) in values


def _fact_test(key: str, wanted: Any, words: Vocabulary, asks: set[str]) -> Test:
    word = words.facts[key]
    absent: Ternary = None if word.absent == "unknown" else False
    match word.type:
        case "flag":
            if not isinstance(wanted, bool):
                raise BadCondition(f"{key}: give true or false")
            if absent is False:
                return lambda s: s.facts.get(key, False) is wanted
            return lambda s: s.facts[key] is wanted if key in s.facts else None
        case "instant":
            return _time_test(key, wanted, words, asks)
        case "countries" | "words" | "texts":
            return _set_test(key, wanted, words, asks, absent)
        case _:
            return _single_test(key, wanted, words, asks, absent)


def _operator(key: str, wanted: Any, allowed: tuple[str, ...]) -> tuple[str, Any]:
    if not isinstance(wanted, dict) or len(wanted) != 1 or next(iter(wanted)) not in allowed:
        raise BadCondition(f"{key}: give one of {', '.join(allowed)}")
    operator, value = next(iter(wanted.items()))
    return operator, value


def _known_value(key: str, value: str, words: Vocabulary) -> None:
    word = words.facts[key]
    if word.type in ("countries", "country") and not is_country(value):
        raise BadCondition(f"{key}: {value} is no ISO 3166 alpha-3 code")
    if word.type in ("word", "words") and value not in word.values:
        raise BadCondition(f"{key}: {value} is not one of {', '.join(word.values)}")


def _reference(key: str, token: str, words: Vocabulary, asks: set[str]) -> Callable[..., Any]:
    """What ``$name`` stands for; the function gives None where that is not known."""
    name = token[1:]
    if name in ("from", "to"):
        attribute = "sender" if name == "from" else "receiver"
        return lambda s: frozenset((getattr(s.request, attribute),))
    if name not in words.facts:
        raise BadCondition(f"{key}: {token} is no fact")
    asks.add(name)
    if words.facts[name].type in ("countries", "words", "texts", "instant"):
        return lambda s: s.facts.get(name)
    return lambda s: frozenset((s.facts[name],)) if name in s.facts else None


def _set_test(key: str, wanted: Any, words: Vocabulary, asks: set[str], absent: Ternary) -> Test:
    operator, raw = _operator(key, wanted, _SET_OPERATORS)
    fixed, references = _operands(key, raw, words, asks)
    unknowable = words.unknown_countries if words.facts[key].type == "countries" else frozenset()

    def any_of(situation: Situation) -> Ternary:
        have = situation.facts.get(key)
        if have is None:
            return absent
        found: Ternary = bool(have & fixed)
        for reference in references:
            other = reference(situation)
            if found is not True:
                found = None if other is None else bool(have & other)
        if found is True:
            return True
        return None if have & unknowable or found is None else False

    def none_of(situation: Situation) -> Ternary:
        found = any_of(situation)
        return None if found is None else not found

    def all_of(situation: Situation) -> Ternary:
        have = situation.facts.get(key)
        return absent if have is None else fixed <= have

    return {"any_of": any_of, "none_of": none_of, "all_of": all_of}[operator]


def _operands(
    key: str, raw: Any, words: Vocabulary, asks: set[str]
) -> tuple[frozenset[str], list[Callable[..., Any]]]:
    values = raw if isinstance(raw, list) else [raw]
    if not values or not all(isinstance(value, str) for value in values):
        raise BadCondition(f"{key}: give a list of words")
    fixed = [value for value in values if not value.startswith("$")]
    for value in fixed:
        _known_value(key, value, words)
    tokens = [value for value in values if value.startswith("$")]
    return frozenset(fixed), [_reference(key, token, words, asks) for token in tokens]


def _single_test(key: str, wanted: Any, words: Vocabulary, asks: set[str], absent: Ternary) -> Test:
    operator = "any_of"
    if isinstance(wanted, dict):
        operator, wanted = _operator(key, wanted, ("any_of", "none_of"))
    fixed, references = _operands(key, wanted, words, asks)

    def test(situation: Situation) -> Ternary:
        if key not in situation.facts:
            return operator == "none_of" if absent is False else None
        have = situation.facts[key]
        found: Ternary = have in fixed
        for reference in references:
            other = reference(situation)
            if found is not True:
                found = None if other is None else have in other
        if found is None or operator == "any_of":
            return found
        return not found

    return test


def _time_test(key: str, wanted: Any, words: Vocabulary, asks: set[str]) -> Test:
    operator, raw = _operator(key, wanted, _TIME_OPERATORS)
    if not isinstance(raw, str):
        raise BadCondition(f"{key}: give a day, an instant or a $fact")
    other: Callable[..., Any]
    if raw == "$on":
        other = _now
    elif raw.startswith("$"):
        other = _reference(key, raw, words, asks)
    else:
        try:
            bound = to_instant(key, raw)
        except SmartborderError as error:
            raise BadCondition(error.detail) from error
        other = lambda _: bound  # noqa: E731

    def test(situation: Situation) -> Ternary:
        mine = situation.instant if key == "on" else situation.facts.get(key)
        theirs = other(situation)
        if mine is None or theirs is None:
            return None
        return bool(mine < theirs) is (operator == "before")

    return test


def _now(situation: Situation) -> datetime:
    return situation.instant

"""Law as code: facts -> verdict, with the section, its interval and its confidence (floor 3).

>>> from datetime import date
>>> from smartborder import law
>>> day = date(2026, 11, 24)
>>> law.evaluate("visa-requirement", {"nationalities": ["FRA"], "mode": "air"},
...              country="CA", on=day, as_known=day).verdict
'travel-authorisation'
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from smartborder.law import registry
from smartborder.law.boarding import BoardingFacts, boarding
from smartborder.law.delegations import discretion
from smartborder.law.errors import (
    FactsUnusable,
    LawFileUnusable,
    NotReviewed,
    RuleNotHere,
    UnknownPower,
    UnknownProvision,
    UnknownRule,
)
from smartborder.law.evaluate import evaluate
from smartborder.law.facts import Facts
from smartborder.law.facts import schema as _schema
from smartborder.law.reviews import require_review, reviewed_by
from smartborder.law.rule import RuleInfo

__all__ = [
    "BoardingFacts",
    "Facts",
    "FactsUnusable",
    "LawFileUnusable",
    "NotReviewed",
    "RuleInfo",
    "RuleNotHere",
    "UnknownPower",
    "UnknownProvision",
    "UnknownRule",
    "boarding",
    "day_of",
    "discretion",
    "evaluate",
    "require_review",
    "reviewed_by",
    "rules",
    "schema",
]


def rules() -> tuple[RuleInfo, ...]:
    """Every rule there is, one entry per country that has it."""
    return tuple(rule.info for rule in registry.ALL)


def schema(rule: str, country: str | None = None) -> dict[str, Any]:
    """JSON Schema of the facts of ``rule``, every field described in English and French.

    Raises:
        UnknownRule: if there is no rule of that name.

    """
    return _schema(registry.find(rule, country or registry.home(rule)).facts)


def day_of(rule: str, facts: Mapping[str, Any], country: str) -> date | None:
    """The day the facts themselves are about (the day of the claim ...); None if they are silent.

    A day in dispute or known only in part is no answer.

    Raises:
        UnknownRule, RuleNotHere: the question cannot be asked of this country.

    """
    name = registry.find(rule, country).day_fact
    given = facts.get(name) if name and isinstance(facts, Mapping) else None
    if isinstance(given, dict) and not given.get("disputed"):
        given = given.get("value")
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None

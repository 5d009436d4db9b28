"""Putting a question to the law of this node: days filled in, production mode respected."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from smartborder import law
from smartborder.law import registry, reviews
from smartborder.law.rule import RuleInfo
from smartborder.model.country import CountryPack, load_country
from smartborder.model.verdict import Verdict
from smartborder.node.home import NodeHome


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What the law says of facts, and which version of the rule set said it."""

    rule: str
    verdict: Verdict
    rule_version: str

    @property
    def info(self) -> RuleInfo:
        """The rule as it is listed."""
        return registry.find(self.rule, self.verdict.country or "").info

    @property
    def adverse(self) -> bool:
        """Whether the proposed word hurts somebody."""
        return is_adverse(self.info, self.verdict.verdict)


def is_adverse(info: RuleInfo, word: str) -> bool:
    """Whether ``word`` is an adverse outcome of the rule."""
    return any(w.word == word and w.adverse for w in info.words)


def rules_here(pack: CountryPack) -> tuple[RuleInfo, ...]:
    """The rule sets of this country, in the registry's order."""
    named = set(pack.law.items())
    return tuple(r.info for r in registry.ALL if (r.name, r.pack) in named)


def today(pack: CountryPack, now: datetime) -> date:
    """The local date of a country."""
    return now.astimezone(ZoneInfo(pack.time_zone)).date()


def ask(
    home: NodeHome,
    rule: str,
    facts: Mapping[str, Any],
    *,
    now: datetime,
    country: str | None = None,
    on: date | None = None,
    as_known: date | None = None,
) -> Proposal:
    """What the law says of ``facts``; nothing is kept.

    Args:
        home: the node; its mode says whether an unreviewed rule set may answer at all.
        rule: name of the rule set.
        facts: as ``smartborder decide RULE --schema`` describes them.
        now: the present instant, for the days that are not given.
        country: whose law, alpha-2; this node's own if not given.
        on: day of the facts; if not given, the day they name themselves, else today.
        as_known: the law as enacted by this day; today if not given.

    Raises:
        UnknownRule, RuleNotHere, FactsUnusable: the question cannot be put.
        NotReviewed: production mode, and no named counsel has reviewed this version.

    """
    whose = (country or home.country).upper()
    here = today(load_country(whose), now)
    if home.mode == "production":
        law.require_review(rule, whose)
    verdict = law.evaluate(
        rule,
        facts,
        country=whose,
        on=on or law.day_of(rule, facts, whose) or here,
        as_known=as_known or here,
    )
    counsel = law.reviewed_by(rule, whose)
    return Proposal(
        rule=rule,
        verdict=msgspec.structs.replace(verdict, reviewed_by=counsel),
        rule_version=reviews.version(rule, whose),
    )

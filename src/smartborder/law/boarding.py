"""May this traveller be carried to us? The fast way in for whole passenger lists."""

from datetime import date

from smartborder.law import registry
from smartborder.law.entry_facts import BoardingFacts
from smartborder.law.evaluate import answer_of
from smartborder.law.provisions import view
from smartborder.model.verdict import Verdict

__all__ = ["BoardingFacts", "boarding"]


def boarding(facts: BoardingFacts, *, country: str, on: date, as_known: date) -> Verdict:
    """Board, no-board, insufficient or undetermined, for one traveller.

    The same rule as ``evaluate("boarding", ...)`` without the reading of disputed facts.
    ``needs_officer`` is False only for ``board``, ``insufficient`` and a ``no-board`` that
    rests on a missing prescribed document alone.

    Args:
        facts: what the list reports and what the registers hold.
        country: ISO alpha-2 of the country of arrival, whose law is asked.
        on: local date of arrival.
        as_known: the day whose knowledge of the law is applied.

    """
    rule = registry.find("boarding", country)
    return answer_of(rule, facts, view(rule.pack, country, on, as_known))

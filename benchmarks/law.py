"""``bench law``: verdicts a second of one core, over every rule set and over boarding alone.

Bar: 10,000 verdicts a second and core. The questions are the cases that lawyers read
(``tests/cases``): every rule set, every exception and boundary day, as JSON facts through
``law.evaluate``, whole trace included. Boarding is measured the way the intake asks it. There is
no peer that decides the same questions; a plain-Python function of one rule, without dates,
trace, citation or second language, stands beside as what giving all that up would win.
"""

import gc
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.machine import median_of_five
from smartborder import law
from smartborder.law.cases import Case, read_cases

BAR = 10_000
CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
ON = date(2026, 6, 1)
FRENCH: dict[str, Any] = {
    "direction": "inbound", "mode": "air", "from_country": "FRA", "role": "passenger",
    "nationalities": ("FRA",), "document_type": "passport", "document_number": "X123",
    "document_issuer": "FRA", "document_expires": date(2030, 1, 1), "prescribed_person": "no",
    "special_exemption": "none", "us_permanent_resident": False, "visa": False,
    "travel_authorisation": True, "permanent_resident_document": False,
    "refugee_travel_document": False, "temporary_travel_document": False, "entry_permit": False,
}  # fmt: skip


def cases() -> list[Case]:
    """Every case of every rule set."""
    return [
        case
        for rule in sorted({r.name for r in law.rules()})
        for path in sorted((CASES / rule).glob("*.yaml"))
        for case in read_cases(path.read_text(), rule, path.name)
    ]


def run() -> dict[str, object]:
    """The bar in the shape of ``bench NAME --json``; median of five."""
    from benchmarks.machine import rates

    mix = cases()
    boarding = law.BoardingFacts(**FRENCH)
    _all(mix)
    gc.collect()
    ours = median_of_five(lambda: _rate(partial(_all, mix), len(mix)))
    fast = median_of_five(lambda: _rate(partial(_boarding, boarding), 1000))
    plain = median_of_five(lambda: _rate(_plain, 1000))
    return {
        "name": "law",
        "ours": round(ours),
        "peer": None,
        "ratio": None,
        "unit": "verdicts/s of one core",
        "conditions": {
            "questions": len(mix),
            "rule_sets": len({(c.rule, c.country) for c in mix}),
            "questions_by_rule": dict(sorted(Counter(c.rule for c in mix).items())),
            "boarding_as_the_intake_asks": round(fast),
            "plain_python_boarding_without_dates_trace_or_reasons": round(plain),
            "peer": "none: no other rules-as-code engine has these rules, and none of them is"
            " installed here; a comparison over other rules would compare the rules",
            "clock": "process CPU time, so that other work on the machine does not count",
            "bar": BAR,
            **rates(),
        },
    }


def _all(mix: list[Case]) -> None:
    for case in mix:
        case.ask()


def _boarding(facts: law.BoardingFacts) -> None:
    for _ in range(1000):
        law.evaluate("boarding", facts, country="CA", on=ON, as_known=ON)


def _plain() -> None:
    for _ in range(1000):
        _may_board(FRENCH)


def _may_board(facts: dict[str, Any]) -> bool:
    """One path of the rule as a script would have it: no law is cited, nothing explained."""
    if facts["prescribed_person"] == "yes" or facts["document_expires"] < ON:
        return False
    exempt = facts["us_permanent_resident"] or facts["special_exemption"] != "none"
    return bool(exempt or facts["visa"] or facts["travel_authorisation"])


def _rate(step: Callable[[], None], verdicts: int, seconds: float = 0.5) -> float:
    """Verdicts a second of one core's time."""
    began = time.process_time()
    done = 0
    while (spent := time.process_time() - began) < seconds:
        step()
        done += verdicts
    return done / spent

"""``bench law``: verdicts a second of one core, with trace, reasons, sections and intervals.

Bar: 10,000. The questions are the YAML cases of every rule set, asked as JSON objects, so
that reading the facts is in the figure; the fast way of a passenger list stands beside it.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

from benchmarks.machine import median_of_five
from smartborder import law
from smartborder.law.cases import Case, read_cases

BAR = 10_000
_CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"


def cases() -> list[Case]:
    """Every case whose facts have one reading (a range of days is many verdicts in one)."""
    found = [
        case
        for name in sorted({r.name for r in law.rules()})
        for path in sorted((_CASES / name).glob("*.yaml"))
        for case in read_cases(path.read_text("utf-8"), name, path.name)
    ]
    return [c for c in found if not any(isinstance(v, dict) for v in c.facts.values())]


def run() -> dict[str, object]:
    """The bar in the shape of ``bench NAME --json``; median of five, CPU time of one core."""
    from benchmarks.machine import rates

    asked = cases()
    turn: Iterator[Case] = cycle(asked)
    ours = median_of_five(lambda: _per_cpu_second(lambda: next(turn).ask()))
    facts = law.BoardingFacts(
        direction="inbound",
        role="passenger",
        nationalities=("FRA",),
        document_type="passport",
        document_number="X1",
        document_issuer="FRA",
        document_expires=date(2030, 1, 1),
        prescribed_person="no",
        special_exemption="none",
        travel_authorisation=True,
        visa=False,
    )
    day = date(2026, 11, 24)
    fast = median_of_five(
        lambda: _per_cpu_second(lambda: law.boarding(facts, country="CA", on=day, as_known=day))
    )
    return {
        "name": "law",
        "ours": round(ours),
        "peer": None,
        "ratio": None,
        "unit": "verdicts/s of one core",
        "conditions": {
            "questions": len(asked),
            "rule_sets": len(law.rules()),
            "boarding_of_a_list_per_s": round(fast),
            "peer": "none measured: no rules-as-code engine for the border is known",
            "clock": "process CPU time",
            "bar": BAR,
            **rates(),
        },
    }


def _per_cpu_second(step: Callable[[], object], seconds: float = 0.5) -> float:
    began = time.process_time()
    done = 0
    while (spent := time.process_time() - began) < seconds:
        step()
        done += 1
    return done / spent

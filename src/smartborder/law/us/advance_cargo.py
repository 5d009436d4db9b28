"""Did the advance cargo data come in time for the United States? (19 CFR 4.7, 122, 123)

Coded from excerpts and memory: every answer only advises.
"""

from datetime import timedelta

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.cargo_facts import CARGO_WORDS, CargoFacts
from smartborder.law.cargo_timing import OPEN, Deadline, answer
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.verdict import Verdict

CFR = "19 CFR"


def run(facts: CargoFacts, law: View) -> Verdict:
    """On time or late."""
    a = Answer("advance-cargo", law)
    if facts.mode is None:
        a.unknown(f"{CFR} 123.92", "mode")
        return a.verdict("undetermined", OPEN)
    return answer(a, facts, _deadline(a, facts), None)


def _deadline(a: Answer, f: CargoFacts) -> Deadline:
    if f.mode == "highway":
        if f.trusted_lane is None:
            return f"{CFR} 123.92", None, ("trusted_lane",)
        rule = a.view.needs(f"{CFR} 123.92")
        minutes = rule["fast" if f.trusted_lane else "truck"]
        due = None if f.arrives_at is None else f.arrives_at - timedelta(minutes=minutes)
        return f"{CFR} 123.92", due, ("arrives_at",)
    if f.mode == "rail":
        minutes = a.view.needs(f"{CFR} 123.91")
        due = None if f.arrives_at is None else f.arrives_at - timedelta(minutes=minutes)
        return f"{CFR} 123.91", due, ("arrives_at",)
    if f.mode == "marine":
        hours = a.view.needs(f"{CFR} 4.7")
        due = None if f.loaded_at is None else f.loaded_at - timedelta(hours=hours)
        return f"{CFR} 4.7", due, ("loaded_at",)
    hours = a.view.needs(f"{CFR} 122.48a")
    if f.arrives_at is None or f.departs_at is None:
        return f"{CFR} 122.48a", None, ("arrives_at", "departs_at")
    return f"{CFR} 122.48a", max(f.arrives_at - timedelta(hours=hours), f.departs_at), ()


RULE = Rule(
    name="advance-cargo",
    pack="us",
    title=Text(
        "Did the advance cargo data come in time?",
        "Les renseignements préalables sur le fret sont-ils arrivés à temps?",
    ),
    facts=CargoFacts,
    words=CARGO_WORDS,
    citations=(f"{CFR} 123.92", f"{CFR} 123.91", f"{CFR} 4.7", f"{CFR} 122.48a"),
    run=run,
)

"""Did the advance cargo data come in time for Canada? (SOR/86-873 ss. 14-20, 28, 30)"""

from datetime import timedelta

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.cargo_facts import CARGO_WORDS, CargoFacts
from smartborder.law.cargo_timing import Deadline, answer
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

REG = "SOR/86-873"


def run(facts: CargoFacts, law: View) -> Verdict:
    """On time, late, exempt, or past accepting."""
    a = Answer("advance-cargo", law)
    if law.find(f"{REG} 18") is None:
        a.not_met(f"{REG} 18")
        return a.verdict("undetermined", NOT_CODED)
    missing = [n for n in ("mode", "subject", "exempt") if getattr(facts, n) is None]
    if missing:
        a.unknown(f"{REG} 18", *missing)
        return a.verdict("undetermined", OPEN)
    exemption = _exemption(facts)
    if exemption is not None:
        a.met(exemption)
        return a.verdict("exempt", EXEMPT, needs_officer=False)
    if facts.correction:
        a.met(f"{REG} 30")
        a.next_steps.append(WITHOUT_DELAY)
        return a.verdict("on-time", CORRECTION, needs_officer=False)
    return answer(a, facts, _deadline(a, facts), f"{REG} 28")


def _exemption(f: CargoFacts) -> str | None:
    """The section that lifts the duty; conveyance data stay due."""
    if f.subject != "shipment" or f.exempt == "none":
        return None
    if f.exempt == "self-assessment":
        return f"{REG} 18(2)" if f.mode == "highway" else None
    if f.mode == "highway":
        return f"{REG} 18(3)"
    return f"{REG} 20(3)" if f.mode == "rail" else None


def _deadline(a: Answer, f: CargoFacts) -> Deadline:
    if f.mode == "marine":
        return _marine(a, f)
    section = {"highway": "18", "rail": "20", "air": "16"}[f.mode or "highway"]
    hours = a.view.needs(f"{REG} {section}")
    due = None if f.arrives_at is None else f.arrives_at - timedelta(hours=hours)
    names: tuple[str, ...] = ("arrives_at",)
    if f.mode == "air":
        names = ("arrives_at", "departs_at")
        if f.departs_at is None:
            due = None
        elif due is not None and due < f.departs_at:
            due = f.departs_at
    return f"{REG} {section}", due, names


def _marine(a: Answer, f: CargoFacts) -> Deadline:
    """Before loading for containers from afar; before arrival, or sailing, for the rest."""
    if f.subject == "stow-plan":
        hours = a.view.needs(f"{REG} 15.1")
        due = None if f.departs_at is None else f.departs_at + timedelta(hours=hours)
        return f"{REG} 15.1", due, ("departs_at",)
    if f.from_neighbour is None or f.cargo is None:
        return f"{REG} 14", None, ("from_neighbour", "cargo")
    empty = f.cargo == "empty-container"
    if not f.from_neighbour and f.cargo == "container" and f.subject == "shipment":
        hours = a.view.needs(f"{REG} 14")["container-before-loading"]
        due = None if f.loaded_at is None else f.loaded_at - timedelta(hours=hours)
        return f"{REG} 14", due, ("loaded_at",)
    if f.from_neighbour:
        section, rule = "15", a.view.needs(f"{REG} 15")
        hours = rule["empty-before-arrival" if empty else "before-arrival"]
    else:
        section, rule = "14", a.view.needs(f"{REG} 14")
        if f.subject == "conveyance":
            boxes = empty or f.cargo == "container"
            hours = rule["conveyance-with-containers" if boxes else "conveyance"]
        else:
            hours = rule["empty-before-arrival" if empty else "bulk-before-arrival"]
    if f.arrives_at is None:
        return f"{REG} {section}", None, ("arrives_at",)
    due = f.arrives_at - timedelta(hours=hours)
    if f.from_neighbour:
        if f.departs_at is None:
            return f"{REG} {section}", None, ("departs_at",)
        due = max(due, f.departs_at)
    return f"{REG} {section}", due, ()


WITHOUT_DELAY = Text(
    "Corrections are given without delay.", "Les corrections sont données sans délai."
)


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"cargo.{code}", detail=Text(en, fr), citation=f"{REG} {section}")


NOT_CODED = _why(
    "law-not-coded",
    "The wording before SOR/2015-90 has not been coded.",
    "Le libellé antérieur à DORS/2015-90 n'a pas été codé.",
    "18",
)
OPEN = _why(
    "open",
    "Mode, subject or exemption is not known.",
    "Le mode, l'objet ou la dispense n'est pas connu.",
    "18",
)
EXEMPT = _why(
    "exempt",
    "No shipment data are due for these goods; conveyance data are.",
    "Aucun renseignement sur l'envoi n'est dû pour ces marchandises; ceux du moyen de transport "
    "le sont.",
    "18(2), 18(3), 20(3)",
)
CORRECTION = _why(
    "correction",
    "A correction to data given in time.",
    "Correction de renseignements donnés à temps.",
    "30",
)

RULE = Rule(
    name="advance-cargo",
    pack="ca",
    title=Text(
        "Did the advance cargo data come in time?",
        "Les renseignements préalables sur le fret sont-ils arrivés à temps?",
    ),
    facts=CargoFacts,
    words=CARGO_WORDS,
    citations=tuple(
        f"{REG} {s}"
        for s in ("14", "15", "15.1", "16", "18", "18(2)", "18(3)", "20", "20(3)", "28", "30")
    ),
    run=run,
)

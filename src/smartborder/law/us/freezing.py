"""What a holder of property owes under the law of the United States (31 CFR 501).

Coded from excerpts and memory: every answer only advises. The list of another country
forces nothing here: ``match`` is against the list of the United States.
"""

from datetime import date

from smartborder.kernel.calendar import business_day_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.freezing_facts import FREEZING_WORDS, FreezingFacts
from smartborder.law.holidays import holidays
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Compared, Reason
from smartborder.model.verdict import LegalClock, Verdict

CFR = "31 CFR"
HALF = f"{CFR} 50 percent rule"


def run(facts: FreezingFacts, law: View) -> Verdict:
    """Block and report, look closer, or nothing."""
    a = Answer("freezing", law)
    if facts.match == "name-only":
        a.unknown(f"{CFR} 501.603", "match")
        return a.verdict("check-identity", NAME_ONLY)
    owned, reason = _owned(a, facts)
    if facts.match is None or (facts.match == "none" and owned is None):
        a.unknown(f"{CFR} 501.603", *(("match",) if facts.match is None else ("owners",)))
        return a.verdict("undetermined", OPEN)
    if facts.match == "none" and not owned:
        _rejected(a, facts)
        return a.verdict("no-duty", reason or NO_DUTY)
    if facts.match == "confirmed" and facts.owned_or_controlled is False:
        return a.verdict("no-duty", NO_DUTY)
    if facts.match == "confirmed" and facts.owned_or_controlled is None:
        a.unknown(f"{CFR} 501.603", "owned_or_controlled")
        return a.verdict("undetermined", OPEN)
    if facts.authorized is None:
        a.unknown(f"{CFR} 501.603", "authorized")
        return a.verdict("undetermined", OPEN)
    a.open_facts.clear()
    if facts.authorized:
        return a.verdict("authorized", LICENCE)
    a.met(f"{CFR} 501.603")
    _clocks(a, facts)
    reasons = (reason, BLOCK) if owned and reason is not None else (BLOCK,)
    return a.verdict("freeze-and-report", *reasons, extra=EXTRA)


def _owned(a: Answer, f: FreezingFacts) -> tuple[bool | None, Reason | None]:
    """Blocked through its owners? Shares of blocked persons are added together since 2014."""
    if f.owners is None:
        return None, None
    rule = a.view.value(HALF)
    if rule is None:
        a.not_met(HALF)
        return False, None
    shares = [o.percent for o in f.owners if o.listed]
    held = round(sum(shares) if rule["aggregate"] else max(shares, default=0), 6)
    holds = a.test(HALF, held >= rule["percent"])
    reason = Reason(
        code="freezing.ownership",
        detail=Text(
            "Shares held by blocked persons, as the rule of that day counts them.",
            "Parts détenues par des personnes bloquées, selon la règle de ce jour.",
        ),
        compared=Compared(ours=f"{rule['percent']} %", theirs=f"{held:g} %"),
        citation=HALF,
    )
    return holds, reason


def _clocks(a: Answer, f: FreezingFacts) -> None:
    rule = a.view.needs(f"{CFR} 501.603")
    if f.blocked_on is not None:
        a.met("5 USC 6103")
        closed = holidays(a.view, "5 USC 6103", f.blocked_on.year, f.blocked_on.year + 1)
        due = business_day_after(f.blocked_on, rule["business-days"], closed)
        a.clocks.append(LegalClock(name="blocking-report", due=due, citation=f"{CFR} 501.603"))
    annual = date.fromisoformat(f"{a.view.on.year}-{rule['annual']}")
    if annual < a.view.on:
        annual = annual.replace(year=annual.year + 1)
    a.clocks.append(LegalClock(name="annual-report", due=annual, citation=f"{CFR} 501.603"))


def _rejected(a: Answer, f: FreezingFacts) -> None:
    if f.rejected_on is not None:
        a.met(f"{CFR} 501.604")
        closed = holidays(a.view, "5 USC 6103", f.rejected_on.year, f.rejected_on.year + 1)
        due = business_day_after(f.rejected_on, a.view.needs(f"{CFR} 501.604"), closed)
        a.clocks.append(LegalClock(name="rejection-report", due=due, citation=f"{CFR} 501.604"))


def _why(code: str, en: str, fr: str) -> Reason:
    return Reason(code=f"freezing.{code}", detail=Text(en, fr), citation=f"{CFR} 501.603")


OPEN = _why(
    "open", "What the rule asks is not all known.", "Tout ce que demande la règle n'est pas connu."
)
NAME_ONLY = _why(
    "name-only",
    "Only the name agrees; identifiers are compared before anything is blocked.",
    "Seul le nom concorde; les identifiants sont comparés avant tout blocage.",
)
NO_DUTY = _why(
    "no-duty",
    "Nothing is held for a blocked person.",
    "Rien n'est détenu pour une personne bloquée.",
)
LICENCE = _why("authorized", "A licence covers the dealing.", "Une licence couvre l'opération.")
BLOCK = _why(
    "block",
    "Blocked property: reported within ten business days and every year.",
    "Biens bloqués : déclarés dans les dix jours ouvrables et chaque année.",
)
EXTRA = Extra(
    author=Text(
        "A compliance officer of the holder; no software blocks by itself.",
        "Un agent de conformité du détenteur; aucun logiciel ne bloque de lui-même.",
    ),
    notice=Text(
        "As the law and the authorities allow.",
        "Dans la mesure permise par la loi et les autorités.",
    ),
    redress=Text(
        "Licence, or petition for removal to the designating authority.",
        "Licence, ou requête en radiation à l'autorité qui a désigné.",
    ),
)
RULE = Rule(
    name="freezing",
    pack="us",
    title=Text("What a holder of property owes", "Ce que doit le détenteur de biens"),
    facts=FreezingFacts,
    words=FREEZING_WORDS,
    citations=(HALF, f"{CFR} 501.603", f"{CFR} 501.604", "5 USC 6103"),
    run=run,
)

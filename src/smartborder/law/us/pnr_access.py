"""May this official see this element of a booking record now? (EU-US Agreement 2012, art. 4, 8)

Coded from an excerpt of article 8 and from memory of article 4: every answer only advises. The
history of a record and the raw message are masked exactly like the element they hold.
"""

from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.calendar import months_after, years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.facts import says
from smartborder.law.pnr_facts import ElementFacts
from smartborder.law.pnr_words import PNR_WORDS
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.law.us import pnr_reasons as why
from smartborder.model.verdict import LegalClock, Verdict

ART = "EU-US PNR Agreement"


class UsPnrFacts(ElementFacts, frozen=True, kw_only=True):
    """One element of one record, one official, one day."""

    received_on: Annotated[
        date | None,
        says("Day the record was received.", "Jour de réception du dossier."),
    ] = None
    accessed_on: Annotated[
        date | None,
        says(
            "Day of access; default: the day asked about.",
            "Jour de l'accès; par défaut, le jour visé par la question.",
        ),
    ] = None
    element: Annotated[
        Literal["identifying", "not-identifying"] | None,
        says(
            "Whether it identifies a person, as names, other names on the record, contact data, "
            "general remarks and advance passenger data do.",
            "S'il identifie une personne, comme le font les noms, les autres noms au dossier, les "
            "coordonnées, les remarques générales et les données préalables sur le passager.",
        ),
    ] = None
    purpose: Annotated[
        Literal["terrorism", "serious-transnational-crime", "other"] | None,
        says(
            "Terrorism and related offences (4(1)(a)), other crimes of three years or more that "
            "are transnational (4(1)(b)), or another purpose.",
            "Terrorisme et infractions connexes (4(1)a)), autres crimes transnationaux passibles "
            "de trois ans ou plus (4(1)b)), ou autre fin.",
        ),
    ] = None
    functions_require: Annotated[
        bool | None,
        says(
            "The official is one of those specifically authorized.",
            "Le fonctionnaire est de ceux qui sont expressément autorisés.",
        ),
    ] = None
    identifiable_case: Annotated[
        bool | None,
        says(
            "There is an identifiable case, threat or risk, on record.",
            "Un cas, une menace ou un risque identifiable est consigné.",
        ),
    ] = None
    case_open: Annotated[
        bool | None,
        says(
            "The record belongs to a specific case or investigation that is not archived.",
            "Le dossier relève d'une affaire ou enquête précise qui n'est pas archivée.",
        ),
    ] = None


def run(facts: UsPnrFacts, law: View) -> Verdict:
    """Full, masked, refused, or anonymous for good."""
    a = Answer("pnr-access", law)
    active, dormant = law.needs(f"{ART} 8(1)"), law.needs(f"{ART} 8(3)")
    missing = [
        n
        for n in ("received_on", "element", "purpose", "functions_require")
        if getattr(facts, n) is None
    ]
    received = facts.received_on
    if missing or received is None:
        a.unknown(f"{ART} 8(1)", *missing)
        return a.verdict("undetermined", why.OPEN)
    today = facts.accessed_on or law.on
    if today < received:
        a.unknown(f"{ART} 8(1)", "received_on", "accessed_on")
        return a.verdict("undetermined", why.BEFORE_RECEIPT)
    active_ends = years_after(received, active["years"])
    dormant_ends = years_after(active_ends, dormant["years"])
    a.clocks.append(
        LegalClock(name="anonymize-by", due=dormant_ends, citation=f"{ART} 8(4)"),
    )
    if not a.test(f"{ART} 8(1)", facts.functions_require):
        return a.verdict("refused", why.FUNCTIONS)
    section = f"{ART} 4(1)(b)" if facts.purpose == "serious-transnational-crime" else f"{ART} 4(1)"
    if not a.test(section, facts.purpose != "other"):
        return a.verdict("refused", why.PURPOSE)
    if facts.element == "not-identifying":
        return a.verdict("full", why.NOT_IDENTIFYING)
    if facts.case_open:
        a.met(f"{ART} 8(5)")
        return a.verdict("full", why.CASE_OPEN)
    if today <= months_after(received, active["mask-after-months"]):
        return a.verdict("full", why.WITHIN_SIX_MONTHS)
    if facts.case_open is None:
        a.unknown(f"{ART} 8(5)", "case_open")
    else:
        a.not_met(f"{ART} 8(5)")
    if today <= active_ends:
        a.met(f"{ART} 8(1)")
        a.open_facts.clear()
        a.next_steps.append(why.ASK_UNMASK)
        return a.verdict("masked", why.MASKED)
    return _dormant(a, facts, today, active_ends)


def _dormant(a: Answer, f: UsPnrFacts, today: date, active_ends: date) -> Verdict:
    """Re-personalized only for an identifiable case; for other crimes only half as long."""
    rule = a.view.needs(f"{ART} 8(3)")
    crime = f.purpose == "serious-transnational-crime"
    last = years_after(active_ends, rule["crime-years" if crime else "years"])
    if today > last and f.case_open is None:
        return a.verdict("undetermined", why.OPEN)
    if today > years_after(active_ends, rule["years"]):
        a.met(f"{ART} 8(4)")
        return a.verdict("purged", why.ANONYMIZED)
    a.open_facts.clear()
    if today > last:
        a.not_met(f"{ART} 8(3)")
        return a.verdict("refused", why.CRIME_PERIOD_OVER)
    if a.test(f"{ART} 8(3)", f.identifiable_case):
        a.next_steps.append(why.LOG_CASE)
        return a.verdict("full", why.CASE_IDENTIFIED)
    a.next_steps.append(why.ASK_UNMASK)
    return a.verdict("authorization-needed", why.DORMANT)


RULE = Rule(
    name="pnr-access",
    pack="us",
    title=Text(
        "May this official see this element of a booking record now (United States)?",
        "Ce fonctionnaire peut-il voir cet élément d'un dossier passager maintenant (États-Unis)?",
    ),
    facts=UsPnrFacts,
    words=PNR_WORDS,
    citations=tuple(f"{ART} {s}" for s in ("4(1)", "4(1)(b)", "8(1)", "8(3)", "8(4)", "8(5)")),
    run=run,
)

"""Permanent residents: the 730 days, the card, the travel document (IRPA 28, 31; IRPR 54).

The count is shown day by day by the screen that asks; it never decides alone: humanitarian
and compassionate considerations are always asked before a breach is proposed.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

from smartborder.kernel.calendar import years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import residency_reasons as why
from smartborder.law.facts import Facts, says
from smartborder.law.provisions import View
from smartborder.law.rule import UNDETERMINED, Rule, Word
from smartborder.model.verdict import LegalClock, Verdict


class Stretch(Facts, frozen=True, kw_only=True):
    """Days that count, first and last included."""

    start: Annotated[date, says("First day.", "Premier jour.")]
    end: Annotated[date, says("Last day.", "Dernier jour.")]
    kind: Annotated[
        Literal["in-canada", "with-citizen", "employed-abroad", "with-employed-resident"],
        says(
            "Present in Canada; abroad with a citizen spouse, partner or parent; abroad employed "
            "full-time for a Canadian business or government; abroad with a resident so "
            "employed.",
            "Présent au Canada; à l'étranger avec un époux, conjoint ou parent citoyen; à "
            "l'étranger, employé à temps plein d'une entreprise ou administration canadienne; à "
            "l'étranger avec un résident ainsi employé.",
        ),
    ] = "in-canada"


class ResidencyFacts(Facts, frozen=True, kw_only=True):
    """One permanent resident; the day asked about is that of the examination."""

    question: Annotated[
        Literal["obligation", "card", "travel-document"] | None,
        says(
            "What is asked: the residency obligation, the card, a travel document abroad.",
            "Ce qui est demandé : l'obligation de résidence, la carte, un titre de voyage à "
            "l'étranger.",
        ),
    ] = None
    became_resident_on: Annotated[
        date | None,
        says("Day permanent residence began.", "Jour où la résidence permanente a commencé."),
    ] = None
    days: Annotated[
        tuple[Stretch, ...] | None,
        says(
            "Stretches of days that count; overlaps count once.",
            "Périodes de jours qui comptent; les chevauchements comptent une fois.",
        ),
    ] = None
    humanitarian: Annotated[
        bool | None,
        says(
            "An officer determined that humanitarian and compassionate considerations overcome a "
            "breach.",
            "Un agent a jugé que des circonstances humanitaires rendent le manquement inopposable.",
        ),
    ] = None
    appeal_pending_or_possible: Annotated[
        bool | None,
        says(
            "An appeal against the loss of status is pending or still possible.",
            "Un appel contre la perte du statut est en instance ou encore possible.",
        ),
    ] = None
    card_issued_on: Annotated[
        date | None, says("Day the card was issued.", "Jour de délivrance de la carte.")
    ] = None
    status_in_question_at_issue: Annotated[
        bool | None,
        says(
            "At issue, status was under report, removal order or appeal.",
            "À la délivrance, le statut faisait l'objet d'un rapport, d'une mesure de renvoi ou "
            "d'un appel.",
        ),
    ] = None


def run(facts: ResidencyFacts, law: View) -> Verdict:
    """The answer to the question put; the obligation if none was named."""
    a = Answer("residency", law)
    if law.find("IRPA 28(2)(a)") is None:
        a.not_met("IRPA 28(2)(a)")
        return a.verdict("undetermined", why.NOT_CODED)
    if facts.question == "card":
        return _card(a, facts)
    if facts.question == "travel-document":
        return _travel_document(a, facts)
    met = _obligation(a, facts)
    if met:
        return a.verdict("meets")
    if facts.humanitarian:
        a.met("IRPA 28(2)(c)")
        a.open_facts.clear()
        return a.verdict("meets", why.HUMANITARIAN)
    if met is None:
        return a.verdict("undetermined", why.OPEN)
    if a.test("IRPA 28(2)(c)", facts.humanitarian, "humanitarian") is None:
        return a.verdict("undetermined", why.HUMANITARIAN_NOT_ASKED)
    a.next_steps.append(why.APPEAL)
    return a.verdict("breach", extra=EXTRA)


def _obligation(a: Answer, f: ResidencyFacts) -> bool | None:
    """730 days in the five years; its reason is added either way."""
    limits = a.view.needs("IRPA 28(2)(a)")
    if f.became_resident_on is None or f.days is None:
        names = ("became_resident_on", "days")
        a.unknown("IRPA 28(2)(a)", *(n for n in names if getattr(f, n) is None))
        return None
    today = a.view.on
    fifth = years_after(f.became_resident_on, limits["years"])
    start = f.became_resident_on if today < fifth else years_after(today, -limits["years"])
    counted = count_days(f.days, start, today - timedelta(days=1))
    if today < fifth:
        possible = counted + (fifth - today).days
        a.met("IRPA 28(2)(b)(i)")
        a.clocks.append(LegalClock(name="first-five-years-end", due=fifth, citation="IRPA 28"))
        holds = a.test("IRPA 28(2)(a)", possible >= limits["days"])
        a.reasons.append(why.can_meet(counted, possible, limits["days"]))
    else:
        a.met("IRPA 28(2)(b)(ii)")
        holds = a.test("IRPA 28(2)(a)", counted >= limits["days"])
        a.reasons.append(why.counted(counted, limits["days"]))
    return holds


def count_days(days: tuple[Stretch, ...], first: date, last: date) -> int:
    """Days from ``first`` to ``last``, both in, that lie in at least one stretch."""
    marks = sorted((max(s.start, first), min(s.end, last)) for s in days)
    total, reached = 0, first - timedelta(days=1)
    for begin, end in marks:
        begin = max(begin, reached + timedelta(days=1))
        if begin <= end:
            total += (end - begin).days + 1
            reached = end
    return total


def _card(a: Answer, f: ResidencyFacts) -> Verdict:
    if f.card_issued_on is None or f.status_in_question_at_issue is None:
        names = ("card_issued_on", "status_in_question_at_issue")
        a.unknown("IRPR 54(1)", *(n for n in names if getattr(f, n) is None))
        return a.verdict("undetermined", why.OPEN)
    section = "IRPR 54(2)" if f.status_in_question_at_issue else "IRPR 54(1)"
    last = years_after(f.card_issued_on, a.view.needs(section))
    a.clocks.append(LegalClock(name="card-valid-to", due=last, citation=section))
    if a.test(section, f.card_issued_on <= a.view.on <= last):
        a.met("IRPA 31(2)")
        return a.verdict("card-valid", why.CARD_VALID)
    a.next_steps.append(why.STATUS_NOT_LOST)
    return a.verdict("card-not-valid", why.CARD_EXPIRED)


def _travel_document(a: Answer, f: ResidencyFacts) -> Verdict:
    """31(3): any one of three grounds."""
    met = _obligation(a, f)
    if a.test("IRPA 31(3)(a)", met):
        return a.verdict("issue-document", why.DOCUMENT)
    if a.test("IRPA 31(3)(b)", f.humanitarian, "humanitarian"):
        a.open_facts.clear()
        return a.verdict("issue-document", why.DOCUMENT)
    window = a.view.needs("IRPA 31(3)(c)")
    recent: bool | None = None
    if f.days is not None:
        first = a.view.on - timedelta(days=window)
        present = tuple(s for s in f.days if s.kind == "in-canada")
        recent = count_days(present, first, a.view.on) > 0
    holds = False if recent is False or f.appeal_pending_or_possible is False else None
    if recent and f.appeal_pending_or_possible:
        holds = True
    if a.test("IRPA 31(3)(c)", holds, "days", "appeal_pending_or_possible"):
        a.open_facts.clear()
        return a.verdict("issue-document", why.DOCUMENT)
    if a.open_facts or met is None:
        return a.verdict("undetermined", why.OPEN)
    return a.verdict("refuse-document", why.NO_DOCUMENT, extra=EXTRA)


EXTRA = Extra(
    author=Text(
        "An officer, who weighs humanitarian and compassionate considerations first.",
        "Un agent, qui examine d'abord les circonstances d'ordre humanitaire.",
    ),
    notice=Text(
        "Written decision with the day count and the reasons.",
        "Décision écrite avec le décompte des jours et les motifs.",
    ),
    redress=Text(
        "Appeal to the Immigration Appeal Division. The time limit runs from the day you are told: "
        "ask a lawyer at once.",
        "Appel à la Section d'appel de l'immigration. Le délai court du jour où vous êtes avisé : "
        "consultez un avocat sans attendre.",
    ),
)

RULE = Rule(
    name="residency",
    pack="ca",
    title=Text(
        "Permanent residents: the 730 days, the card, the travel document",
        "Résidents permanents : les 730 jours, la carte, le titre de voyage",
    ),
    facts=ResidencyFacts,
    words=(
        Word(word="meets", means=Text("The obligation is met.", "L'obligation est remplie.")),
        Word(word="card-valid", means=Text("The card is valid.", "La carte est valide.")),
        Word(
            word="issue-document",
            means=Text("A travel document is issued.", "Un titre de voyage est remis."),
        ),
        UNDETERMINED,
        Word(
            word="card-not-valid",
            means=Text(
                "The card is not valid; status is another matter.",
                "La carte n'est pas valide; le statut est une autre question.",
            ),
        ),
        Word(
            word="refuse-document",
            means=Text("No ground for a travel document.", "Aucun motif de titre de voyage."),
            adverse=True,
        ),
        Word(
            word="breach",
            means=Text("The obligation is not met.", "L'obligation n'est pas remplie."),
            adverse=True,
        ),
    ),
    citations=(
        "IRPA 28(2)(a)",
        "IRPA 28(2)(b)(i)",
        "IRPA 28(2)(b)(ii)",
        "IRPA 28(2)(c)",
        "IRPA 31(2)",
        "IRPA 31(3)(a)",
        "IRPA 31(3)(b)",
        "IRPA 31(3)(c)",
        "IRPR 54(1)",
        "IRPR 54(2)",
    ),
    run=run,
)

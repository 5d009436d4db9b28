"""What a person needs to come to the United States: nothing, an ESTA, a visa.

Coded from a list of 2024-09 and from memory: every answer only advises.
"""

from datetime import date
from typing import Annotated

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.entry_facts import VISA_WORDS, VisaFacts
from smartborder.law.facts import Facts, says
from smartborder.law.nationality import is_known
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict


class Presence(Facts, frozen=True, kw_only=True):
    """One visit to a country."""

    country: Annotated[str, says("ISO 3166 alpha-3.", "ISO 3166 alpha-3.")]
    last_day: Annotated[
        date, says("Last day of presence there.", "Dernier jour de présence sur place.")
    ]


class UsVisaFacts(VisaFacts, frozen=True, kw_only=True):
    """The facts common to all countries, and the two that bar from the visa waiver."""

    visits: Annotated[
        tuple[Presence, ...] | None,
        says(
            "Visits to countries that bar from the visa waiver, official and military service "
            "left out; an empty list means that it was asked.",
            "Séjours dans les pays qui excluent de l'exemption, hors service officiel ou "
            "militaire; une liste vide signifie que la question a été posée.",
        ),
    ] = None
    electronic_passport: Annotated[
        bool | None,
        says("The passport has an electronic chip.", "Le passeport a une puce électronique."),
    ] = None


def need(a: Answer, nationalities: tuple[str, ...], facts: VisaFacts) -> str:
    """The verdict word for these nationalities, elements recorded on the way."""
    if "USA" in nationalities:
        a.met("INA 215(b)")
        return "nothing"
    if facts.us_permanent_resident:
        a.met("8 CFR 211.1(a)")
        return "nothing"
    if "CAN" in nationalities:
        a.met("8 CFR 212.1(a)(1)")
        return "nothing"
    if "BMU" in nationalities:
        a.met("8 CFR 212.1(a)(2)")
        return "nothing"
    a.view.must_stand("8 CFR 217.2")
    listed = a.view.codes("8 CFR 217.2")
    if facts.role != "crew" and any(n in listed for n in nationalities):
        a.met("8 CFR 217.2")
        return "travel-authorisation"
    a.not_met("8 CFR 217.2")
    a.met("INA 212(a)(7)(B)")
    return "visa"


def barred(a: Answer, visits: tuple[Presence, ...] | None) -> bool | None:
    """Is the visa waiver barred by presence in a listed country since its day? (217(a)(12))"""
    since = (a.view.value("INA 217(a)(12)") or {}).get("since", {})
    if visits is None:
        a.unknown("INA 217(a)(12)", "visits")
        return None
    found = any(v.country in since and v.last_day >= since[v.country] for v in visits)
    return a.test("INA 217(a)(12)", found)


def run(facts: UsVisaFacts, law: View) -> Verdict:
    """What this person needs, in general; bars not asked about are listed as open."""
    a = Answer("visa-requirement", law)
    if facts.nationalities is None or not all(is_known(n) for n in facts.nationalities):
        a.unknown("INA 212(a)(7)(B)", "nationalities")
        return a.verdict("undetermined", NATIONALITY_OPEN)
    word = need(a, facts.nationalities, facts)
    if word == "travel-authorisation":
        chip = facts.electronic_passport
        if barred(a, facts.visits) or chip is False:
            a.met("INA 212(a)(7)(B)")
            return a.verdict("visa", WAIVER_BARRED)
        if chip is None:
            a.open_facts.append("electronic_passport")
    if word != "nothing" and facts.us_permanent_resident is None:
        a.not_asked("8 CFR 211.1(a)")
        a.open_facts.append("us_permanent_resident")
    return a.verdict(word, REASONS[word])


NATIONALITY_OPEN = Reason(
    code="visa.nationality-open",
    detail=Text(
        "The requirement depends on nationality, which is not known.",
        "L'obligation dépend de la nationalité, qui n'est pas connue.",
    ),
    citation="INA 212(a)(7)(B)",
)
WAIVER_BARRED = Reason(
    code="visa.waiver-barred",
    detail=Text(
        "The visa waiver is barred by a visit to a listed country or by a passport without chip; "
        "a visa is needed.",
        "L'exemption de visa est exclue par un séjour dans un pays visé ou par un passeport sans "
        "puce; un visa est requis.",
    ),
    citation="INA 217(a)(12)",
)
REASONS = {
    "nothing": Reason(
        code="visa.nothing-needed",
        detail=Text(
            "Neither a visa nor a travel authorization is needed.",
            "Ni visa ni autorisation de voyage ne sont requis.",
        ),
        citation="8 CFR 212.1",
    ),
    "travel-authorisation": Reason(
        code="visa.authorisation-needed",
        detail=Text(
            "Under the Visa Waiver Program with an approved ESTA; a visa does as well.",
            "Exempté de visa avec une ESTA approuvée; un visa convient aussi.",
        ),
        citation="8 CFR 217.5",
    ),
    "visa": Reason(
        code="visa.visa-needed",
        detail=Text("A visa is needed.", "Un visa est requis."),
        citation="INA 212(a)(7)(B)",
    ),
}

RULE = Rule(
    name="visa-requirement",
    pack="us",
    title=Text(
        "What a person needs to come to the United States",
        "Ce qu'il faut pour venir aux États-Unis",
    ),
    facts=UsVisaFacts,
    words=VISA_WORDS,
    citations=(
        "8 CFR 211.1(a)",
        "8 CFR 212.1(a)(1)",
        "8 CFR 212.1(a)(2)",
        "8 CFR 217.2",
        "INA 212(a)(7)(B)",
        "INA 215(b)",
        "INA 217(a)(12)",
    ),
    run=run,
)

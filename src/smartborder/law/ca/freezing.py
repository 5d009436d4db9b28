"""What a holder of property owes under Canada's law (Criminal Code 83.08-83.11).

The list of another country forces nothing here: ``match`` is against Canada's own list.
"""

from datetime import timedelta

from smartborder.kernel.calendar import months_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.freezing_facts import FREEZING_WORDS, FreezingFacts
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import LegalClock, Verdict

CC = "Criminal Code"


def run(facts: FreezingFacts, law: View) -> Verdict:
    """Freeze and report, report nil, look closer, or nothing."""
    a = Answer("freezing", law)
    if law.find(f"{CC} 83.08") is None:
        a.not_met(f"{CC} 83.08")
        return a.verdict("no-duty", NOT_LAW)
    if facts.match is None:
        a.unknown(f"{CC} 83.08", "match")
        return a.verdict("undetermined", OPEN)
    if facts.holder == "listed-institution":
        a.met(f"{CC} 83.11(1)")
        a.met(f"{CC} 83.11(2)")
        month = law.on.replace(day=1)
        due = months_after(month, 1) - timedelta(days=1)
        a.clocks.append(LegalClock(name="monthly-report", due=due, citation=f"{CC} 83.11(2)"))
    if facts.match == "name-only":
        a.unknown(f"{CC} 83.08", "match")
        return a.verdict("check-identity", NAME_ONLY)
    if facts.match == "none" or facts.owned_or_controlled is False:
        a.not_met(f"{CC} 83.08")
        if facts.holder is None:
            a.unknown(f"{CC} 83.11(1)", "holder")
            return a.verdict("undetermined", OPEN)
        nil = facts.holder == "listed-institution"
        return a.verdict("nil-report", NIL) if nil else a.verdict("no-duty", NO_DUTY)
    if facts.owned_or_controlled is None:
        a.unknown(f"{CC} 83.08", "owned_or_controlled")
        return a.verdict("undetermined", OPEN)
    if facts.authorized is None:
        a.unknown(f"{CC} 83.09", "authorized")
        a.next_steps.append(HOLD_MEANWHILE)
        return a.verdict("undetermined", PERMIT_OPEN)
    a.met(f"{CC} 83.08")
    a.met(f"{CC} 83.1")
    a.next_steps += [DISCLOSE, FINTRAC]
    if a.test(f"{CC} 83.09", facts.authorized):
        return a.verdict("authorized", AUTHORIZED)
    a.next_steps.append(PERMIT)
    return a.verdict("freeze-and-report", FREEZE, extra=EXTRA)


DISCLOSE = Text(
    "Disclose without delay to the police or the security intelligence service.",
    "Communiquer sans délai à la police ou au service du renseignement de sécurité.",
)
FINTRAC = Text(
    "Send the listed-property report to the financial intelligence unit.",
    "Transmettre la déclaration de biens à l'unité du renseignement financier.",
)
PERMIT = Text(
    "Tell the owner that the Minister may authorize dealings, basic expenses among them.",
    "Informer le propriétaire que le ministre peut autoriser des opérations, dont les dépenses "
    "de base.",
)
HOLD_MEANWHILE = Text(
    "Do not deal in the property until it is known whether a permit covers it.",
    "N'effectuer aucune opération sur les biens tant qu'on ne sait pas si un permis la couvre.",
)


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"freezing.{code}", detail=Text(en, fr), citation=f"{CC} {section}")


NOT_LAW = _why(
    "not-law",
    "The prohibition was not yet law.",
    "L'interdiction n'était pas encore en vigueur.",
    "83.08",
)
OPEN = _why(
    "open",
    "What the rule asks is not all known.",
    "Tout ce que demande la règle n'est pas connu.",
    "83.08",
)
NAME_ONLY = _why(
    "name-only",
    "Only the name agrees; identifiers are compared before anything is frozen.",
    "Seul le nom concorde; les identifiants sont comparés avant tout gel.",
    "83.08",
)
NIL = _why(
    "nil",
    "Nothing is held; the monthly report says so.",
    "Rien n'est détenu; le rapport mensuel l'indique.",
    "83.11(2)",
)
NO_DUTY = _why(
    "no-duty",
    "Nothing is held for a listed entity.",
    "Rien n'est détenu pour une entité inscrite.",
    "83.08",
)
PERMIT_OPEN = _why(
    "permit-open",
    "Whether the Minister authorized the dealing was not asked.",
    "On n'a pas demandé si le ministre a autorisé l'opération.",
    "83.09",
)
AUTHORIZED = _why(
    "authorized",
    "The Minister authorized the dealing.",
    "Le ministre a autorisé l'opération.",
    "83.09",
)
FREEZE = _why(
    "freeze",
    "Property of a listed entity: nobody may deal in it, and it is disclosed without delay.",
    "Biens d'une entité inscrite : nul ne peut effectuer d'opérations, et ils sont communiqués "
    "sans délai.",
    "83.08",
)
EXTRA = Extra(
    author=Text(
        "A compliance officer of the holder; no software freezes by itself.",
        "Un agent de conformité du détenteur; aucun logiciel ne gèle de lui-même.",
    ),
    notice=Text(
        "As the law and the authorities allow; the owner learns of the list and of redress, not "
        "of sources.",
        "Dans la mesure permise par la loi et les autorités; le propriétaire apprend la liste et "
        "les recours, non les sources.",
    ),
    redress=Text(
        "Certificate of mistaken identity (83.07), application to be removed (83.05), permit "
        "(83.09).",
        "Certificat d'erreur sur la personne (83.07), demande de radiation (83.05), permis "
        "(83.09).",
    ),
)
RULE = Rule(
    name="freezing",
    pack="ca",
    title=Text("What a holder of property owes", "Ce que doit le détenteur de biens"),
    facts=FreezingFacts,
    words=FREEZING_WORDS,
    citations=(
        f"{CC} 83.08",
        f"{CC} 83.09",
        f"{CC} 83.1",
        f"{CC} 83.11(1)",
        f"{CC} 83.11(2)",
    ),
    run=run,
)

"""Without coded law nobody can say what a traveller needs: the answer is to ask."""

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.entry_facts import VISA_WORDS, VisaFacts
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict


def run(facts: VisaFacts, law: View) -> Verdict:
    """Always undetermined: no visa list of this country is on file."""
    a = Answer("visa-requirement", law)
    a.unknown("Annex 9 5", "visa-law-of-this-country")
    return a.verdict("undetermined", NOT_CODED)


NOT_CODED = Reason(
    code="visa.law-not-coded",
    detail=Text(
        "The visa law of this country has not been coded; ask its authority.",
        "Le droit des visas de ce pays n'a pas été codé; s'adresser à son administration.",
    ),
    citation="Annex 9 5",
)
RULE = Rule(
    name="visa-requirement",
    pack="neutral",
    title=Text("What a person needs to come here", "Ce qu'il faut pour venir ici"),
    facts=VisaFacts,
    words=VISA_WORDS,
    citations=("Annex 9 5",),
    run=run,
)

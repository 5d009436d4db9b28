"""May this traveller be carried here? A passport that is valid on arrival, and no more.

For a country whose law has not been coded. It never refuses by itself.
"""

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.entry_facts import (
    BOARDING_WORDS,
    CARRIER_NOTICE,
    CARRIER_REDRESS,
    TRAVEL_DOCUMENTS,
    BoardingFacts,
)
from smartborder.law.provisions import View
from smartborder.law.reported import not_reported
from smartborder.law.rule import Rule
from smartborder.model.country import load_country
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict


def run(facts: BoardingFacts, law: View) -> Verdict:
    """The reply this traveller should get."""
    a = Answer("boarding", law)
    law.must_stand("Annex 9 3")
    if facts.direction != "inbound":
        if facts.direction is None:
            a.unknown("Annex 9 5", "direction")
            return a.verdict("undetermined", OPEN)
        a.not_met("Annex 9 5")
        return a.verdict("board", NOT_INBOUND, needs_officer=False)
    missing = not_reported(facts)
    if missing:
        a.unknown("Annex 9 3", *missing)
        return a.verdict("insufficient", NOT_REPORTED, needs_officer=False)
    held = facts.document_type in TRAVEL_DOCUMENTS
    valid = facts.document_expires is None or facts.document_expires >= law.on
    if facts.prescribed_person != "no":
        a.unknown("Annex 9 5", "prescribed_person")
        return a.verdict("undetermined", OPEN)
    if held and valid:
        a.met("Annex 9 3")
        return a.verdict("board", PASSPORT_HELD, needs_officer=False)
    if facts.permanent_resident_document:
        a.met("Annex 9 3")
        return a.verdict("board", RESIDENT, needs_officer=False)
    if load_country(law.country).alpha3 in (facts.nationalities or ()):
        a.not_met("Annex 9 3")
        return a.verdict("undetermined", OWN_CITIZEN)
    if facts.permanent_resident_document is None:
        a.unknown("Annex 9 3", "permanent_resident_document")
        return a.verdict("undetermined", RESIDENCE_OPEN)
    a.not_met("Annex 9 3")
    return a.verdict("no-board", EXPIRED if held else MISSING, extra=EXTRA)


def _why(code: str, en: str, fr: str) -> Reason:
    return Reason(code=f"boarding.{code}", detail=Text(en, fr), citation="Annex 9 3")


NOT_INBOUND = _why(
    "not-inbound",
    "The leg does not land here from abroad.",
    "Le vol n'arrive pas ici de l'étranger.",
)
NOT_REPORTED = _why(
    "not-reported",
    "The report lacks what is needed to find the document; it must be sent again.",
    "Il manque dans la déclaration ce qu'il faut pour trouver le document; elle doit être "
    "renvoyée.",
)
PASSPORT_HELD = _why(
    "passport-held",
    "A travel document valid on arrival; no visa law of this country is coded.",
    "Titre de voyage valide à l'arrivée; aucun droit des visas de ce pays n'est codé.",
)
OWN_CITIZEN = _why(
    "citizen-other-document",
    "A citizen of this country without a valid document: boarding is not refused.",
    "Citoyen de ce pays sans document valide : l'embarquement n'est pas refusé.",
)
RESIDENT = _why(
    "resident",
    "A resident's card, or travel document for residents, of this country.",
    "Carte de résident, ou titre de voyage pour résidents, de ce pays.",
)
RESIDENCE_OPEN = _why(
    "residence-open",
    "No passport or travel document valid on arrival; whether the person holds a resident's card "
    "of this country has not been asked.",
    "Aucun passeport ni titre de voyage valide à l'arrivée; on n'a pas demandé si la personne "
    "détient une carte de résident de ce pays.",
)
OPEN = _why(
    "register-open",
    "What the register of this country holds is not known, or may be a match. An officer decides.",
    "On ne sait pas ce que contient le registre de ce pays, ou il pourrait y avoir concordance. "
    "Un agent décide.",
)
MISSING = _why(
    "document-missing",
    "No passport or travel document.",
    "Aucun passeport ni titre de voyage.",
)
EXPIRED = _why(
    "document-expired",
    "The passport or travel document is no longer valid on arrival.",
    "Le passeport ou titre de voyage n'est plus valide à l'arrivée.",
)
EXTRA = Extra(
    author=Text("An officer of this country.", "Un agent de ce pays."),
    notice=CARRIER_NOTICE,
    redress=CARRIER_REDRESS,
)
RULE = Rule(
    name="boarding",
    pack="neutral",
    title=Text("May this traveller be carried here?", "Ce voyageur peut-il être amené ici?"),
    facts=BoardingFacts,
    words=BOARDING_WORDS,
    citations=("Annex 9 3", "Annex 9 5"),
    run=run,
)

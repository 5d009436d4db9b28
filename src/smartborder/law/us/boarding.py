"""May a carrier bring this traveller to the United States?

Coded from excerpts and memory: a ``no-board`` here is only ever advice to an officer.
"""

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.entry_facts import (
    BOARDING_WORDS,
    CARRIER_NOTICE,
    PASSPORTS,
    TRAVEL_DOCUMENTS,
    BoardingFacts,
)
from smartborder.law.nationality import may_issue
from smartborder.law.provisions import View
from smartborder.law.reported import not_reported
from smartborder.law.rule import Rule
from smartborder.law.us import boarding_reasons as why
from smartborder.law.us.visa_requirement import RULE as VISA_RULE
from smartborder.law.us.visa_requirement import need
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict


def run(facts: BoardingFacts, law: View) -> Verdict:
    """The reply this traveller should get."""
    a = Answer("boarding", law)
    law.must_stand("INA 273(a)")
    if facts.direction != "inbound":
        if facts.direction is None:
            a.unknown("INA 273(a)", "direction")
            return a.verdict("undetermined", why.DIRECTION_OPEN)
        a.not_met("INA 273(a)")
        return a.verdict("board", why.NOT_INBOUND, needs_officer=False)
    missing = not_reported(facts)
    if missing:
        a.unknown("INA 212(a)(7)(B)", *missing)
        return a.verdict("insufficient", why.NOT_REPORTED, needs_officer=False)
    nationalities = facts.nationalities or ()
    listed = _listed(a, facts)
    word, reason = (
        _citizen(a, facts) if "USA" in nationalities else _documents(a, facts, nationalities)
    )
    if word == "no-board":
        return a.verdict(word, reason, extra=EXTRA)
    if listed is True:
        return a.verdict("no-board", why.LISTED, extra=EXTRA)
    if listed is None:
        first = why.REGISTER_OPEN if facts.prescribed_person is None else why.LISTED_POSSIBLE
        return a.verdict("undetermined", first)
    return a.verdict(word, reason, needs_officer=word == "undetermined")


def _listed(a: Answer, facts: BoardingFacts) -> bool | None:
    """True only on equal document number and birth date; anything less is for an officer."""
    if facts.prescribed_person == "no":
        a.not_met("49 CFR 1560.105")
        return False
    if (
        facts.prescribed_person is not None
        and facts.prescribed_number_equal
        and facts.prescribed_birth_date_equal
    ):
        a.met("49 CFR 1560.105")
        return True
    a.unknown("49 CFR 1560.105", "prescribed_person")
    return None


def _citizen(a: Answer, facts: BoardingFacts) -> tuple[str, Reason]:
    """A citizen may always come home: never a no-board on documents."""
    a.met("INA 215(b)")
    valid = facts.document_expires is None or facts.document_expires >= a.view.on
    if facts.document_issuer in ("USA", None) and facts.document_type in TRAVEL_DOCUMENTS and valid:
        return "board", why.CITIZEN
    return "undetermined", why.CITIZEN_OTHER_DOCUMENT


def _documents(
    a: Answer, facts: BoardingFacts, nationalities: tuple[str, ...]
) -> tuple[str, Reason]:
    """Resident, parole, passport, then visa or travel authorization."""
    if (
        facts.permanent_resident_document
        or facts.us_permanent_resident
        or facts.refugee_travel_document
    ):
        a.met("8 CFR 211.1(a)")
        return "board", why.PERMANENT_RESIDENT
    if facts.temporary_travel_document:
        a.met("8 CFR 212.5(f)")
        return "board", why.PAROLE
    kind = facts.document_type or "none"
    held = kind in TRAVEL_DOCUMENTS or (kind == "trusted-traveller-card" and "CAN" in nationalities)
    expires = facts.document_expires
    if not held or (expires is not None and expires < a.view.on):
        a.not_met("INA 212(a)(7)(B)")
        unasked = _unasked(facts, ())
        if unasked:
            a.unknown("8 CFR 211.1(a)", *unasked)
            return "undetermined", why.HOLDINGS_OPEN
        a.met("INA 273(a)")
        return "no-board", (why.EXPIRED if held else why.NO_DOCUMENT)
    issuer = facts.document_issuer
    if kind in PASSPORTS and issuer and not any(may_issue(issuer, n) for n in nationalities):
        a.unknown("INA 212(a)(7)(B)", "document_issuer", "nationalities")
        return "undetermined", why.ISSUER_DIFFERS
    return _holdings(a, facts, need(a, nationalities, facts))


def _holdings(a: Answer, facts: BoardingFacts, requirement: str) -> tuple[str, Reason]:
    if requirement == "nothing":
        return "board", why.NOTHING_NEEDED
    if facts.visa:
        a.met("INA 212(a)(7)(B)")
        return "board", why.VISA_HELD
    waiver = requirement == "travel-authorisation"
    if facts.travel_authorisation:
        if waiver:
            a.met("8 CFR 217.5")
            return "board", why.AUTHORISATION_HELD
        a.unknown("8 CFR 217.2", "nationalities", "travel_authorisation")
        return "undetermined", why.AUTHORISATION_UNEXPECTED
    unasked = _unasked(facts, ("visa", "travel_authorisation"))
    if unasked:
        a.unknown("8 CFR 211.1(a)", *unasked)
        return "undetermined", why.HOLDINGS_OPEN
    if waiver:
        a.not_met("8 CFR 217.5")
    a.not_met("8 CFR 211.1(a)")
    a.met("INA 273(a)")
    return "no-board", (why.AUTHORISATION_MISSING if waiver else why.VISA_MISSING)


def _unasked(facts: BoardingFacts, holdings: tuple[str, ...]) -> list[str]:
    """Registers that were not asked, by the name of the fact."""
    names = (
        *holdings,
        "permanent_resident_document",
        "us_permanent_resident",
        "refugee_travel_document",
        "temporary_travel_document",
    )
    return [n for n in names if getattr(facts, n) is None]


EXTRA = Extra(
    author=Text(
        "An officer; this law was coded from excerpts and memory and only advises.",
        "Un agent; ce droit a été codé d'après des extraits et de mémoire et ne fait que "
        "conseiller.",
    ),
    notice=CARRIER_NOTICE,
    redress=Text(
        "Carrier help desk at once; the traveller may use the redress programme.",
        "Bureau d'aide aux transporteurs, sur-le-champ; le voyageur peut recourir au programme "
        "de recours.",
    ),
)

RULE = Rule(
    name="boarding",
    pack="us",
    title=Text(
        "May a carrier bring this traveller to the United States?",
        "Un transporteur peut-il amener ce voyageur aux États-Unis?",
    ),
    facts=BoardingFacts,
    words=BOARDING_WORDS,
    citations=(
        *(c for c in VISA_RULE.info.citations if c != "INA 217(a)(12)"),
        "8 CFR 212.5(f)",
        "8 CFR 217.5",
        "49 CFR 1560.105",
        "INA 273(a)",
    ),
    run=run,
)

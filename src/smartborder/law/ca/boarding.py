"""May a carrier bring this traveller to Canada? (IRPA 148(1)(a); IRPR 258.1, 259, 270)

There are two tests and no third: is the person one who may not be carried (258.1), and do
they hold a prescribed document (259)? Only the second may be answered without an officer,
and only when every register was asked and every exception was put.
"""

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import boarding_reasons as why
from smartborder.law.ca.visa_requirement import RULE as VISA_RULE
from smartborder.law.ca.visa_requirement import need
from smartborder.law.entry_facts import (
    BOARDING_WORDS,
    CARRIER_NOTICE,
    CARRIER_REDRESS,
    PASSPORTS,
    TRAVEL_DOCUMENTS,
    BoardingFacts,
)
from smartborder.law.nationality import may_issue
from smartborder.law.provisions import View
from smartborder.law.reported import not_reported
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

GROUNDS = {
    "declaration": "IRPR 258.1(a)",
    "no-authorisation-to-return": "IRPR 258.1(b)",
    "emergency-order": "IRPR 258.1(c)",
}


def run(facts: BoardingFacts, law: View) -> Verdict:
    """The reply this traveller should get."""
    a = Answer("boarding", law)
    law.must_stand("IRPA 148(1)(a)")
    if facts.direction != "inbound":
        if facts.direction is None:
            a.unknown("IRPA 148(1)(a)", "direction")
            return a.verdict("undetermined", why.DIRECTION_OPEN)
        a.not_met("IRPA 148(1)(a)")
        return a.verdict("board", why.NOT_INBOUND, needs_officer=False)
    missing = not_reported(facts)
    if missing:
        a.unknown("IRPR 259", *missing)
        return a.verdict("insufficient", why.NOT_REPORTED, needs_officer=False)
    nationalities = facts.nationalities or ()
    if "CAN" in nationalities or facts.special_exemption == "registered-indian":
        return _citizen(a, facts)
    prescribed = _prescribed(a, facts)
    word, reason = _documents(a, facts, nationalities)
    if word == "no-board":
        return a.verdict(word, reason, needs_officer=False, extra=EXTRA)
    if prescribed is True:
        return a.verdict("no-board", why.PRESCRIBED, extra=EXTRA)
    if prescribed is None:
        first = why.REGISTER_OPEN if facts.prescribed_person is None else why.PRESCRIBED_POSSIBLE
        return a.verdict("undetermined", first, *((reason,) if word != "board" else ()))
    return a.verdict(word, reason, needs_officer=word == "undetermined")


def _citizen(a: Answer, facts: BoardingFacts) -> Verdict:
    """A citizen has the right to enter: never a no-board, whatever document is shown."""
    a.met("IRPA 19(1)")
    own = facts.document_issuer in ("CAN", None) and facts.document_type in TRAVEL_DOCUMENTS
    valid = facts.document_expires is None or facts.document_expires >= a.view.on
    if own and valid:
        return a.verdict("board", why.CITIZEN, needs_officer=False)
    return a.verdict("undetermined", why.CITIZEN_OTHER_DOCUMENT)


def _prescribed(a: Answer, facts: BoardingFacts) -> bool | None:
    """True only on equal document number and birth date; anything less is for an officer."""
    if facts.prescribed_person == "no":
        for citation in GROUNDS.values():
            a.not_met(citation)
        return False
    if facts.prescribed_person is None or facts.prescribed_ground is None:
        for citation in GROUNDS.values():
            a.unknown(citation, "prescribed_person")
        if facts.prescribed_person is not None:
            a.open_facts.append("prescribed_ground")
        return None
    citation = GROUNDS[facts.prescribed_ground]
    if facts.prescribed_ground == "declaration" and facts.entry_permit:
        a.not_met(citation)
        a.met("IRPA 24(1)")
        return False
    if facts.prescribed_number_equal is False and facts.prescribed_birth_date_equal is False:
        a.unknown(citation, "prescribed_person")
        return None
    both = facts.prescribed_number_equal and facts.prescribed_birth_date_equal
    permit_open = facts.prescribed_ground == "declaration" and facts.entry_permit is None
    if both and not permit_open:
        return a.test(citation, True)
    a.unknown(citation, "prescribed_person", *(("entry_permit",) if permit_open else ()))
    return None


def _documents(
    a: Answer, facts: BoardingFacts, nationalities: tuple[str, ...]
) -> tuple[str, Reason]:
    """Do they hold what section 259 prescribes for them?"""
    for held, citation, reason in (
        (facts.permanent_resident_document, "IRPR 259(f)", why.PERMANENT_RESIDENT),
        (facts.refugee_travel_document, "IRPR 259(b)", why.REFUGEE_PAPERS),
        (facts.temporary_travel_document, "IRPR 259(d)", why.TEMPORARY_DOCUMENT),
    ):
        if held:
            a.met(citation)
            return "board", reason
    word, reason = _passport(a, facts, nationalities)
    if word != "board":
        return word, reason
    requirement = need(a, facts, nationalities, True)
    if requirement == "nothing":
        return "board", why.NOTHING_NEEDED
    return _holdings(a, facts, requirement)


def _passport(
    a: Answer, facts: BoardingFacts, nationalities: tuple[str, ...]
) -> tuple[str, Reason]:
    """52(1) and its exceptions; ``board`` here means only that this condition is met."""
    kind = facts.document_type or "none"
    held = kind in TRAVEL_DOCUMENTS
    expires = facts.document_expires
    if held and (expires is None or expires >= a.view.on):
        issuer = facts.document_issuer
        if kind in PASSPORTS and issuer is not None:
            if not any(may_issue(issuer, n) for n in nationalities):
                a.unknown("IRPR 52(1)", "document_issuer", "nationalities")
                return "undetermined", why.ISSUER_DIFFERS
        a.met("IRPR 52(1)")
        return "board", why.NOTHING_NEEDED
    a.not_met("IRPR 52(1)")
    exception, open_facts = _without_passport(facts, nationalities)
    if exception:
        a.met(exception)
        return "board", why.NOTHING_NEEDED
    if open_facts:
        for citation, *names in open_facts:
            a.unknown(citation, *names)
        return "undetermined", why.EXCEPTION_NOT_ASKED
    a.met("IRPA 148(1)(a)")
    a.not_met("IRPR 259")
    return "no-board", (why.EXPIRED if held else why.NO_DOCUMENT)


def _without_passport(
    facts: BoardingFacts, nationalities: tuple[str, ...]
) -> tuple[str | None, list[tuple[str, ...]]]:
    """The exception of 52(2) that applies, else those that were not asked about."""
    special = facts.special_exemption
    if "USA" in nationalities:
        return "IRPR 52(2)(a)", []
    near = facts.from_country in ("USA", "SPM")
    if near and facts.us_permanent_resident:
        return "IRPR 52(2)(b)", []
    if special == "visiting-force":
        return "IRPR 52(2)(c)-(e)", []
    if special == "st-pierre-resident" and facts.from_country == "SPM":
        return "IRPR 52(2)(c)-(e)", []
    if special == "greenland-resident" and facts.from_country == "GRL":
        return "IRPR 52(2)(c)-(e)", []
    if facts.role == "crew" and facts.document_type == "crew-certificate":
        return "IRPR 52(2)(f)", []
    unasked: list[tuple[str, ...]] = []
    if facts.us_permanent_resident is None and (near or facts.from_country is None):
        unasked.append(("IRPR 52(2)(b)", "us_permanent_resident"))
    if facts.us_permanent_resident and facts.from_country is None:
        unasked.append(("IRPR 52(2)(b)", "from_country"))
    if special in ("st-pierre-resident", "greenland-resident") and facts.from_country is None:
        unasked.append(("IRPR 52(2)(c)-(e)", "from_country"))
    if special is None:
        unasked.append(("IRPR 52(2)(c)-(e)", "special_exemption"))
    if facts.role is None:
        unasked.append(("IRPR 52(2)(f)", "role"))
    for field, citation in (
        ("permanent_resident_document", "IRPR 259(f)"),
        ("refugee_travel_document", "IRPR 259(b)"),
        ("temporary_travel_document", "IRPR 259(d)"),
    ):
        if getattr(facts, field) is None:
            unasked.append((citation, field))
    return None, unasked


def _holdings(a: Answer, facts: BoardingFacts, requirement: str | None) -> tuple[str, Reason]:
    """Is the visa or authorization on file? Every register must have been asked before 'no'."""
    authorisation_fits = requirement != "visa"
    if facts.entry_permit:
        a.met("IRPR 7(2)(b)")
        return "board", why.PERMIT_HOLDER
    if facts.visa:
        a.met("IRPR 7.1(2)" if authorisation_fits else "IRPR 259")
        return "board", why.VISA_HELD
    if facts.travel_authorisation:
        if authorisation_fits:
            a.met("IRPR 259")
            return "board", why.AUTHORISATION_HELD
        a.unknown("IRPR 259", "nationalities", "travel_authorisation")
        return "undetermined", why.AUTHORISATION_UNEXPECTED
    asked: list[tuple[str, bool | None, str]] = [
        ("visa", facts.visa, "IRPR 7.1(2)" if authorisation_fits else "IRPR 7(1)"),
        ("entry_permit", facts.entry_permit, "IRPR 7(2)(b)"),
        ("permanent_resident_document", facts.permanent_resident_document, "IRPR 259(f)"),
        ("refugee_travel_document", facts.refugee_travel_document, "IRPR 259(b)"),
        ("temporary_travel_document", facts.temporary_travel_document, "IRPR 259(d)"),
        ("us_permanent_resident", facts.us_permanent_resident, "IRPR 190(1)(c)"),
        ("special_exemption", False if facts.special_exemption else None, "IRPR 190(3)"),
        ("travel_authorisation", facts.travel_authorisation, "IRPR 7.1(1)"),
    ]
    if authorisation_fits:
        asked.append(("role", False if facts.role else None, "IRPR 7.1(3)(d)"))
    unasked = [(c, name) for name, held, c in asked if held is None]
    for name, held, citation in asked:
        if held is None:
            a.unknown(citation, name)
        elif citation not in ("IRPR 7.1(1)", "IRPR 7(1)", "IRPR 7.1(3)(d)"):
            a.not_met(citation)
    if unasked or requirement is None:
        return "undetermined", (why.HOLDINGS_OPEN if requirement else why.FEATURE_OPEN)
    a.met("IRPA 148(1)(a)")
    a.not_met("IRPR 259")
    return "no-board", (why.AUTHORISATION_MISSING if authorisation_fits else why.VISA_MISSING)


EXTRA = Extra(
    author=Text(
        "The document reply may be given by rule under a delegation (IRPR 259, 270); for a "
        "prescribed person (258.1), an officer.",
        "La réponse sur les documents peut être donnée par règle déléguée (RIPR 259, 270); pour "
        "une personne visée (258.1), par un agent.",
    ),
    notice=CARRIER_NOTICE,
    redress=CARRIER_REDRESS,
)

RULE = Rule(
    name="boarding",
    pack="ca",
    title=Text(
        "May a carrier bring this traveller to Canada?",
        "Un transporteur peut-il amener ce voyageur au Canada?",
    ),
    facts=BoardingFacts,
    words=BOARDING_WORDS,
    citations=(
        *(c for c in VISA_RULE.info.citations if c not in ("IRPR 7.01(2)", "IRPR 7.1(3)(g)")),
        "IRPA 24(1)",
        "IRPA 148(1)(a)",
        "IRPR 7(2)(b)",
        "IRPR 7.1(2)",
        "IRPR 52(1)",
        "IRPR 52(2)(a)",
        "IRPR 52(2)(b)",
        "IRPR 52(2)(c)-(e)",
        "IRPR 52(2)(f)",
        "IRPR 258.1(a)",
        "IRPR 258.1(b)",
        "IRPR 258.1(c)",
        "IRPR 259",
        "IRPR 259(b)",
        "IRPR 259(d)",
        "IRPR 259(f)",
    ),
    run=run,
)

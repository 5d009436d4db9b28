"""The exceptions of IRPR 159.5 and 159.6, each as one three-valued question."""

from collections.abc import Callable

from smartborder.kernel.calendar import age_on
from smartborder.law.answer import Answer
from smartborder.law.ca import visa_requirement as ca_visa
from smartborder.law.ca.stca_facts import FamilyMember, StcaFacts
from smartborder.law.entry_facts import VisaFacts
from smartborder.law.provisions import View
from smartborder.law.us import visa_requirement as us_visa

HUMAN_CHECK_OF_US_VISA = frozenset({"BHS"})
"""The United States waives the visa for some Bahamians cleared at home: an officer looks."""

Outcome = tuple[bool | None, tuple[str, ...]]
"""Does the exception hold, and if that is not known, which facts would settle it."""


def age(facts: StcaFacts, law: View) -> int | None:
    """Age on the day of the claim."""
    born = facts.birth_date
    return None if born is None else age_on(born, facts.claim_date or law.on)


def _family(
    facts: StcaFacts, law: View, qualifies: Callable[[FamilyMember], bool | None]
) -> Outcome:
    """Is there a family member in Canada who qualifies?"""
    if facts.family is None:
        return None, ("family",)
    relations = law.codes("IRPR 159.1")
    years = age(facts, law)
    best: bool | None = False
    for member in facts.family:
        if member.relation not in relations:
            continue
        related: bool | None = True
        if member.relation == "legal-guardian":
            related = None if years is None else years < 18
        found = _all(related, member.in_canada, qualifies(member))
        if found:
            return True, ()
        if found is None:
            best = None
    return best, (() if best is False else ("family",))


def _all(*values: bool | None) -> bool | None:
    if any(v is False for v in values):
        return False
    return None if any(v is None for v in values) else True


def _status(*words: str) -> Callable[[FamilyMember], bool | None]:
    return lambda m: None if m.status is None else m.status in words


def _claim(member: FamilyMember) -> bool | None:
    held = None if member.status is None else member.status == "claim-referred"
    open_claim = None if member.claim_ended is None else not member.claim_ended
    return _all(held, member.adult, open_claim)


def _permit(member: FamilyMember) -> bool | None:
    held = None if member.status is None else member.status in ("work-permit", "study-permit")
    good = None if member.permit_excluded is None else not member.permit_excluded
    return _all(held, member.adult, good)


def minor(facts: StcaFacts, law: View) -> Outcome:
    """(e): unaccompanied, unmarried minor without a parent in either country."""
    years = age(facts, law)
    asked: tuple[tuple[str, bool | None], ...] = (
        ("birth_date", None if years is None else years < 18),
        ("accompanied", None if facts.accompanied is None else not facts.accompanied),
        (
            "has_spouse_or_partner",
            None if facts.has_spouse_or_partner is None else not facts.has_spouse_or_partner,
        ),
        (
            "parent_in_canada_or_us",
            None if facts.parent_in_canada_or_us is None else not facts.parent_in_canada_or_us,
        ),
    )
    found = _all(*(v for _, v in asked))
    return found, (tuple(n for n, v in asked if v is None) if found is None else ())


def document(facts: StcaFacts, law: View) -> Outcome:
    """(f): a Canadian document that was not issued for transit only."""
    if facts.document is None:
        return None, ("document",)
    return facts.document in law.codes("IRPR 159.5(f)"), ()


def visas(facts: StcaFacts, law: View) -> Outcome:
    """(g): no visa needed for Canada, but one needed for the United States."""
    if not facts.nationalities:
        return None, ("nationalities",)
    common = VisaFacts(
        nationalities=facts.nationalities,
        passport_feature=facts.passport_feature,
        us_permanent_resident=facts.us_permanent_resident,
        role="passenger",
    )
    by_air = facts.place == "airport"
    here = ca_visa.need(Answer("", law), common, facts.nationalities, by_air)
    if here in ("visa", "travel-authorisation-or-visa"):
        if facts.us_permanent_resident is None:
            return None, ("us_permanent_resident",)
        return False, ()
    abroad = law.abroad("us")
    there = us_visa.need(Answer("", abroad), facts.nationalities, common)
    needed_there: bool | None = there == "visa"
    unknown: list[str] = []
    if facts.us_visa_required is not None:
        needed_there = facts.us_visa_required
    elif any(n in HUMAN_CHECK_OF_US_VISA for n in facts.nationalities):
        needed_there = None
        unknown.append("us_visa_required")
    elif there == "travel-authorisation":
        needed_there = facts.us_waiver_barred
        if needed_there is None:
            unknown.append("us_waiver_barred")
    if facts.us_permanent_resident is None and needed_there is not False:
        needed_there = None
        unknown.append("us_permanent_resident")
    if here is None:
        unknown.append("passport_feature")
    found = _all(None if here is None else True, needed_there)
    return found, (tuple(unknown) if found is None else ())


def _flag(name: str) -> Callable[[StcaFacts, View], Outcome]:
    def ask(facts: StcaFacts, law: View) -> Outcome:
        value: bool | None = getattr(facts, name)
        return value, (() if value is not None else (name,))

    return ask


PARAGRAPHS: tuple[tuple[str, Callable[[StcaFacts, View], Outcome]], ...] = (
    ("IRPR 159.5(a)", lambda f, law: _family(f, law, _status("citizen"))),
    ("IRPR 159.5(b)(i)", lambda f, law: _family(f, law, _status("protected-person"))),
    ("IRPR 159.5(b)(ii)", lambda f, law: _family(f, law, _status("permanent-resident"))),
    ("IRPR 159.5(b)(iii)", lambda f, law: _family(f, law, _status("removal-stayed-233"))),
    ("IRPR 159.5(c)", lambda f, law: _family(f, law, _claim)),
    ("IRPR 159.5(d)", lambda f, law: _family(f, law, _permit)),
    ("IRPR 159.5(e)", minor),
    ("IRPR 159.5(f)", document),
    ("IRPR 159.5(g)", visas),
    ("IRPR 159.5(h)(i)", _flag("refused_by_us_unadjudicated")),
    ("IRPR 159.5(h)(ii)", _flag("resident_removed_from_us")),
)
"""Every paragraph of 159.5, in its order."""
DEATH_PENALTY = ("IRPR 159.6", _flag("death_penalty"))

"""FAST: driver, lane and load (SOR/2003-323 ss. 6, 6.2, 10-14.1, 22, 23; SOR/86-873 s. 18(2))."""

from smartborder.kernel.calendar import age_on
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.ca import trusted
from smartborder.law.ca import trusted_reasons as why
from smartborder.law.ca.trusted import REG
from smartborder.law.ca.trusted_facts import FastFacts
from smartborder.law.checklist import Requirement, negated, require
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.verdict import Verdict

STANDING = frozenset(
    {
        "citizen-canada",
        "permanent-resident-canada",
        "citizen-united-states",
        "permanent-resident-united-states",
    }
)


def run(facts: FastFacts, law: View) -> Verdict:
    """The answer to the question put; membership if none was named."""
    a = Answer("fast", law)
    law.must_stand(f"{REG} 6.2")
    if facts.question == "lane":
        return _lane(a, facts)
    if facts.question == "sanction":
        return trusted.sanction(a, facts)
    if facts.question == "review":
        return trusted.review(a, facts)
    holds = require(a, _requirements(a, facts))
    return trusted.membership(a, holds, facts.us_confirmed, f"{REG} 6.2(b)")


def _requirements(a: Answer, f: FastFacts) -> tuple[Requirement, ...]:
    standing = None if f.standing is None else f.standing in STANDING
    years = None if f.birth_date is None else age_on(f.birth_date, a.view.on)
    limit = a.view.value(f"{REG} 6.2(d)")
    adult = None if years is None or limit is None else years >= limit
    return (
        (f"{REG} 6.2", f.commercial_driver, ("commercial_driver",)),
        (f"{REG} 6(a)", standing, ("standing",)),
        (f"{REG} 6(b)", f.good_character, ("good_character",)),
        (f"{REG} 6(c)", negated(f.inadmissible), ("inadmissible",)),
        (f"{REG} 6(d)", f.biometric_consent, ("biometric_consent",)),
        (f"{REG} 6(e)", f.information_true, ("information_true",)),
        (f"{REG} 6.2(c)", f.fingerprints, ("fingerprints",)),
        (f"{REG} 6.2(d)", adult, ("birth_date",)),
        (f"{REG} 6.2(e)", f.licence_valid, ("licence_valid",)),
    )


def _lane(a: Answer, f: FastFacts) -> Verdict:
    """The driver's lane; whether the load clears with it is said beside."""
    load = require(
        a,
        (
            (
                "SOR/86-873 18(2)",
                _load(f),
                ("carrier_approved", "importer_approved", "permit_needed"),
            ),
        ),
    )
    if load is not True:
        a.open_facts.clear()
        a.reasons.append(why.LOAD_NOT_RELEASED)
    return trusted.lane(a, f, "11(d)(iii)", "14.1(1)")


def _load(f: FastFacts) -> bool | None:
    values = (f.carrier_approved, f.importer_approved, negated(f.permit_needed))
    if False in values:
        return False
    return None if None in values else True


RULE = Rule(
    name="fast",
    pack="ca",
    title=Text(
        "FAST: driver, lane, suspension, review",
        "EXPRES : conducteur, voie, suspension, révision",
    ),
    facts=FastFacts,
    words=trusted.WORDS,
    citations=(
        *(
            f"{REG} {section}"
            for section in (
                "6(a)",
                "6(b)",
                "6(c)",
                "6(d)",
                "6(e)",
                "6.2",
                "6.2(b)",
                "6.2(c)",
                "6.2(d)",
                "6.2(e)",
                "10(1)",
                "11(d)(iii)",
                "13(c)",
                "14.1(1)",
                "22(1)",
                "22(3)",
                "22(5)",
                "23",
            )
        ),
        "SOR/86-873 18(2)",
    ),
    run=run,
)

"""NEXUS: membership, lane, sanction and review (SOR/2003-323 ss. 5, 6.1, 7, 10-14.1, 22, 23)."""

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.ca import trusted
from smartborder.law.ca.trusted import REG
from smartborder.law.ca.trusted_facts import NexusFacts
from smartborder.law.checklist import Requirement, negated, require
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.verdict import Verdict

CITIZENS = frozenset({"citizen-canada", "citizen-united-states"})


def run(facts: NexusFacts, law: View) -> Verdict:
    """The answer to the question put; membership if none was named."""
    a = Answer("nexus", law)
    law.must_stand(f"{REG} 6.1")
    if facts.question == "lane":
        return trusted.lane(a, facts, "11(d)(ii)", "14.1(2)")
    if facts.question == "sanction":
        return trusted.sanction(a, facts)
    if facts.question == "review":
        return trusted.review(a, facts)
    holds = require(a, _requirements(a, facts))
    return trusted.membership(a, holds, facts.us_confirmed, f"{REG} 6.1(b)")


def _requirements(a: Answer, f: NexusFacts) -> tuple[Requirement, ...]:
    standing = None if f.standing is None else f.standing != "other"
    result: list[Requirement] = [
        (f"{REG} 6.1", negated(f.commercial_driver), ("commercial_driver",)),
        (f"{REG} 5(1)(a)", standing, ("standing",)),
        (f"{REG} 5(1)(b)", f.good_character, ("good_character",)),
        (f"{REG} 5(1)(c)", negated(f.inadmissible), ("inadmissible",)),
        (f"{REG} 5(1)(d)", f.biometric_consent, ("biometric_consent",)),
        (f"{REG} 5(1)(e)", f.information_true, ("information_true",)),
        (f"{REG} 6.1(c)", f.fingerprints, ("fingerprints",)),
    ]
    waived = f.standing in CITIZENS or (
        a.view.find(f"{REG} 5(2)") is not None
        and (f.standing == "citizen-elsewhere-reciprocal" or bool(f.exempt_child))
    )
    if waived:
        a.met(f"{REG} 5(2)")
    else:
        resided = f.resided_only_here_three_years
        if resided is False and f.standing != "other" and None in (f.standing, f.exempt_child):
            resided = None
        names = ("resided_only_here_three_years", "exempt_child", "standing")
        result.append((f"{REG} 5(1)(f)", resided, names))
    if f.minor is not False:
        consent = None if f.minor is None else f.parents_consent
        result.append((f"{REG} 7(2)", consent, ("minor", "parents_consent")))
    return tuple(result)


RULE = Rule(
    name="nexus",
    pack="ca",
    title=Text(
        "NEXUS: membership, lane, suspension, review",
        "NEXUS : adhésion, voie, suspension, révision",
    ),
    facts=NexusFacts,
    words=trusted.WORDS,
    citations=tuple(
        f"{REG} {section}"
        for section in (
            "5(1)(a)",
            "5(1)(b)",
            "5(1)(c)",
            "5(1)(d)",
            "5(1)(e)",
            "5(1)(f)",
            "5(2)",
            "6.1",
            "6.1(b)",
            "6.1(c)",
            "7(2)",
            "10(1)",
            "11(d)(ii)",
            "13(c)",
            "14.1(2)",
            "22(1)",
            "22(3)",
            "22(5)",
            "23",
        )
    ),
    run=run,
)

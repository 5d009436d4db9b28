"""NEXUS, the side of the United States: its own decision, the lane, the way back (8 CFR 235.12).

Coded from an excerpt of paragraph (b)(2) and from memory for the rest: every answer only advises.
Canada's decision comes as yes or no; its reason never crosses, and ours never leaves.
"""

from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.calendar import day_after, years_after
from smartborder.kernel.text import Text
from smartborder.law import membership as together
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca.trusted import WORDS
from smartborder.law.checklist import Requirement, negated, require
from smartborder.law.facts import Facts, says
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.law.us import nexus_reasons as why
from smartborder.model.verdict import LegalClock, Verdict

CFR = "8 CFR 235.12"


class UsNexusFacts(Facts, frozen=True, kw_only=True):
    """One applicant or member, and one crossing."""

    question: Annotated[
        Literal["membership", "lane", "review"] | None,
        says(
            "What is asked: membership, use of the lane, a review.",
            "Ce qui est demandé : adhésion, usage de la voie, révision.",
        ),
    ] = None
    standing: Annotated[
        Literal[
            "citizen-united-states",
            "permanent-resident-united-states",
            "citizen-canada",
            "permanent-resident-canada",
            "citizen-elsewhere-reciprocal",
            "other",
        ]
        | None,
        says(
            "Citizenship or residence that counts.",
            "Citoyenneté ou résidence qui compte.",
        ),
    ] = None
    false_information: Annotated[
        bool | None,
        says(
            "Gave false or incomplete information on the application.",
            "A donné des renseignements faux ou incomplets dans la demande.",
        ),
    ] = None
    criminal_record: Annotated[
        bool | None,
        says(
            "Arrested for, convicted of, charged with or wanted for an offence in any country.",
            "Arrestation, condamnation, accusation ou mandat pour une infraction dans un pays "
            "quelconque.",
        ),
    ] = None
    customs_violation: Annotated[
        bool | None,
        says(
            "Found in violation of customs, immigration or agriculture law in any country.",
            "Contravention aux lois douanières, d'immigration ou agricoles d'un pays quelconque.",
        ),
    ] = None
    under_investigation: Annotated[
        bool | None,
        says("Subject of an investigation.", "Visé par une enquête."),
    ] = None
    inadmissible: Annotated[
        bool | None,
        says(
            "Inadmissible to the United States, or at any time granted a waiver or parole.",
            "Interdit de territoire aux États-Unis, ou ayant reçu à un moment quelconque une "
            "dispense ou une admission conditionnelle.",
        ),
    ] = None
    terrorism_link: Annotated[
        bool | None,
        says(
            "Known or suspected of a link with terrorism.",
            "Lien avec le terrorisme, connu ou soupçonné.",
        ),
    ] = None
    low_risk_shown: Annotated[
        bool | None,
        says(
            "An officer is satisfied of the low-risk status.",
            "Un agent est convaincu du faible risque.",
        ),
    ] = None
    minor: Annotated[bool | None, says("Is under 18 years of age.", "A moins de 18 ans.")] = None
    parents_consent: Annotated[
        bool | None,
        says("A parent or guardian consents.", "Un parent ou tuteur consent."),
    ] = None
    ca_confirmed: Annotated[
        bool | None,
        says(
            "Canada confirmed eligibility: yes or no, never why.",
            "Le Canada a confirmé l'admissibilité : oui ou non, jamais pourquoi.",
        ),
    ] = None
    issued_on: Annotated[
        date | None,
        says("Day membership began.", "Jour où l'adhésion a commencé."),
    ] = None
    suspended_or_cancelled: Annotated[
        bool | None,
        says(
            "A suspension or removal from the programme is in effect.",
            "Une suspension ou un retrait du programme est en vigueur.",
        ),
    ] = None
    everyone_aboard_authorized: Annotated[
        bool | None,
        says("Every person aboard is a member.", "Toutes les personnes à bord sont membres."),
    ] = None
    commercial_goods: Annotated[
        bool | None,
        says(
            "Commercial goods are aboard.",
            "Des marchandises commerciales sont à bord.",
        ),
    ] = None
    rejected_on: Annotated[
        date | None,
        says("Day of the denial or removal.", "Jour du refus ou du retrait."),
    ] = None
    review_sent_on: Annotated[
        date | None,
        says("Day the request for review was sent.", "Jour d'envoi de la demande de révision."),
    ] = None
    review_received_on: Annotated[
        date | None,
        says(
            "Day the request arrived at the enrolment centre; counted where it is known.",
            "Jour d'arrivée de la demande au centre d'inscription; compté s'il est connu.",
        ),
    ] = None


def run(facts: UsNexusFacts, law: View) -> Verdict:
    """The answer to the question put; membership if none was named."""
    a = Answer("nexus", law)
    law.must_stand(f"{CFR}(b)(2)")
    if facts.question == "lane":
        return _lane(a, facts)
    if facts.question == "review":
        return _review(a, facts)
    return _membership(a, facts)


def _membership(a: Answer, f: UsNexusFacts) -> Verdict:
    """Our own decision, and Canada's yes or no, each for itself."""
    consent = True if f.minor is False or f.parents_consent else None
    if f.minor and f.parents_consent is False:
        consent = False
    unsaid = tuple(n for n in ("minor", "parents_consent") if getattr(f, n) is None)
    ours: tuple[Requirement, ...] = (
        (
            f"{CFR}(b)(1)",
            None if f.standing is None else f.standing != "other",
            ("standing",),
        ),
        (f"{CFR}(b)(1)(iii)", consent, unsaid),
        *(
            (f"{CFR}(b)(2)({roman})", negated(getattr(f, name)), (name,))
            for roman, name in DISQUALIFIERS
        ),
        (f"{CFR}(b)(2)(vii)", f.low_risk_shown, ("low_risk_shown",)),
    )
    holds = require(a, ours)
    confirmed = a.test(f"{CFR}(a)", f.ca_confirmed, "ca_confirmed")
    return together.membership(a, holds, confirmed, SIDES, EXTRA)


def _lane(a: Answer, f: UsNexusFacts) -> Verdict:
    """Member in good standing, everybody aboard a member, no commercial goods."""
    valid: bool | None = None
    if f.issued_on is not None:
        last = years_after(f.issued_on, a.view.needs(f"{CFR}(f)"))
        a.clocks.append(LegalClock(name="authorization-expires", due=last, citation=f"{CFR}(f)"))
        valid = a.view.on <= last
    if f.suspended_or_cancelled or valid is False:
        valid = False
    elif f.suspended_or_cancelled is None:
        valid = None
    holds = require(
        a,
        (
            (f"{CFR}(f)", valid, _missing(f)),
            (f"{CFR}(g)(1)", f.everyone_aboard_authorized, ("everyone_aboard_authorized",)),
            (f"{CFR}(g)(2)", negated(f.commercial_goods), ("commercial_goods",)),
        ),
    )
    return together.lane(a, holds, why.LANE, why.NO_LANE, why.OPEN, EXTRA)


def _missing(f: UsNexusFacts) -> tuple[str, ...]:
    """Which of the two facts of good standing is not known."""
    return tuple(n for n in ("issued_on", "suspended_or_cancelled") if getattr(f, n) is None)


def _review(a: Answer, f: UsNexusFacts) -> Verdict:
    """A letter within thirty days; the other two ways have no limit, so later is received too.

    The section counts to the day the letter arrives; where that is not known, the day it was
    sent stands in for it.
    """
    if f.rejected_on is None or f.review_sent_on is None:
        missing = [n for n in ("rejected_on", "review_sent_on") if getattr(f, n) is None]
        a.unknown(f"{CFR}(k)(1)", *missing)
        return a.verdict("undetermined", why.OPEN)
    last = day_after(f.rejected_on, a.view.needs(f"{CFR}(k)(1)"))
    a.clocks.append(LegalClock(name="review-request-by", due=last, citation=f"{CFR}(k)(1)"))
    if a.test(f"{CFR}(k)(1)", (f.review_received_on or f.review_sent_on) <= last):
        return a.verdict("review-accepted", why.REVIEW_IN_TIME)
    a.met(f"{CFR}(k)(2)")
    a.next_steps.append(why.OTHER_WAYS)
    return a.verdict("review-received", why.REVIEW_LATE)


DISQUALIFIERS = (
    ("i", "false_information"),
    ("ii", "criminal_record"),
    ("iii", "customs_violation"),
    ("iv", "under_investigation"),
    ("v", "inadmissible"),
    ("vi", "terrorism_link"),
)
"""Paragraph of (b)(2) and the fact that answers it; the numbering is from memory."""

SIDES = together.Sides(
    approval=why.OUR_APPROVAL,
    refusal=why.OUR_REFUSAL,
    partner_approval=why.PARTNER_APPROVAL,
    partner_refusal=why.PARTNER_REFUSAL,
    open=why.OPEN,
)
EXTRA = Extra(
    author=Text(
        "An officer of the programme; at the lane, the lane officer.",
        "Un agent du programme; à la voie, l'agent en poste.",
    ),
    notice=Text(
        "Written, with our own reasons only; Canada writes its own letter.",
        "Par écrit, avec nos seuls motifs; le Canada écrit sa propre lettre.",
    ),
    redress=Text(
        "A letter to the enrolment centre within thirty days; the traveller redress programme and "
        "the ombudsman besides.",
        "Une lettre au centre d'inscription dans les trente jours; le programme de recours des "
        "voyageurs et l'ombudsman en outre.",
    ),
)
RULE = Rule(
    name="nexus",
    pack="us",
    title=Text(
        "NEXUS, United States side: membership, lane, review",
        "NEXUS, côté des États-Unis : adhésion, voie, révision",
    ),
    facts=UsNexusFacts,
    words=WORDS,
    citations=(
        f"{CFR}(a)",
        f"{CFR}(b)(1)",
        f"{CFR}(b)(1)(iii)",
        f"{CFR}(b)(2)",
        *(f"{CFR}(b)(2)({roman})" for roman, _ in DISQUALIFIERS),
        f"{CFR}(b)(2)(vii)",
        f"{CFR}(f)",
        f"{CFR}(g)(1)",
        f"{CFR}(g)(2)",
        f"{CFR}(k)(1)",
        f"{CFR}(k)(2)",
    ),
    run=run,
)

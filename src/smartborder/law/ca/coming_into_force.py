"""When a removal order comes into force (IRPA 49), and from when it can be enforced.

An order against a claimant is conditional until the claim is at an end. The section was rewritten
on 2026-03-26; the version of the day of the event (the notice, the expiry, the decision) governs,
as no transitional provision has been read. It was read in excerpt: what rests on it only advises,
and a day that an officer states prevails.
"""

from datetime import date

import msgspec

from smartborder.kernel.calendar import day_after
from smartborder.law.answer import Answer
from smartborder.law.ca import removal_reasons as why
from smartborder.law.ca.removal_facts import RemovalFacts
from smartborder.law.provisions import View
from smartborder.model.verdict import LegalClock

CLAIM = {
    "ineligible-safe-third-country": "IRPA 49(2)(a)",
    "ineligible": "IRPA 49(2)(b)",
    "rejected-no-appeal": "IRPA 49(2)(c)",
    "rejected": "IRPA 49(2)(d)",
    "appeal-rejected": "IRPA 49(2)(e)",
    "withdrawn": "IRPA 49(2)(f)",
    "abandoned": "IRPA 49(2)(g)",
    "terminated": "IRPA 49(2)(h)",
}
"""How a claim ended -> the paragraph that counts from there."""
CLAIM_BEFORE = {
    "ineligible-safe-third-country": "IRPA 49(2)(a)",
    "ineligible": "IRPA 49(2)(b)",
    "rejected-no-appeal": "IRPA 49(2)(c)",
    "rejected": "IRPA 49(2)(c)",
    "appeal-rejected": "IRPA 49(2)(c)",
    "withdrawn": "IRPA 49(2)(d)",
    "abandoned": "IRPA 49(2)(d)",
    "terminated": "IRPA 49(2)(e)",
}
"""The same before the section was rewritten."""
APPEAL = {
    "no-right": "IRPA 49(1)(a)",
    "not-made": "IRPA 49(1)(b)",
    "decided": "IRPA 49(1)(c)",
}
"""What became of the right to appeal the order -> the paragraph."""
CITATIONS = (*APPEAL.values(), *CLAIM.values())


def settle(a: Answer, f: RemovalFacts) -> RemovalFacts:
    """The facts with what section 49 makes of them: in force or not, enforceable from when.

    Nothing is changed that was stated; a clock ``comes-into-force`` is added where it is counted.
    """
    if f.in_force is not None and f.enforceable_on is not None:
        return f
    if f.claim_ended == "undecided":
        a.not_met("IRPA 49(2)(b)")
        a.reasons.append(why.CONDITIONAL)
        return _stated(f, in_force=False, enforceable=None)
    counted = _day(a, f)
    if counted is None:
        return f
    citation, day = counted
    a.clocks.append(LegalClock(name="comes-into-force", due=day, citation=citation))
    a.reasons.append(why.into_force(citation, day))
    return _stated(f, in_force=a.view.on >= day, enforceable=_unstayed(f, day))


def _day(a: Answer, f: RemovalFacts) -> tuple[str, date] | None:
    """The paragraph and the day, or None while a date that it counts from is missing."""
    if f.claim_ended not in (None, "no-claim"):
        start = f.claim_ended_on
    elif f.claim_ended is None or f.order_appeal is None:
        return None
    elif f.order_appeal == "pending":
        a.not_met("IRPA 49(1)(c)")
        return None
    else:
        start = f.order_made_on if f.order_appeal == "no-right" else f.appeal_over_on
    if start is None:
        return None
    then = a.view.of(start)
    citation = _paragraph(then, f)
    rule = then.needs(citation)
    a.borrow(then, citation, "met")
    day = day_after(start, rule["days"])
    if "limit" in rule:
        expires = f.appeal_over_on or day_after(start, rule["limit"])
        day = max(day, day_after(expires, rule["after"]))
    return citation, max(day, f.order_made_on or day)


def _paragraph(then: View, f: RemovalFacts) -> str:
    """The paragraph that governs, by its number on the day of the event."""
    if f.claim_ended is None or f.claim_ended == "no-claim":
        return APPEAL[f.order_appeal or ""]
    rewritten = then.find(CLAIM["withdrawn"]) is not None
    return (CLAIM if rewritten else CLAIM_BEFORE)[f.claim_ended]


def _unstayed(f: RemovalFacts, day: date) -> date | None:
    """The first day from ``day`` on that no stay covers; None while that is not known."""
    if f.stays is None:
        return None
    for stay in sorted(f.stays, key=lambda s: s.start):
        if stay.kind == "230" and f.stay_230_excluded:
            continue
        if stay.start <= day:
            if stay.end is None:
                return None
            day = max(day, stay.end)
    return day


def _stated(f: RemovalFacts, *, in_force: bool, enforceable: date | None) -> RemovalFacts:
    return msgspec.structs.replace(
        f,
        in_force=in_force if f.in_force is None else f.in_force,
        enforceable_on=enforceable if f.enforceable_on is None else f.enforceable_on,
    )

"""Which order a ground calls for, and who makes it (IRPR 228, 229)."""

from smartborder.law.answer import Answer
from smartborder.law.ca import removal_reasons as why
from smartborder.law.ca.removal_facts import RemovalFacts
from smartborder.model.reason import Reason


def order_for(a: Answer, facts: RemovalFacts) -> tuple[str | None, Reason]:
    """The word of the order, or ``refer-to-division``; None if the facts do not settle it."""
    if facts.ground is None or facts.authority is None:
        missing = [n for n in ("ground", "authority") if getattr(facts, n) is None]
        a.unknown("IRPR 228(1)", *missing)
        return None, why.GROUND_OPEN
    if facts.authority == "minister-delegate":
        return _by_delegate(a, facts)
    return _by_division(a, facts)


def _by_delegate(a: Answer, facts: RemovalFacts) -> tuple[str | None, Reason]:
    unaccompanied = a.test(
        "IRPR 228(4)", facts.unaccompanied_minor_or_unable, "unaccompanied_minor_or_unable"
    )
    if unaccompanied:
        return "refer-to-division", why.UNACCOMPANIED
    if facts.ground == "family-member":
        if facts.family_order is None:
            a.unknown("IRPR 228(1)", "family_order")
            return None, why.GROUND_OPEN
        a.met("IRPR 228(1)")
        return _settled(a, facts.family_order, why.BY_GROUND)
    citation, word = _listed(a, facts)
    if word is None:
        return "refer-to-division", why.NOT_FOR_DELEGATE
    if facts.other_grounds:
        a.not_met("IRPR 228(1)")
        return "refer-to-division", why.NOT_FOR_DELEGATE
    if facts.other_grounds is None:
        a.unknown("IRPR 228(1)", "other_grounds")
    a.met(citation)
    if facts.ground in a.view.codes("IRPR 228(3)"):
        claim = a.test(
            "IRPR 228(3)", facts.claim_eligible_or_undetermined, "claim_eligible_or_undetermined"
        )
        if claim:
            return _settled(a, "departure-order", why.CLAIMANT)
    return _settled(a, word, why.BY_GROUND)


def _listed(a: Answer, facts: RemovalFacts) -> tuple[str, str | None]:
    for citation in ("IRPR 228(1)", "IRPR 228(1.1)", "IRPR 228(2)"):
        word = (a.view.value(citation) or {}).get(facts.ground)
        if word is not None:
            return citation, str(word)
    a.not_met("IRPR 228(1)")
    return "IRPR 228(1)", None


def _by_division(a: Answer, facts: RemovalFacts) -> tuple[str | None, Reason]:
    """229(1), then what a claim (2) or a history (3) makes of it; 229(4) for 228 grounds."""
    word = a.view.needs("IRPR 229(1)").get(facts.ground)
    if word is None:
        return _delegate_order_by_division(a, facts)
    a.met("IRPR 229(1)")
    claim: bool | None = False
    if facts.ground in a.view.codes("IRPR 229(2)"):
        claim = a.test(
            "IRPR 229(2)", facts.claim_eligible_or_undetermined, "claim_eligible_or_undetermined"
        )
    history: bool | None = False
    if facts.ground in a.view.codes("IRPR 229(3)"):
        names = ("same_ground_before", "failed_condition", "convicted")
        values = [getattr(facts, n) for n in names]
        history = True if any(values) else None if None in values else False
        a.test("IRPR 229(3)", history, *(n for n in names if getattr(facts, n) is None))
    if claim and history is not False:
        return None, why.CLAIM_AND_HISTORY
    if claim:
        return _settled(a, "departure-order", why.CLAIMANT)
    if history and claim is False:
        return _settled(a, "deportation-order", why.HISTORY)
    return _settled(a, str(word), why.BY_GROUND)


def _delegate_order_by_division(a: Answer, facts: RemovalFacts) -> tuple[str | None, Reason]:
    """229(4): on a ground of 228 the Division makes the order that 228(1) or (3) would."""
    if facts.ground == "family-member" and facts.family_order is not None:
        a.met("IRPR 228(1)")
        return _settled(a, facts.family_order, why.BY_GROUND)
    citation, word = _listed(a, facts)
    if word is None:
        a.unknown("IRPR 229(1)", "ground")
        return None, why.GROUND_OPEN
    a.met(citation)
    if facts.ground in a.view.codes("IRPR 228(3)") and a.test(
        "IRPR 228(3)", facts.claim_eligible_or_undetermined, "claim_eligible_or_undetermined"
    ):
        return _settled(a, "departure-order", why.CLAIMANT)
    return _settled(a, word, why.BY_GROUND)


def _settled(a: Answer, word: str, reason: Reason) -> tuple[str | None, Reason]:
    """The order, unless a question that could change it was left open."""
    return (None, why.NOT_ALL_ASKED) if a.open_facts else (word, reason)

"""Which removal order, what has become of it, and what it means for return (IRPR 223-240).

Three questions in the order of Part 13: which order the ground calls for and who makes it
(228, 229); whether a departure order has become a deportation order by now (224); whether
it can be enforced (IRPA 48, stays) and what return to Canada will need (224-226).
"""

from datetime import timedelta

from smartborder.kernel.calendar import day_after, years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import coming_into_force
from smartborder.law.ca import removal_reasons as why
from smartborder.law.ca.departure_clock import Interval, day_table, period_ends
from smartborder.law.ca.removal_facts import RemovalFacts
from smartborder.law.ca.removal_type import order_for
from smartborder.law.provisions import View
from smartborder.law.rule import UNDETERMINED, Rule, Word
from smartborder.model.reason import Reason
from smartborder.model.verdict import LegalClock, Verdict

TSR, ADR = "Removals instrument TSR", "Removals instrument ADR"
STAYS = {
    "50": "IRPA 50",
    "230": "IRPR 230(1)",
    "231": "IRPR 231",
    "232": "IRPR 232",
    "233": "IRPR 233",
    "court-order": "IRPA 50",
}


def run(facts: RemovalFacts, law: View) -> Verdict:
    """The order as it stands on the day asked about."""
    a = Answer("removal-order", law)
    law.must_stand("IRPA 48(1)")
    word, reason = (facts.order, why.MADE) if facts.order else order_for(a, facts)
    if word is None:
        return a.verdict("undetermined", reason)
    if word == "refer-to-division":
        return a.verdict(word, reason)
    a.reasons.append(reason)
    _other_clocks(a, facts)
    if facts.order is not None:
        facts = coming_into_force.settle(a, facts)
    if word == "departure-order" and facts.in_force is False:
        _enforceable(a, facts)
        _return(a, facts, word)
        a.next_steps += [why.LAST_LOOK, why.CONSULATE]
        return a.verdict(word, extra=EXTRA)
    if word == "departure-order" and facts.order is not None:
        word = _departure(a, facts)
        if word is None:
            return a.verdict("undetermined", why.CLOCK_OPEN)
    if facts.order is not None:
        _enforceable(a, facts)
    _return(a, facts, word)
    a.next_steps.append(why.LAST_LOOK)
    a.next_steps.append(why.CONSULATE)
    return a.verdict(word, extra=EXTRA)


def _departure(a: Answer, facts: RemovalFacts) -> str | None:
    """Still a departure order, or a deportation order by operation of law?"""
    if facts.enforceable_on is None or facts.detentions is None or facts.stays is None:
        names = ("enforceable_on", "detentions", "stays")
        a.unknown("IRPR 224(2)", *(n for n in names if getattr(facts, n) is None))
        return None
    limit: int = a.view.needs("IRPR 224(2)")
    stopped: list[Interval] = [(d.start, d.end) for d in facts.detentions]
    stopped += [(s.start, s.end) for s in facts.stays if not _excluded(s.kind, facts)]
    table = day_table(facts.enforceable_on, limit, stopped)
    ends = period_ends(table, limit)
    if any(d.count is None for d in table) or ends is None:
        a.met("IRPR 224(3)")
    if ends is None:
        a.reasons.append(why.CLOCK_STOPPED)
        a.not_met("IRPR 224(2)")
        return "departure-order"
    other = period_ends(
        day_table(facts.enforceable_on, limit, stopped, release_counts=False), limit
    )
    a.clocks.append(LegalClock(name="departure-order-ends", due=ends, citation="IRPR 224(2)"))
    if other is not None and other != ends:
        a.clocks.append(
            LegalClock(name="departure-order-ends-other-reading", due=other, citation="IRPR 224(3)")
        )
        a.next_steps.append(why.TWO_READINGS)
    held = sum(1 for d in table if d.count is None)
    a.reasons.append(why.clock(facts.enforceable_on, ends, held))
    left = facts.departed_on
    if left is not None and left <= min(ends, a.view.on):
        if facts.verified_with_certificate is None:
            a.unknown("IRPR 240(1)", "verified_with_certificate")
            return None
        if a.test("IRPR 240(1)", facts.verified_with_certificate):
            a.reasons.append(why.LEFT_IN_TIME)
            return "departure-order"
        a.reasons.append(why.NO_CERTIFICATE)
    elif left is None and (facts.has_departed or (facts.has_departed is None and a.view.on > ends)):
        a.unknown("IRPR 240(1)", "departed_on" if facts.has_departed else "has_departed")
        return None
    if a.view.on <= ends:
        a.not_met("IRPR 224(2)")
        return "departure-order"
    a.met("IRPR 224(2)")
    a.reasons.append(why.BECAME_DEPORTATION)
    return "deportation-order"


def _excluded(kind: str, facts: RemovalFacts) -> bool:
    return kind == "230" and bool(facts.stay_230_excluded)


def _enforceable(a: Answer, facts: RemovalFacts) -> None:
    """Come into force and not stayed today (48(1)); one reason says which."""
    if facts.in_force is False:
        a.not_met("IRPA 48(1)")
        a.reasons.append(why.NOT_IN_FORCE)
        return
    today = a.view.on
    for stay in facts.stays or ():
        if stay.start <= today and (stay.end is None or today < stay.end):
            if stay.kind == "230" and a.test(
                "IRPR 230(3)", facts.stay_230_excluded, "stay_230_excluded"
            ):
                continue
            a.met(STAYS[stay.kind])
            a.not_met("IRPA 48(1)")
            a.reasons.append(why.STAYED)
            return
    held = _country(a, facts)
    if held is not None:
        a.reasons.append(held)
        return
    if facts.stays is None or facts.in_force is None:
        a.unknown("IRPA 48(1)")
        a.reasons.append(why.ENFORCEABLE_OPEN)
        a.open_facts.clear()
        a.next_steps.append(why.CHECK_STAYS)
        return
    a.met("IRPA 48(1)")
    a.reasons.append(why.ENFORCEABLE)


def _country(a: Answer, facts: RemovalFacts) -> Reason | None:
    """A stay or deferral for the country of removal that is not lifted by 230(3)."""
    for citation, reason in ((TSR, why.COUNTRY_STAYED), (ADR, why.COUNTRY_DEFERRED)):
        if facts.destination is None or facts.destination not in a.view.codes(citation):
            continue
        if a.test("IRPR 230(3)", facts.stay_230_excluded):
            continue
        a.met(citation)
        if citation == TSR:
            a.met("IRPR 230(1)")
        if facts.stay_230_excluded is None:
            a.next_steps.append(why.CHECK_230_3)
        a.not_met("IRPA 48(1)")
        return reason
    return None


def _return(a: Answer, facts: RemovalFacts, word: str) -> None:
    """What the person needs to come back (52(1) of the Act; 224-226)."""
    if facts.ground == "family-member":
        a.met("IRPR 225(4)")
        a.reasons.append(why.NO_AUTHORIZATION)
    elif word == "departure-order":
        a.state("IRPR 224(1)", "met" if facts.departed_on else "not-asked")
        a.reasons.append(why.NO_AUTHORIZATION)
    elif word == "exclusion-order":
        section = "IRPR 225(3)" if facts.ground == "misrepresentation" else "IRPR 225(1)"
        a.met(section)
        years: int = a.view.needs(section)
        a.reasons.append(why.authorization(section, years))
        if facts.departed_on is not None and facts.admitted_at_destination:
            a.clocks.append(
                LegalClock(
                    name="authorization-needed-until",
                    due=years_after(facts.departed_on, years),
                    citation=section,
                )
            )
    else:
        a.met("IRPR 226(1)")
        a.reasons.append(why.AUTHORIZATION_FOR_LIFE)


def _other_clocks(a: Answer, facts: RemovalFacts) -> None:
    """The risk assessment, where its notice is dated, and the carrier."""
    if facts.prra_notified_on is not None:
        limits = a.view.needs("IRPR 160(3)")
        a.met("IRPR 160(3)")
        for name, key in (("prra-apply-by", "apply"), ("prra-decide-from", "decide-from")):
            due = day_after(facts.prra_notified_on, limits[key])
            a.clocks.append(LegalClock(name=name, due=due, citation="IRPR 160(3)"))
    _carrier(a, facts)


def _carrier(a: Answer, facts: RemovalFacts) -> None:
    """Told to carry, the carrier notifies its arrangements; 48 hours run from that notice.

    Where only the day of the notice is known, the hours are counted from its end.
    """
    at = facts.arrangements_notified_at
    on = facts.arrangements_notified_on or (at.date() if at is not None else None)
    if on is None:
        if facts.carrier_notified_on is not None:
            a.unknown("IRPR 276(2)")
            a.next_steps.append(why.ARRANGEMENTS)
        return
    a.met("IRPR 276(3)")
    hours = timedelta(hours=a.view.needs("IRPR 276(3)"))
    if at is not None and at.tzinfo is not None:
        due = (at + hours).date()
        a.reasons.append(why.carrier_hours(at, at + hours))
    else:
        due = on + hours
    a.clocks.append(LegalClock(name="carrier-removes-by", due=due, citation="IRPR 276(3)"))


EXTRA = Extra(
    author=Text(
        "The Minister's delegate (228) or the Immigration Division (229); an officer enforces it.",
        "Le délégué du ministre (228) ou la Section de l'immigration (229); un agent l'exécute.",
    ),
    notice=Text(
        "A copy of the order is handed to the person when it is made (IRPR 236).",
        "Une copie de la mesure est remise à la personne lorsqu'elle est prise (RIPR 236).",
    ),
    redress=Text(
        "Appeal where the Act gives one, else leave and judicial review; a stay may be asked of "
        "the court.",
        "Appel si la Loi le prévoit, sinon autorisation et contrôle judiciaire; un sursis peut "
        "être demandé au tribunal.",
    ),
)

RULE = Rule(
    name="removal-order",
    pack="ca",
    title=Text(
        "Which removal order, what has become of it, and what return needs",
        "Quelle mesure de renvoi, ce qu'elle est devenue, et ce qu'exige le retour",
    ),
    facts=RemovalFacts,
    words=(
        Word(
            word="refer-to-division",
            means=Text(
                "The Minister's delegate may not make it; the report goes to the Immigration "
                "Division.",
                "Le délégué du ministre ne peut la prendre; le rapport va à la Section de "
                "l'immigration.",
            ),
        ),
        UNDETERMINED,
        Word(
            word="departure-order",
            means=Text("A departure order.", "Une mesure d'interdiction de séjour."),
            adverse=True,
        ),
        Word(
            word="exclusion-order",
            means=Text("An exclusion order.", "Une mesure d'exclusion."),
            adverse=True,
        ),
        Word(
            word="deportation-order",
            means=Text("A deportation order.", "Une mesure d'expulsion."),
            adverse=True,
        ),
    ),
    citations=(
        "IRPA 48(1)",
        *coming_into_force.CITATIONS,
        "IRPA 50",
        "IRPR 160(3)",
        "IRPR 224(1)",
        "IRPR 224(2)",
        "IRPR 224(3)",
        "IRPR 225(1)",
        "IRPR 225(3)",
        "IRPR 225(4)",
        "IRPR 226(1)",
        "IRPR 228(1)",
        "IRPR 228(1.1)",
        "IRPR 228(2)",
        "IRPR 228(3)",
        "IRPR 228(4)",
        "IRPR 229(1)",
        "IRPR 229(2)",
        "IRPR 229(3)",
        "IRPR 230(1)",
        "IRPR 230(3)",
        "IRPR 231",
        "IRPR 232",
        "IRPR 233",
        "IRPR 240(1)",
        "IRPR 276(2)",
        "IRPR 276(3)",
        TSR,
        ADR,
    ),
    run=run,
)

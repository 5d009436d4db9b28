"""Does the safe-third-country bar stop this claim? (IRPA 101(1)(e); IRPR 159.1-159.7)

The order is that of the regulations: is the Agreement suspended; did the person come from
the designated country, and is it neither theirs nor, for the stateless, their home; does
the place of entry bring them under it; is there an exception. The claimant establishes an
exception; an exception that was not asked about is never taken to be absent.
"""

from datetime import timedelta

from smartborder.kernel.calendar import full_days_between, months_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import claims
from smartborder.law.ca import stca_reasons as why
from smartborder.law.ca.stca_exceptions import DEATH_PENALTY, PARAGRAPHS
from smartborder.law.ca.stca_facts import StcaFacts
from smartborder.law.errors import NotLawThen
from smartborder.law.provisions import View
from smartborder.law.rule import UNDETERMINED, Rule, Word
from smartborder.model.reason import Compared, Reason
from smartborder.model.verdict import Verdict

NO_NATIONALITY = frozenset({"XXA", "XXB", "XXC"})
"""Stateless, or a refugee whose papers name no nationality and who may be stateless."""


def run(facts: StcaFacts, law: View) -> Verdict:
    """Whether 101(1)(e) makes the claim ineligible."""
    a = Answer("stca", law)
    a.next_steps.append(why.RECEIVE)
    if _suspended(law):
        a.met("IRPR 159.7")
        a.met("IRPR 159.7(2)")
        return _free(a, "not-applicable", why.SUSPENDED)
    if law.find("IRPR 159.3") is None:
        a.not_met("IRPR 159.3")
        return _free(a, "not-applicable", why.NOT_DESIGNATED)
    origin = _origin(a, facts)
    if origin is not None and origin is not why.ORIGIN_OPEN:
        return _free(a, "not-applicable", origin)
    place, reaches = _place(a, facts)
    if reaches is False:
        return _free(a, "not-applicable", place)
    exception = _exceptions(a, facts, law)
    if exception is not None:
        return _free(a, "exception", exception)
    if not facts.fear_asked:
        a.open_facts.append("fear_asked")
    if reaches is None:
        return a.verdict("undetermined", place)
    if origin is not None:
        return a.verdict("undetermined", origin)
    if a.open_facts:
        return a.verdict("undetermined", why.NOT_ALL_ASKED)
    a.met("IRPA 101(1)(e)")
    a.met("IRPA 115(3)")
    a.met("IRPA 112(2)(b)")
    a.next_steps += [why.WRITTEN_REASONS, why.DISCRETION, why.NO_PRRA]
    return a.verdict("applies", place, extra=EXTRA)


def _suspended(law: View) -> bool:
    """A notice has effect from the day after it, for three months at most; a renewal is another."""
    notice = law.find("IRPR 159.7")
    if notice is None or notice.in_force.start is None:
        return False
    publicized = notice.in_force.start - timedelta(days=1)
    return law.on <= months_after(publicized, law.needs("IRPR 159.7(2)"))


def _free(a: Answer, word: str, reason: Reason) -> Verdict:
    a.next_steps += [why.GO_ON, why.TELL_NOBODY]
    a.open_facts.clear()
    return a.verdict(word, reason)


def _origin(a: Answer, facts: StcaFacts) -> Reason | None:
    """None: came from the United States, which is not their own country."""
    if facts.came_from_us is False:
        a.not_met("IRPA 101(1)(e)")
        return why.NOT_FROM_US
    unknown = [] if facts.came_from_us else ["came_from_us"]
    if not facts.nationalities:
        unknown.append("nationalities")
    elif "USA" in facts.nationalities:
        a.not_met("IRPA 101(1)(e)")
        return why.US_CITIZEN
    elif NO_NATIONALITY.intersection(facts.nationalities):
        if facts.habitual_residence is None:
            a.unknown("IRPR 159.2", "habitual_residence")
        elif "USA" not in facts.habitual_residence:
            a.not_met("IRPR 159.2")
        elif "XXA" in facts.nationalities:
            a.met("IRPR 159.2")
            return why.STATELESS_FROM_US
        else:
            a.unknown("IRPR 159.2", "nationalities")
    if unknown:
        a.unknown("IRPR 159.3", *unknown)
        return why.ORIGIN_OPEN
    if "nationalities" in a.open_facts or "habitual_residence" in a.open_facts:
        return why.ORIGIN_OPEN
    a.met("IRPR 159.3")
    return None


def _place(a: Answer, facts: StcaFacts) -> tuple[Reason, bool | None]:
    """The reason, and whether the bar reaches this place."""
    place = facts.place
    if place == "harbour-port":
        a.met("IRPR 159.4(1)(b)")
        return why.HARBOUR, False
    if place == "elsewhere":
        a.met("IRPR 159.4(1)(a)")
        return why.ELSEWHERE, False
    if place == "airport":
        return _airport(a, facts)
    if place == "between-ports":
        return _between_ports(a, facts)
    if place == "land-port":
        a.met("IRPA 101(1)(e)")
        return why.LAND_PORT, True
    a.unknown("IRPR 159.4(1)(a)", "place")
    return why.PLACE_OPEN, None


def _airport(a: Answer, facts: StcaFacts) -> tuple[Reason, bool | None]:
    transit = a.test("IRPR 159.4(2)", facts.removal_in_transit, "removal_in_transit")
    if transit is False:
        a.met("IRPR 159.4(1)(c)")
        return why.AIRPORT, False
    if transit is None:
        return why.TRANSIT_OPEN, None
    return why.IN_TRANSIT, True


def _between_ports(a: Answer, facts: StcaFacts) -> tuple[Reason, bool | None]:
    """Less than fourteen days after the day of entry: day 13 is in, day 14 is out."""
    rule = a.view.find("IRPR 159.4(1.1)")
    if rule is None:
        a.not_met("IRPR 159.4(1.1)")
        a.met("IRPR 159.4(1)(a)")
        return why.BEFORE_PROTOCOL, False
    if facts.entry_date is None:
        a.unknown("IRPR 159.4(1.1)", "entry_date")
        return why.ENTRY_DAY_OPEN, None
    claimed = facts.claim_date or a.view.on
    days = full_days_between(facts.entry_date, claimed)
    if days < 0:
        a.unknown("IRPR 159.4(1.1)", "entry_date", "claim_date")
        return why.ENTRY_DAY_OPEN, None
    if rule.in_force.start is not None and facts.entry_date < rule.in_force.start:
        a.unknown("IRPR 159.4(1.1)", "entry_date")
        return why.ENTERED_BEFORE_PROTOCOL, None
    compared = Compared(ours=f"< {rule.value} d", theirs=f"{days} d")
    if a.test("IRPR 159.4(1.1)", days < rule.value):
        return why.within(compared), True
    a.met("IRPR 159.4(1)(a)")
    return why.beyond(compared), False


def _exceptions(a: Answer, facts: StcaFacts, law: View) -> Reason | None:
    """The first exception that is established; every one is put on the record.

    159.5 is for those who seek to enter elsewhere than at an airport (its opening words).
    """
    found: str | None = None
    not_coded: NotLawThen | None = None
    paragraphs = facts.place != "airport"
    for citation, ask in (*(PARAGRAPHS if paragraphs else ()), DEATH_PENALTY):
        if found is not None:
            a.not_asked(citation)
            continue
        try:
            holds, open_facts = ask(facts, law)
        except NotLawThen as then:
            not_coded = then
            a.unknown(citation)
            continue
        if a.test(citation, holds, *open_facts):
            found = citation
            if citation == "IRPR 159.5(g)":
                a.borrow(law.abroad("us"), "8 CFR 217.2", "not-met")
    if found is None and not_coded is not None:
        raise not_coded
    return None if found is None else why.exception(found)


EXTRA = Extra(
    author=Text(
        "The officer who determines eligibility (IRPA 100(1)), after an interview with an "
        "interpreter where needed.",
        "L'agent qui statue sur la recevabilité (LIPR 100(1)), après une entrevue, avec "
        "interprète au besoin.",
    ),
    notice=claims.NOTICE,
    redress=claims.REDRESS,
)

RULE = Rule(
    name="stca",
    pack="ca",
    title=Text(
        "Does the safe-third-country bar stop this claim?",
        "La règle du tiers pays sûr fait-elle obstacle à cette demande?",
    ),
    facts=StcaFacts,
    words=(
        Word(
            word="exception",
            means=Text(
                "An exception applies; the claim goes on to the other tests of section 101.",
                "Une exception s'applique; la demande passe aux autres critères de l'article 101.",
            ),
        ),
        Word(
            word="not-applicable",
            means=Text(
                "The bar does not reach this claim; it goes on to the other tests of section 101.",
                "La règle ne vise pas cette demande; elle passe aux autres critères de l'article "
                "101.",
            ),
        ),
        UNDETERMINED,
        Word(
            word="applies",
            means=Text(
                "The claim would be ineligible under 101(1)(e) and the person sent back to the "
                "United States.",
                "La demande serait irrecevable au titre de l'alinéa 101(1)e) et la personne "
                "renvoyée aux États-Unis.",
            ),
            adverse=True,
        ),
    ),
    citations=(
        "IRPA 101(1)(e)",
        "IRPA 112(2)(b)",
        "IRPA 115(3)",
        "IRPR 159.1",
        "IRPR 159.2",
        "IRPR 159.3",
        "IRPR 159.4(1)(a)",
        "IRPR 159.4(1)(b)",
        "IRPR 159.4(1)(c)",
        "IRPR 159.4(1.1)",
        "IRPR 159.4(2)",
        *(citation for citation, _ in PARAGRAPHS),
        "IRPR 159.6",
        "IRPR 159.7",
        "IRPR 159.7(2)",
    ),
    run=run,
    day_fact="claim_date",
)

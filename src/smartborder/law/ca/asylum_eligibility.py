"""May this claim be referred to the Refugee Protection Division? (IRPA 99-101)

Every bar of subsection 101(1) is asked, in its order, and what follows from each is said.
The claim is received whatever the answer; the safe-third-country bar (e) is the result of
the rule ``stca``, given here as a fact.
"""

from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.calendar import full_days_between, years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import asylum_reasons as why
from smartborder.law.ca import claims
from smartborder.law.facts import Facts, says
from smartborder.law.provisions import View
from smartborder.law.rule import UNDETERMINED, Rule, Word
from smartborder.model.verdict import Verdict


class AsylumFacts(Facts, frozen=True, kw_only=True):
    """The claimant's history, one field per bar; the day asked about is the claim's."""

    claim_date: Annotated[
        date | None,
        says("Day the claim was made.", "Jour où la demande a été faite."),
    ] = None
    removal_order: Annotated[
        bool | None,
        says(
            "The claimant is already under a removal order.",
            "Le demandeur est déjà visé par une mesure de renvoi.",
        ),
    ] = None
    serious_report_referred: Annotated[
        bool | None,
        says(
            "A report on security, rights, serious or organized criminality was referred to a "
            "hearing not yet held.",
            "Un rapport pour sécurité, atteinte aux droits, grande criminalité ou criminalité "
            "organisée a été déféré pour enquête, non encore tenue.",
        ),
    ] = None
    awaiting_court: Annotated[
        bool | None,
        says(
            "An officer finds it necessary to await a court on a charge punishable by ten years "
            "or more.",
            "Un agent estime nécessaire d'attendre un tribunal sur une accusation punissable "
            "d'au moins dix ans.",
        ),
    ] = None
    protection_conferred: Annotated[
        bool | None,
        says(
            "Refugee protection was already conferred in Canada.",
            "L'asile a déjà été conféré au Canada.",
        ),
    ] = None
    claim_rejected: Annotated[
        bool | None,
        says("The Board rejected an earlier claim.", "La Commission a rejeté une demande."),
    ] = None
    first_entry: Annotated[
        date | None,
        says(
            "Day of the first entry to Canada after 24 June 2020; may be partial or a range.",
            "Jour de la première entrée au Canada après le 24 juin 2020; peut être partiel ou "
            "une période.",
        ),
    ] = None
    between_ports: Annotated[
        bool | None,
        says(
            "Entered along the land border with the United States, its waters included, other "
            "than at a port of entry.",
            "Entrée le long de la frontière terrestre avec les États-Unis, eaux comprises, "
            "ailleurs qu'à un point d'entrée.",
        ),
    ] = None
    entry_between_ports: Annotated[
        date | None,
        says("Day of that entry between ports.", "Jour de cette entrée entre les points d'entrée."),
    ] = None
    prior_claim: Annotated[
        Literal["none", "ineligible", "ineligible-safe-third-country", "withdrawn", "abandoned"]
        | None,
        says("How a prior claim in Canada ended.", "Issue d'une demande antérieure au Canada."),
    ] = None
    refused_by_us_unadjudicated: Annotated[
        bool | None,
        says(
            "Comes back after the United States refused entry without adjudicating a claim.",
            "Revient après un refus d'entrée aux États-Unis sans décision sur une demande.",
        ),
    ] = None
    claim_in_sharing_country: Annotated[
        Literal["none", "confirmed", "alleged"] | None,
        says(
            "An earlier claim in a country that shares information with Canada: confirmed under "
            "the agreement, or only alleged.",
            "Demande antérieure dans un pays lié par un accord d'échange : confirmée au titre de "
            "l'accord, ou seulement alléguée.",
        ),
    ] = None
    refugee_elsewhere: Annotated[
        bool | None,
        says(
            "Recognized as a Convention refugee by another country.",
            "Qualité de réfugié reconnue par un autre pays.",
        ),
    ] = None
    can_return_there: Annotated[
        bool | None,
        says("Can be sent or returned to that country.", "Peut être renvoyé dans ce pays."),
    ] = None
    stca: Annotated[
        Literal["applies", "exception", "not-applicable"] | None,
        says("Result of the rule stca.", "Résultat de la règle stca."),
    ] = None
    inadmissible: Annotated[
        Literal[
            "none",
            "security",
            "rights-violation",
            "rights-violation-35-1-c-only",
            "serious-criminality",
            "organized-criminality",
        ]
        | None,
        says(
            "Ground on which the claimant was determined inadmissible.",
            "Motif pour lequel l'interdiction de territoire a été prononcée.",
        ),
    ] = None
    fear_asked: Annotated[
        bool | None,
        says(
            "The claimant was asked what they fear if returned, and the answer was recorded.",
            "On a demandé au demandeur ce qu'il craint en cas de renvoi, et la réponse a été "
            "consignée.",
        ),
    ] = None
    offence_max_years: Annotated[
        int | None,
        says(
            "Maximum term of the offence of conviction in Canada, or of its Canadian equivalent, "
            "in years.",
            "Peine maximale de l'infraction, ou de son équivalent canadien, en années.",
        ),
    ] = None


def run(facts: AsylumFacts, law: View) -> Verdict:
    """Eligible, ineligible under which paragraphs, suspended, or not settled."""
    a = Answer("asylum-eligibility", law)
    a.next_steps.append(why.RECEIVE)
    if a.test("IRPA 99(3)", facts.removal_order, "removal_order"):
        a.next_steps.append(why.PRRA_MAY_BE_OPEN)
        if not facts.fear_asked:
            return _fear_first(a)
        return a.verdict("may-not-be-made", why.REMOVAL_ORDER, extra=EXTRA)
    serious = _any(facts.serious_report_referred, facts.awaiting_court)
    if a.test("IRPA 100(2)", serious, "serious_report_referred", "awaiting_court"):
        return a.verdict("suspended", why.SUSPENDED)
    found = [(citation, ask(a, facts)) for citation, ask in BARS]
    met = [citation for citation, holds in found if holds]
    if met:
        a.open_facts.clear()
        if not facts.fear_asked:
            return _fear_first(a)
        a.next_steps += [step for citation in met for step in why.FOLLOWS[citation]]
        reasons = [why.ineligible(a.view, citation) for citation in met]
        return a.verdict("ineligible", *reasons, extra=EXTRA)
    if a.open_facts:
        return a.verdict("undetermined", why.NOT_ALL_ASKED)
    a.met("IRPA 100(1.1)")
    a.next_steps.append(why.REFER)
    return a.verdict("eligible", why.ELIGIBLE)


def _fear_first(a: Answer) -> Verdict:
    """Nothing adverse is proposed on a claim before the person was asked what they fear."""
    a.open_facts.append("fear_asked")
    return a.verdict("undetermined", why.FEAR_NOT_ASKED)


def _any(*values: bool | None) -> bool | None:
    if any(values):
        return True
    return None if any(v is None for v in values) else False


def _a(a: Answer, f: AsylumFacts) -> bool | None:
    return a.test("IRPA 101(1)(a)", f.protection_conferred, "protection_conferred")


def _b(a: Answer, f: AsylumFacts) -> bool | None:
    return a.test("IRPA 101(1)(b)", f.claim_rejected, "claim_rejected")


def _b1(a: Answer, f: AsylumFacts) -> bool | None:
    """More than one year after the day of the first entry: the anniversary itself is in time."""
    rule = a.view.value("IRPA 101(1)(b.1)")
    claimed = f.claim_date or a.view.on
    holds: bool | None = None
    if rule is not None and f.first_entry is not None:
        since: date = rule["entries-after"]
        if f.first_entry == since or f.first_entry > claimed:
            holds = None
        else:
            late = claimed > years_after(f.first_entry, rule["years"])
            holds = f.first_entry > since and late
    return a.test("IRPA 101(1)(b.1)", holds, "first_entry")


def _b2(a: Answer, f: AsylumFacts) -> bool | None:
    """The fourteen days of the safe-third-country rule had passed: day 14 is out of time."""
    limit = a.view.value("IRPA 101(1)(b.2)")
    claimed = f.claim_date or a.view.on
    holds: bool | None = None
    if f.between_ports is False:
        holds = False
    elif f.between_ports and f.entry_between_ports is not None and limit is not None:
        days = full_days_between(f.entry_between_ports, claimed)
        holds = None if days < 0 else days >= limit
    return a.test("IRPA 101(1)(b.2)", holds, "between_ports", "entry_between_ports")


def _c(a: Answer, f: AsylumFacts) -> bool | None:
    """A prior claim, other than one that 159.01 says is none."""
    if f.prior_claim is None:
        return a.test("IRPA 101(1)(c)", None, "prior_claim")
    if f.prior_claim == "ineligible-safe-third-country":
        spared = a.test("IRPR 159.01", f.refused_by_us_unadjudicated, "refused_by_us_unadjudicated")
        holds = None if spared is None else not spared
        return a.test("IRPA 101(1)(c)", holds, "refused_by_us_unadjudicated")
    return a.test("IRPA 101(1)(c)", f.prior_claim != "none")


def _c1(a: Answer, f: AsylumFacts) -> bool | None:
    """Only a claim confirmed under the agreement counts; an allegation does not."""
    value = f.claim_in_sharing_country
    holds = None if value is None else value == "confirmed"
    return a.test("IRPA 101(1)(c.1)", holds, "claim_in_sharing_country")


def _d(a: Answer, f: AsylumFacts) -> bool | None:
    holds: bool | None = None
    if f.refugee_elsewhere is False or f.can_return_there is False:
        holds = False
    elif f.refugee_elsewhere and f.can_return_there:
        holds = True
    return a.test("IRPA 101(1)(d)", holds, "refugee_elsewhere", "can_return_there")


def _e(a: Answer, f: AsylumFacts) -> bool | None:
    holds = None if f.stca is None else f.stca == "applies"
    return a.test("IRPA 101(1)(e)", holds, "stca")


def _f(a: Answer, f: AsylumFacts) -> bool | None:
    ground = f.inadmissible
    holds: bool | None = None
    if ground is not None:
        holds = ground not in ("none", "rights-violation-35-1-c-only")
    if ground == "serious-criminality":
        years = f.offence_max_years
        limit = a.view.value("IRPA 101(2)")
        serious = None if years is None else limit is None or years >= limit
        holds = a.test("IRPA 101(2)", serious, "offence_max_years")
    return a.test("IRPA 101(1)(f)", holds, "inadmissible")


BARS = (
    ("IRPA 101(1)(a)", _a),
    ("IRPA 101(1)(b)", _b),
    ("IRPA 101(1)(b.1)", _b1),
    ("IRPA 101(1)(b.2)", _b2),
    ("IRPA 101(1)(c)", _c),
    ("IRPA 101(1)(c.1)", _c1),
    ("IRPA 101(1)(d)", _d),
    ("IRPA 101(1)(e)", _e),
    ("IRPA 101(1)(f)", _f),
)

EXTRA = Extra(
    author=Text(
        "The officer who determines eligibility (IRPA 100(1)).",
        "L'agent qui statue sur la recevabilité (LIPR 100(1)).",
    ),
    notice=claims.NOTICE,
    redress=claims.REDRESS,
)

RULE = Rule(
    name="asylum-eligibility",
    pack="ca",
    title=Text(
        "May this claim be referred to the Refugee Protection Division?",
        "Cette demande peut-elle être déférée à la Section de la protection des réfugiés?",
    ),
    facts=AsylumFacts,
    words=(
        Word(
            word="eligible",
            means=Text("The claim is referred.", "La demande est déférée."),
        ),
        Word(
            word="suspended",
            means=Text(
                "Eligibility waits for a hearing or a court.",
                "La recevabilité attend une enquête ou un tribunal.",
            ),
        ),
        UNDETERMINED,
        Word(
            word="may-not-be-made",
            means=Text(
                "A person under a removal order may not make a claim.",
                "La personne visée par une mesure de renvoi ne peut faire de demande.",
            ),
            adverse=True,
        ),
        Word(
            word="ineligible",
            means=Text(
                "A bar of section 101 applies; what follows depends on which.",
                "Un motif d'irrecevabilité de l'article 101 s'applique; la suite dépend duquel.",
            ),
            adverse=True,
        ),
    ),
    citations=(
        "IRPA 99(3)",
        "IRPA 100(1.1)",
        "IRPA 100(2)",
        *(citation for citation, _ in BARS),
        "IRPA 101(2)",
        "IRPR 159.01",
    ),
    run=run,
    day_fact="claim_date",
)

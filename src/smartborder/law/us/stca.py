"""Does the safe-third-country bar stop this claim in the United States? (8 CFR 208.30(e)(6))

Coded from memory and excerpts: every answer only advises. An exception that was not asked
about is never taken to be absent.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from smartborder.kernel.calendar import age_on, full_days_between
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import visa_requirement as ca_visa
from smartborder.law.ca.stca_facts import Relation
from smartborder.law.entry_facts import VisaFacts
from smartborder.law.facts import Facts, says
from smartborder.law.provisions import View
from smartborder.law.rule import UNDETERMINED, Rule, Word
from smartborder.law.us.visa_requirement import need
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

CFR = "8 CFR 208.30(e)(6)"


class Relative(Facts, frozen=True, kw_only=True):
    """One relative in the United States named by the applicant."""

    relation: Annotated[
        Relation, says("What they are to the applicant.", "Leur lien avec le demandeur.")
    ]
    lawful_status: Annotated[
        bool | None,
        says("Has lawful status other than visitor.", "A un statut légal autre que visiteur."),
    ] = None
    asylum_pending: Annotated[
        bool | None,
        says("Has a pending asylum application.", "A une demande d'asile en instance."),
    ] = None
    adult: Annotated[bool | None, says("Is 18 or older.", "A 18 ans ou plus.")] = None


class UsStcaFacts(Facts, frozen=True, kw_only=True):
    """The applicant, how they came, and every exception; the day asked about is the claim's."""

    came_from_canada: Annotated[bool | None, says("Came from Canada.", "Arrivée du Canada.")] = None
    place: Annotated[
        Literal["land-port", "between-ports", "harbour-port", "airport"] | None,
        says("Where the applicant arrived.", "Lieu d'arrivée."),
    ] = None
    removal_in_transit: Annotated[
        bool | None,
        says(
            "In transit through the United States under a removal from Canada.",
            "En transit aux États-Unis en exécution d'un renvoi du Canada.",
        ),
    ] = None
    entry_date: Annotated[
        date | None,
        says("Day of the crossing between ports.", "Jour du passage entre les points d'entrée."),
    ] = None
    claim_date: Annotated[
        date | None, says("Day the fear was stated.", "Jour où la crainte a été exprimée.")
    ] = None
    nationalities: Annotated[
        tuple[str, ...] | None,
        says(
            "Every nationality, alpha-3; XXA if stateless.",
            "Toutes les nationalités, alpha-3; XXA pour l'apatride.",
        ),
    ] = None
    habitual_residence: Annotated[
        tuple[str, ...] | None,
        says("Countries of habitual residence.", "Pays de résidence habituelle."),
    ] = None
    birth_date: Annotated[date | None, says("Birth date.", "Date de naissance.")] = None
    relatives: Annotated[
        tuple[Relative, ...] | None,
        says(
            "Relatives in the United States; an empty list means that it was asked.",
            "Membres de la famille aux États-Unis; une liste vide signifie que la question a été "
            "posée.",
        ),
    ] = None
    unaccompanied: Annotated[
        bool | None,
        says("A minor without a parent or guardian.", "Mineur sans parent ni tuteur."),
    ] = None
    us_document: Annotated[
        bool | None,
        says(
            "Holds a valid United States visa or admission document, not for transit only.",
            "Titulaire d'un visa ou document d'admission américain valide, non aux seules fins "
            "de transit.",
        ),
    ] = None
    passport_feature: Annotated[
        bool | None,
        says(
            "What a Canadian visa exemption asks of the passport.",
            "Ce qu'une dispense de visa canadienne exige du passeport.",
        ),
    ] = None
    fear_asked: Annotated[
        bool | None,
        says(
            "The applicant was asked what they fear.", "On a demandé au demandeur ce qu'il craint."
        ),
    ] = None


def run(facts: UsStcaFacts, law: View) -> Verdict:
    """Whether the person would be returned to Canada."""
    a = Answer("stca", law)
    law.must_stand(CFR)
    outside = _outside(a, facts)
    if outside is not None and outside is not OPEN:
        a.open_facts.clear()
        return a.verdict("not-applicable", outside)
    found = [section for section, ask in EXCEPTIONS if _ask(a, facts, section, ask)]
    if found:
        a.open_facts.clear()
        return a.verdict("exception", EXCEPTION)
    if not facts.fear_asked:
        a.open_facts.append("fear_asked")
    if a.open_facts:
        return a.verdict("undetermined", OPEN if outside is OPEN else NOT_ALL_ASKED)
    a.met(CFR)
    a.next_steps.append(PUBLIC_INTEREST)
    return a.verdict("applies", APPLIES, extra=EXTRA)


def _outside(a: Answer, f: UsStcaFacts) -> Reason | None:
    """None: the bar reaches this arrival."""
    if f.came_from_canada is False:
        a.not_met(CFR)
        return NOT_FROM_CANADA
    if f.came_from_canada is None or f.place is None:
        missing = [n for n in ("came_from_canada", "place") if getattr(f, n) is None]
        a.unknown(CFR, *missing)
        return OPEN
    if f.place == "between-ports":
        return _between_ports(a, f)
    if f.place in ("harbour-port", "airport"):
        if f.removal_in_transit is None:
            a.unknown(CFR, "removal_in_transit")
            return OPEN
        if not f.removal_in_transit:
            a.not_met(CFR)
            return OTHER_PLACE
    return None


def _between_ports(a: Answer, f: UsStcaFacts) -> Reason | None:
    """The fourteenth day after the crossing is in, as the Protocol has it."""
    section = f"{CFR}(ii)"
    if a.view.find(section) is None:
        a.not_met(section)
        return OTHER_PLACE
    if f.entry_date is None:
        a.unknown(section, "entry_date")
        return OPEN
    days = full_days_between(f.entry_date, f.claim_date or a.view.on)
    return None if a.test(section, 0 <= days <= a.view.value(section)) else TOO_LATE


def _ask(a: Answer, f: UsStcaFacts, section: str, ask: "Ask") -> bool:
    holds, names = ask(a, f)
    return bool(a.test(f"{CFR}(iii)({section})", holds, *names))


Outcome = tuple[bool | None, tuple[str, ...]]
Ask = Callable[[Answer, UsStcaFacts], Outcome]


def _citizen(a: Answer, f: UsStcaFacts) -> Outcome:
    if not f.nationalities:
        return None, ("nationalities",)
    if "XXA" in f.nationalities:
        if f.habitual_residence is None:
            return None, ("habitual_residence",)
        return "CAN" in f.habitual_residence, ()
    return "CAN" in f.nationalities, ()


def _relative(a: Answer, f: UsStcaFacts) -> Outcome:
    return _any(a, f, lambda r: r.lawful_status)


def _pending(a: Answer, f: UsStcaFacts) -> Outcome:
    def ask(r: Relative) -> bool | None:
        if r.asylum_pending is False or r.adult is False:
            return False
        return None if None in (r.asylum_pending, r.adult) else True

    return _any(a, f, ask)


def _any(a: Answer, f: UsStcaFacts, ask: Callable[[Relative], bool | None]) -> Outcome:
    if f.relatives is None:
        return None, ("relatives",)
    family = a.view.codes(f"{CFR}(iii)(B)")
    values = [ask(r) for r in f.relatives if r.relation in family]
    if True in values:
        return True, ()
    return (None, ("relatives",)) if None in values else (False, ())


def _minor(a: Answer, f: UsStcaFacts) -> Outcome:
    limit = a.view.value(f"{CFR}(iii)(D)")
    adult = None
    if f.birth_date is not None and limit is not None:
        adult = age_on(f.birth_date, f.claim_date or a.view.on) >= limit
    if adult or f.unaccompanied is False:
        return False, ()
    if adult is None or f.unaccompanied is None:
        return None, ("birth_date", "unaccompanied")
    return True, ()


def _document(a: Answer, f: UsStcaFacts) -> Outcome:
    if f.us_document:
        return True, ()
    if not f.nationalities:
        return None, ("nationalities",)
    common = VisaFacts(
        nationalities=f.nationalities,
        passport_feature=f.passport_feature,
        us_permanent_resident=False,
        special_exemption="none",
    )
    here = need(Answer("", a.view), f.nationalities, common)
    if here == "visa":
        return (None, ("us_document",)) if f.us_document is None else (False, ())
    there = ca_visa.need(Answer("", a.view.abroad("ca")), common, f.nationalities, False)
    if there is None:
        return None, ("passport_feature",)
    if there == "visa":
        return True, ()
    return (None, ("us_document",)) if f.us_document is None else (False, ())


EXCEPTIONS: tuple[tuple[str, Ask], ...] = (
    ("A", _citizen),
    ("B", _relative),
    ("C", _pending),
    ("D", _minor),
    ("E", _document),
)
PUBLIC_INTEREST = Text(
    "An exception in the public interest belongs to a delegated official of the Department.",
    "Une exception d'intérêt public appartient à un fonctionnaire délégué du ministère.",
)


def _why(code: str, en: str, fr: str) -> Reason:
    return Reason(code=f"stca.{code}", detail=Text(en, fr), citation=CFR)


NOT_FROM_CANADA = _why(
    "not-from-canada",
    "The person did not come from Canada.",
    "La personne n'est pas arrivée du Canada.",
)
OTHER_PLACE = _why(
    "other-place",
    "The agreement does not reach this place of arrival.",
    "L'accord ne vise pas ce lieu d'arrivée.",
)
TOO_LATE = _why(
    "beyond-14-days",
    "Fear was stated more than fourteen days after the crossing.",
    "La crainte a été exprimée plus de quatorze jours après le passage.",
)
OPEN = _why(
    "open",
    "Where the person came from, or where they arrived, is not known.",
    "On ne sait pas d'où la personne est arrivée, ni où.",
)
EXCEPTION = _why(
    "exception",
    "An exception is shown; the trace says which.",
    "Une exception est établie; le détail indique laquelle.",
)
NOT_ALL_ASKED = _why(
    "not-all-asked",
    "Not every exception, or the fear, has been asked about; nothing adverse may be proposed.",
    "Les exceptions, ou la crainte, n'ont pas toutes été examinées; rien de défavorable ne peut "
    "être proposé.",
)
APPLIES = _why(
    "applies",
    "From Canada, and no exception is shown.",
    "Arrivée du Canada, et aucune exception n'est établie.",
)
EXTRA = Extra(
    author=Text(
        "An asylum officer, reviewed by a supervisor.",
        "Un agent d'asile, sous la révision d'un superviseur.",
    ),
    notice=Text(
        "In writing, in a language the person understands.",
        "Par écrit, dans une langue que la personne comprend.",
    ),
    redress=Text(
        "As the law of the United States gives; counsel is asked.",
        "Selon le droit des États-Unis; un juriste est consulté.",
    ),
)
RULE = Rule(
    name="stca",
    pack="us",
    title=Text(
        "Does the safe-third-country bar stop this claim in the United States?",
        "La règle du tiers pays sûr fait-elle obstacle à cette demande aux États-Unis?",
    ),
    facts=UsStcaFacts,
    words=(
        Word(
            word="exception",
            means=Text(
                "An exception is shown; the claim is heard.",
                "Une exception est établie; la demande est entendue.",
            ),
        ),
        Word(
            word="not-applicable",
            means=Text("The bar does not reach this claim.", "La règle ne vise pas cette demande."),
        ),
        UNDETERMINED,
        Word(
            word="applies",
            means=Text(
                "The person would be returned to Canada.", "La personne serait retournée au Canada."
            ),
            adverse=True,
        ),
    ),
    citations=(CFR, f"{CFR}(ii)", *(f"{CFR}(iii)({s})" for s, _ in EXCEPTIONS)),
    run=run,
    day_fact="claim_date",
)

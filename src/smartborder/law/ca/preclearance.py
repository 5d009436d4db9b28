"""Which act which officer may do in preclearance, in which state (Preclearance Act 19-33).

Canadian law applies. An act is permitted only if every condition is shown; a withdrawal
takes all powers away but those of sections 31 and 32, and all biometrics with them.
"""

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca.preclearance_facts import PreclearanceFacts
from smartborder.law.checklist import Requirement, negated, require
from smartborder.law.provisions import View
from smartborder.law.rule import UNDETERMINED, Rule, Word
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

PA = "Preclearance Act"
SEARCHES = frozenset({"frisk-search", "strip-search", "monitored-bowel-movement"})
FALLBACK = frozenset({"declines", "not-able", "did-not-arrive"})
GENERAL = frozenset(
    {"identify", "question", "collect-information", "record-identity", "search-goods", "photograph"}
)
IN_PERIMETER = frozenset({"identify", "question", "look-at-conveyance", "search-goods"})


def run(facts: PreclearanceFacts, law: View) -> Verdict:
    """Permitted, or not; what is not known never permits."""
    a = Answer("preclearance", law)
    if law.find(f"{PA} 29") is None:
        a.not_met(f"{PA} 29")
        return a.verdict("undetermined", NOT_CODED)
    missing = [n for n in ("officer", "act", "place", "state") if getattr(facts, n) is None]
    if missing:
        a.unknown(f"{PA} 19", *missing)
        return a.verdict("undetermined", OPEN)
    if facts.act == "arrest-under-us-law":
        a.not_met(f"{PA} 10(2)")
        return a.verdict("not-permitted", NO_US_POWERS)
    if facts.in_transit:
        a.next_steps.append(IN_TRANSIT)
    holds = _withdrawing(a, facts) if facts.state == "withdrawing" else _before(a, facts)
    if holds is None:
        return a.verdict("undetermined", CONDITION_OPEN)
    if holds:
        return a.verdict("permitted", PERMITTED, extra=EXTRA)
    a.open_facts.clear()
    if facts.state == "withdrawing":
        a.next_steps.append(LET_LEAVE)
        return a.verdict("not-permitted", WITHDRAWN)
    return a.verdict("not-permitted", NOT_PERMITTED)


def _withdrawing(a: Answer, f: PreclearanceFacts) -> bool | None:
    """Sections 31 to 33; everything else is gone."""
    a.met(f"{PA} 31(1)")
    if f.act == "collect-biometrics":
        a.not_met(f"{PA} 33(2)")
        return False
    if f.act == "use-withdrawal-information":
        purpose = f.border_security_purpose
        return require(a, [(f"{PA} 33(1)", purpose, ("border_security_purpose",))])
    plain = _on_withdrawal(f)
    if plain is not False:
        delay = negated(f.unreasonable_delay)
        name = "photo_identification" if f.act == "photograph" else "threatens_border"
        conditions: list[Requirement] = [
            (f"{PA} 31(2)", plain, (name,)),
            (f"{PA} 31(3)", delay, ("unreasonable_delay",)),
        ]
        if require(a, conditions):
            return True
        if plain is None or delay is None:
            return None
    else:
        a.not_met(f"{PA} 31(2)")
    return _suspected_offence(a, f)


def _on_withdrawal(f: PreclearanceFacts) -> bool | None:
    """Is this one of the acts of 31(2)?"""
    if f.act in ("identify", "question-reason-for-withdrawing", "record-identity"):
        return True
    if f.act == "look-at-conveyance":
        return True
    if f.act == "photograph":
        return negated(f.photo_identification)
    if f.act == "scan-conveyance":
        return f.threatens_border
    return False


def _suspected_offence(a: Answer, f: PreclearanceFacts) -> bool | None:
    """32(1): a suspected offence opens a closed list of acts, and makes it a detention."""
    if f.act not in (GENERAL | {"frisk-search", "strip-search"}):
        a.not_met(f"{PA} 32(1)")
        return False
    conditions: list[Requirement] = [
        (f"{PA} 32(1)", f.suspects_offence, ("suspects_offence",)),
    ]
    if f.act == "photograph":
        shown = negated(f.photo_identification)
        conditions.append((f"{PA} 31(2)", shown, ("photo_identification",)))
    conditions += _search_conditions(f)
    holds = require(a, conditions)
    if holds:
        a.met(f"{PA} 32(3)")
        a.next_steps.append(DETENTION)
    return holds


def _before(a: Answer, f: PreclearanceFacts) -> bool | None:
    """Sections 19 to 28, while the traveller has not withdrawn."""
    a.not_asked(f"{PA} 31(1)")
    if f.act in ("question-reason-for-withdrawing", "use-withdrawal-information"):
        a.not_met(f"{PA} 31(2)")
        return False
    if f.place == "perimeter":
        return a.test(f"{PA} 28", f.act in IN_PERIMETER)
    a.met(f"{PA} 19")
    if f.act == "refuse-admission":
        a.next_steps.append(NOT_REVIEWED_HERE)
        a.met(f"{PA} 40")
        return a.test(f"{PA} 20(1)", f.officer == "preclearance-officer")
    if f.act in GENERAL or f.act in ("look-at-conveyance", "scan-conveyance"):
        return a.test(f"{PA} 20(1)", f.officer == "preclearance-officer")
    if f.act == "collect-biometrics":
        return require(a, [(f"{PA} 20(2)", f.notice_posted, ("notice_posted",))])
    if f.act == "x-ray-or-cavity-search":
        suspicion = ("suspects_concealed_goods", "search_necessary")
        return require(
            a,
            [
                (f"{PA} 24(2)", f.consents, ("consents",)),
                (f"{PA} 22(3)", _grounds(f), suspicion),
            ],
        )
    return require(a, _search_conditions(f))


def _grounds(f: PreclearanceFacts) -> bool | None:
    values = (f.suspects_concealed_goods, f.search_necessary)
    if False in values:
        return False
    return None if None in values else True


def _search_conditions(f: PreclearanceFacts) -> list[Requirement]:
    """Grounds, who may do it, the senior officer and the same sex (21-26)."""
    if f.act not in SEARCHES:
        return []
    grounds = ("suspects_concealed_goods", "search_necessary")
    result: list[Requirement] = []
    if f.act == "frisk-search":
        suspicion = f.suspects_concealed_goods
        result.append((f"{PA} 21", suspicion, ("suspects_concealed_goods",)))
    elif f.act == "strip-search":
        result.append((f"{PA} 22(3)", _grounds(f), grounds))
        if f.officer == "preclearance-officer":
            fallback = None if f.border_officer is None else f.border_officer in FALLBACK
            result.append((f"{PA} 22(4)", fallback, ("border_officer",)))
    else:
        result.append((f"{PA} 22(3)", _grounds(f), grounds))
        result.append((f"{PA} 23(3)", f.officer == "border-services-officer", ()))
    senior: bool | None = f.told_of_senior_officer
    if senior:
        senior = None if f.senior_officer is None else f.senior_officer != "does-not-agree"
    result.append((f"{PA} 25", senior, ("told_of_senior_officer", "senior_officer")))
    result.append((f"{PA} 26(1)", f.same_sex, ("same_sex",)))
    return result


LET_LEAVE = Text(
    "Identity and reason for withdrawing may be asked; then the traveller leaves.",
    "L'identité et le motif du retrait peuvent être demandés; puis le voyageur part.",
)
IN_TRANSIT = Text(
    "In transit: a withdrawal brings the traveller to Canadian examination; until then they stay "
    "in the sterile area.",
    "En transit : le retrait mène le voyageur au contrôle canadien; d'ici là, il reste dans "
    "l'espace isolé.",
)
NOT_REVIEWED_HERE = Text(
    "A refusal of admission by the United States is not reviewed in Canada.",
    "Le refus d'admission par les États-Unis n'est pas révisé au Canada.",
)
DETENTION = Text(
    "This is a detention; the rights on detention are given.",
    "Il s'agit d'une détention; les droits en cas de détention sont donnés.",
)


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"preclearance.{code}", detail=Text(en, fr), citation=f"{PA} {section}")


NOT_CODED = _why(
    "law-not-coded",
    "The law before this Act came into force has not been coded.",
    "Le droit antérieur à l'entrée en vigueur de cette loi n'a pas été codé.",
    "29",
)
NO_US_POWERS = _why(
    "no-us-powers",
    "Powers of search, detention or arrest of the law of the United States are not used in Canada.",
    "Les pouvoirs de fouille, de détention ou d'arrestation du droit américain ne s'exercent pas "
    "au Canada.",
    "10(2)",
)
OPEN = _why(
    "open",
    "Officer, act, place or state is not known.",
    "L'agent, l'acte, l'endroit ou l'état n'est pas connu.",
    "19",
)
CONDITION_OPEN = _why(
    "condition-open",
    "A condition has not been shown; until it is, the act is not done.",
    "Une condition n'a pas été établie; d'ici là, l'acte n'est pas accompli.",
    "19-33",
)
PERMITTED = _why(
    "permitted",
    "Every condition of the act is met.",
    "Toutes les conditions de l'acte sont remplies.",
    "19-33",
)
NOT_PERMITTED = _why(
    "not-permitted",
    "A condition of the act is not met; the trace says which.",
    "Une condition de l'acte n'est pas remplie; le détail indique laquelle.",
    "19-28",
)
WITHDRAWN = _why(
    "withdrawn",
    "The traveller has withdrawn; this act is no longer open.",
    "Le voyageur s'est retiré; cet acte n'est plus possible.",
    "31(1)",
)
EXTRA = Extra(
    author=Text(
        "The officer who does it, by name; the senior officer where the traveller asks.",
        "L'agent qui l'accomplit, nommément; l'agent principal si le voyageur le demande.",
    ),
    notice=Text(
        "The traveller is told of the act, of the right to withdraw, and before a search of the "
        "senior officer.",
        "Le voyageur est informé de l'acte, du droit de retrait et, avant une fouille, de "
        "l'agent principal.",
    ),
    redress=Text(
        "Canadian senior officials of the Preclearance Consultative Group (26.1), besides any "
        "other recourse.",
        "Hauts fonctionnaires canadiens du Groupe consultatif sur le précontrôle (26.1), outre "
        "tout autre recours.",
    ),
)
RULE = Rule(
    name="preclearance",
    pack="ca",
    title=Text(
        "May this officer do this act in preclearance?",
        "Cet agent peut-il accomplir cet acte au précontrôle?",
    ),
    facts=PreclearanceFacts,
    words=(
        Word(word="not-permitted", means=Text("The act is blocked.", "L'acte est bloqué.")),
        UNDETERMINED,
        Word(
            word="permitted",
            means=Text(
                "The law lets this officer do it; whether to is for the officer.",
                "La loi le permet à cet agent; il lui revient d'en décider.",
            ),
            adverse=True,
        ),
    ),
    citations=tuple(
        f"{PA} {s}"
        for s in (
            "10(2)",
            "19",
            "20(1)",
            "20(2)",
            "21",
            "22(3)",
            "22(4)",
            "23(3)",
            "24(2)",
            "25",
            "26(1)",
            "28",
            "29",
            "31(1)",
            "31(2)",
            "31(3)",
            "32(1)",
            "32(3)",
            "33(1)",
            "33(2)",
            "40",
        )
    ),
    run=run,
)

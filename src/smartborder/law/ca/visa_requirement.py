"""What a person needs to come to Canada: nothing, an authorization, a visa (IRPR 7-7.1, 190).

The order is that of the regulations: who is exempt from the visa (190), by nationality,
document or purpose; who of those still needs an electronic travel authorization because
they come by air (7.1); who may have an authorization instead of the visa (7.01).
"""

from typing import Annotated

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.entry_facts import VISA_WORDS, VisaFacts
from smartborder.law.facts import says
from smartborder.law.nationality import is_known
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

EXEMPT_BY_STATUS: dict[str, tuple[str | None, str]] = {
    "diplomat": ("IRPR 190(2)(a)", "IRPR 7.1(3)(c)"),
    "visiting-force": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "crew-agreement": ("IRPR 190(3)", "IRPR 7.1(3)(d)"),
    "refuelling-stop": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "unscheduled-stop": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "transit-programme": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "re-entry-from-neighbour": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "flight-inspector": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "accident-investigator": ("IRPR 190(3)", "IRPR 7.1(3)(f)"),
    "royal-family": (None, "IRPR 7.1(3)(a)"),
    "st-pierre-resident": (None, "IRPR 7.1(3)(e)"),
}
"""Special exemption -> the section that lifts the visa (None: it does not), and the eTA."""

BY_DOCUMENT = ("IRPR 190(1)(b)", "IRPR 190(2)", "IRPR 190(2.1)")


class CaVisaFacts(VisaFacts, frozen=True, kw_only=True):
    """What Canada asks besides: who may have an authorization, and ships from St. Pierre."""

    canadian_visa_in_ten_years: Annotated[
        bool | None,
        says(
            "Held a temporary resident visa of Canada within the ten years before applying.",
            "A été titulaire d'un visa de résident temporaire du Canada dans les dix ans avant la "
            "demande.",
        ),
    ] = None
    us_visa_valid: Annotated[
        bool | None,
        says(
            "Holds a valid non-immigrant visa of the United States.",
            "Est titulaire d'un visa de non-immigrant valide des États-Unis.",
        ),
    ] = None
    vessel_from_st_pierre: Annotated[
        bool | None,
        says(
            "Comes by ship from Saint Pierre and Miquelon.",
            "Arrive par bateau de Saint-Pierre-et-Miquelon.",
        ),
    ] = None
    vessel_berths: Annotated[
        int | None,
        says(
            "Berths of that ship for passengers who stay overnight.",
            "Couchettes de ce bateau pour passagers qui y passent la nuit.",
        ),
    ] = None


def need(a: Answer, facts: VisaFacts, nationalities: tuple[str, ...], by_air: bool) -> str | None:
    """The verdict word for these nationalities, elements recorded on the way.

    None if it hangs on the passport's features, which are not known. Exceptions that were
    not asked about are recorded as such; the caller decides what follows from that.
    """
    law = a.view
    if "USA" in nationalities:
        a.met("IRPR 190(1)(c)")
        if by_air:
            a.met("IRPR 7.1(3)(b)")
        return "nothing"
    if facts.us_permanent_resident:
        a.met("IRPR 190(1)(c)")
        covered = (law.value("IRPR 7.1(3)(b)") or {}).get("permanent-residents", False)
        if not by_air or covered:
            if by_air:
                a.met("IRPR 7.1(3)(b)")
            return "nothing"
        a.not_met("IRPR 7.1(3)(b)")
        a.met("IRPR 7.1(1)")
        return "travel-authorisation"
    no_visa, no_authorisation = EXEMPT_BY_STATUS.get(facts.special_exemption or "", (None, None))
    if no_visa is not None:
        a.met(no_visa)
        if by_air and no_authorisation:
            a.met(no_authorisation)
        return "nothing"
    exempt = _exempt(a, facts, nationalities)
    if exempt:
        if not by_air:
            return "nothing"
        if facts.role == "crew":
            no_authorisation = "IRPR 7.1(3)(d)"
        if no_authorisation:
            a.met(no_authorisation)
            return "nothing"
        if law.find("IRPR 7.1(1)") is None:
            a.not_met("IRPR 7.1(1)")
            return "nothing"
        a.met("IRPR 7.1(1)")
        return "travel-authorisation"
    listed = law.codes("IRPR 7.01(1)")
    if by_air and any(n in listed for n in nationalities):
        a.met("IRPR 7.01(1)")
        return "travel-authorisation-or-visa"
    if exempt is None:
        return None
    a.met("IRPR 7(1)")
    return "visa"


def _exempt(a: Answer, facts: VisaFacts, nationalities: tuple[str, ...]) -> bool | None:
    """Exempt from the visa by nationality or by the document (190(1), (2), (2.1))?"""
    a.view.must_stand("IRPR 190(1)(a)")
    listed = a.view.codes("IRPR 190(1)(a)")
    for nationality in nationalities:
        if nationality in listed:
            a.met("IRPR 190(1)(a)")
            return True
    open_question = False
    for citation in BY_DOCUMENT:
        table = a.view.value(citation) or {}
        for nationality in nationalities:
            if nationality in table.get("plain", ()):
                a.met(citation)
                return True
            if nationality in table.get("with-feature", ()):
                if a.test(citation, facts.passport_feature, "passport_feature"):
                    return True
                open_question = open_question or facts.passport_feature is None
    a.not_met("IRPR 190(1)(a)")
    return None if open_question else False


def run(facts: CaVisaFacts, law: View) -> Verdict:
    """What this person needs, in general; exceptions not asked about are listed as open."""
    a = Answer("visa-requirement", law)
    if facts.nationalities is None or not all(is_known(n) for n in facts.nationalities):
        a.unknown("IRPR 7(1)", "nationalities")
        return a.verdict("undetermined", NATIONALITY_OPEN)
    if facts.mode is None:
        a.unknown("IRPR 7.1(1)", "mode")
    if "CAN" in facts.nationalities or facts.special_exemption == "registered-indian":
        a.met("IRPA 19(1)")
        return a.verdict("nothing", CITIZEN, needs_officer=False)
    if facts.mode is None:
        on_land = need(a, facts, facts.nationalities, False)
        if on_land != need(Answer("", law), facts, facts.nationalities, True):
            return a.verdict("undetermined", MODE_OPEN)
        word = on_land
    else:
        asked = _authorisation_asked(a, facts)
        if asked is None:
            a.unknown("IRPR 7.1(3)(g)", "vessel_berths")
            return a.verdict("undetermined", BERTHS_OPEN)
        word = need(a, facts, facts.nationalities, asked)
    if word == "travel-authorisation-or-visa":
        word = _conditional(a, facts)
    if word is None:
        return a.verdict("undetermined", FEATURE_OPEN)
    if word != "nothing":
        if facts.us_permanent_resident is None:
            a.not_asked("IRPR 190(1)(c)")
            a.open_facts.append("us_permanent_resident")
        if facts.special_exemption is None:
            a.not_asked("IRPR 190(3)")
            a.open_facts.append("special_exemption")
    return a.verdict(word, REASONS[word], needs_officer=bool(a.open_facts))


def _authorisation_asked(a: Answer, f: CaVisaFacts) -> bool | None:
    """By air, and by ship from St. Pierre unless it has a hundred berths (7.1(1), (3)(g))."""
    if f.mode != "sea" or a.view.find("IRPR 7.1(3)(g)") is None:
        return f.mode == "air"
    if f.vessel_from_st_pierre is None:
        a.not_asked("IRPR 7.1(3)(g)")
        a.open_facts.append("vessel_from_st_pierre")
    if not f.vessel_from_st_pierre:
        return False
    if f.vessel_berths is None:
        return None
    return not a.test("IRPR 7.1(3)(g)", f.vessel_berths >= a.view.needs("IRPR 7.1(3)(g)"))


def _conditional(a: Answer, f: CaVisaFacts) -> str:
    """Only who held our visa, or holds one of the United States, may apply instead (7.01(2))."""
    values = (f.canadian_visa_in_ten_years, f.us_visa_valid)
    may = True if True in values else None if None in values else False
    names = ("canadian_visa_in_ten_years", "us_visa_valid")
    if a.test("IRPR 7.01(2)", may, *(n for n in names if getattr(f, n) is None)):
        return "travel-authorisation"
    return "travel-authorisation-or-visa" if may is None else "visa"


CITIZEN = Reason(
    code="visa.citizen",
    detail=Text(
        "A Canadian citizen needs neither visa nor authorization.",
        "Le citoyen canadien n'a besoin ni de visa ni d'autorisation.",
    ),
    citation="IRPA 19(1)",
)
NATIONALITY_OPEN = Reason(
    code="visa.nationality-open",
    detail=Text(
        "The requirement depends on nationality, which is not known.",
        "L'obligation dépend de la nationalité, qui n'est pas connue.",
    ),
    citation="IRPR 7(1)",
)
MODE_OPEN = Reason(
    code="visa.mode-open",
    detail=Text(
        "It depends on whether the person comes by air.",
        "Cela dépend de l'arrivée par voie aérienne ou non.",
    ),
    citation="IRPR 7.1(1)",
)
BERTHS_OPEN = Reason(
    code="visa.berths-open",
    detail=Text(
        "By ship from Saint Pierre and Miquelon it depends on the berths of the ship.",
        "Par bateau de Saint-Pierre-et-Miquelon, cela dépend du nombre de couchettes du bateau.",
    ),
    citation="IRPR 7.1(3)(g)",
)
FEATURE_OPEN = Reason(
    code="visa.passport-feature-open",
    detail=Text(
        "The exemption hangs on a feature of the passport that is not known.",
        "La dispense dépend d'une caractéristique du passeport qui n'est pas connue.",
    ),
    citation="IRPR 190(2)",
)
REASONS = {
    "nothing": Reason(
        code="visa.nothing-needed",
        detail=Text(
            "Exempt from the visa, and no electronic travel authorization is needed.",
            "Dispensé du visa, et sans obligation d'autorisation de voyage électronique.",
        ),
        citation="IRPR 190",
    ),
    "travel-authorisation": Reason(
        code="visa.authorisation-needed",
        detail=Text(
            "Exempt from the visa; by air an electronic travel authorization is needed, unless a "
            "visa is held.",
            "Dispensé du visa; par voie aérienne, une autorisation de voyage électronique est "
            "requise, sauf pour le titulaire d'un visa.",
        ),
        citation="IRPR 7.1(1)",
    ),
    "travel-authorisation-or-visa": Reason(
        code="visa.authorisation-or-visa",
        detail=Text(
            "By air, a visa or an electronic travel authorization; only those of subsection "
            "7.01(2) may apply for the latter.",
            "Par voie aérienne, un visa ou une autorisation de voyage électronique; seules les "
            "personnes du paragraphe 7.01(2) peuvent demander cette dernière.",
        ),
        citation="IRPR 7.01(1)",
    ),
    "visa": Reason(
        code="visa.visa-needed",
        detail=Text(
            "A temporary resident visa is needed.", "Un visa de résident temporaire est requis."
        ),
        citation="IRPR 7(1)",
    ),
}

RULE = Rule(
    name="visa-requirement",
    pack="ca",
    title=Text(
        "What a person needs to come to Canada",
        "Ce qu'il faut pour venir au Canada",
    ),
    facts=CaVisaFacts,
    words=VISA_WORDS,
    citations=(
        "IRPA 19(1)",
        "IRPR 7(1)",
        "IRPR 7.01(1)",
        "IRPR 7.01(2)",
        "IRPR 7.1(1)",
        "IRPR 7.1(3)(a)",
        "IRPR 7.1(3)(b)",
        "IRPR 7.1(3)(c)",
        "IRPR 7.1(3)(d)",
        "IRPR 7.1(3)(e)",
        "IRPR 7.1(3)(f)",
        "IRPR 7.1(3)(g)",
        "IRPR 190(1)(a)",
        "IRPR 190(1)(b)",
        "IRPR 190(1)(c)",
        "IRPR 190(2)",
        "IRPR 190(2)(a)",
        "IRPR 190(2.1)",
        "IRPR 190(3)",
    ),
    run=run,
)

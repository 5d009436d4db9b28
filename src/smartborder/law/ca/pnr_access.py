"""May this official see this element of a booking record now? (SOR/2005-346 ss. 3-5)

Four tiers: by the time of departure up to 72 hours, then by its day. The history of a
record and the raw message are masked exactly like the element they hold.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from smartborder.kernel.calendar import months_after, years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.ca import pnr_reasons as why
from smartborder.law.facts import says
from smartborder.law.pnr_facts import ElementFacts
from smartborder.law.pnr_words import PNR_WORDS
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.verdict import LegalClock, Verdict

REG = "SOR/2005-346"


class PnrFacts(ElementFacts, frozen=True, kw_only=True):
    """One element of one record, one official, one instant."""

    departed_at: Annotated[
        datetime | None,
        says(
            "Time of take-off from the last point of embarkation before Canada, with its offset.",
            "Moment du décollage du dernier point d'embarquement avant le Canada, avec décalage.",
        ),
    ] = None
    departure_day: Annotated[
        date | None,
        says(
            "Local day of that departure; default: the day of the time given.",
            "Jour local de ce départ; par défaut, le jour du moment indiqué.",
        ),
    ] = None
    accessed_at: Annotated[
        datetime | None,
        says("Instant of access, with its offset.", "Instant de l'accès, avec décalage."),
    ] = None
    element: Annotated[
        Literal["name", "other-identifying", "not-identifying"] | None,
        says(
            "What the element tells: a name, something else that could identify, neither.",
            "Nature de l'élément : un nom, autre chose qui pourrait identifier, ni l'un ni "
            "l'autre.",
        ),
    ] = None
    purpose: Annotated[
        Literal["identify", "trend", "access-law", "other"] | None,
        says(
            "Purpose: to identify a suspect, trend analysis, a request under access or privacy "
            "law, other.",
            "Fin : identifier un suspect, analyse de tendances, demande au titre des lois "
            "d'accès ou de vie privée, autre.",
        ),
    ] = None
    functions_require: Annotated[
        bool | None,
        says(
            "The official's functions require access.",
            "Les fonctions du fonctionnaire exigent l'accès.",
        ),
    ] = None
    necessity_confirmed: Annotated[
        bool | None,
        says(
            "The official confirms that the name is necessary.",
            "Le fonctionnaire confirme que le nom est nécessaire.",
        ),
    ] = None
    president_authorized: Annotated[
        bool | None,
        says(
            "The President authorized this access, entered in the register.",
            "Le président a autorisé cet accès, consigné au registre.",
        ),
    ] = None
    needed_for_suspects: Annotated[
        bool | None,
        says(
            "Kept because it is required to identify persons reasonably suspected.",
            "Conservé parce que nécessaire pour identifier des personnes raisonnablement "
            "soupçonnées.",
        ),
    ] = None
    kept_under_access_law: Annotated[
        bool | None,
        says(
            "Must be kept longer under access or privacy law.",
            "Doit être conservé plus longtemps au titre des lois d'accès ou de vie privée.",
        ),
    ] = None


def run(facts: PnrFacts, law: View) -> Verdict:
    """Full, masked, refused, to be authorized, or gone."""
    a = Answer("pnr-access", law)
    if law.find(f"{REG} 4(2)") is None:
        a.not_met(f"{REG} 4(2)")
        return a.verdict("undetermined", why.NOT_CODED)
    missing = [
        n for n in ("departed_at", "accessed_at", "element", "purpose") if getattr(facts, n) is None
    ]
    departed, accessed = facts.departed_at, facts.accessed_at
    if missing or departed is None or accessed is None:
        a.unknown(f"{REG} 4(1)(a)", *missing)
        return a.verdict("undetermined", why.OPEN)
    if departed.tzinfo is None or accessed.tzinfo is None:
        a.unknown(f"{REG} 4(2)", "departed_at", "accessed_at")
        return a.verdict("undetermined", why.NO_OFFSET)
    day = facts.departure_day or departed.date()
    gone = _kept(a, facts, day, accessed.astimezone(departed.tzinfo).date())
    if gone is not None:
        return gone
    if not a.test(f"{REG} 4(5)", facts.functions_require, "functions_require"):
        word = "undetermined" if facts.functions_require is None else "refused"
        return a.verdict(word, why.FUNCTIONS)
    if facts.purpose == "identify":
        a.met(f"{REG} 4(1)(a)")
    elif facts.purpose == "trend":
        a.met(f"{REG} 4(1)(b)")
    else:
        a.not_met(f"{REG} 4(1)(a)")
        a.not_met(f"{REG} 4(1)(b)")
        return a.verdict("refused", why.PURPOSE)
    return _tier(a, facts, day, departed, accessed)


def _kept(a: Answer, f: PnrFacts, day: date, today: date) -> Verdict | None:
    """None while the record is in its ordinary life; otherwise the answer."""
    last = months_after(day, a.view.needs(f"{REG} 3(1)")["months"])
    a.clocks.append(LegalClock(name="keep-until", due=last, citation=f"{REG} 3(1)"))
    if today <= last:
        return None
    cap = years_after(day, a.view.needs(f"{REG} 3(2)")["years"])
    if f.kept_under_access_law:
        holds = a.test(f"{REG} 5", f.purpose == "access-law")
        return a.verdict("full", why.ACCESS_LAW) if holds else a.verdict("refused", why.PURPOSE)
    if f.needed_for_suspects is None or f.kept_under_access_law is None:
        names = ("needed_for_suspects", "kept_under_access_law")
        a.unknown(f"{REG} 3(2)", *(n for n in names if getattr(f, n) is None))
        return a.verdict("undetermined", why.OPEN)
    if not a.test(f"{REG} 3(2)", f.needed_for_suspects and today <= cap):
        return a.verdict("purged", why.PURGED)
    a.clocks.append(LegalClock(name="keep-at-most-until", due=cap, citation=f"{REG} 3(2)"))
    if not a.test(f"{REG} 4(5)", f.functions_require, "functions_require"):
        word = "undetermined" if f.functions_require is None else "refused"
        return a.verdict(word, why.FUNCTIONS)
    if a.test(f"{REG} 4(4)", f.purpose == "identify"):
        return a.verdict("full", why.KEPT_FOR_SUSPECTS)
    return a.verdict("refused", why.PURPOSE)


def _tier(a: Answer, f: PnrFacts, day: date, departed: datetime, accessed: datetime) -> Verdict:
    limits = a.view.needs(f"{REG} 4(2)")
    if accessed < departed + timedelta(hours=limits["hours"]):
        return a.verdict("full", why.WITHIN_72_HOURS)
    second_ends = years_after(day, limits["years"])
    if accessed.astimezone(departed.tzinfo).date() <= second_ends:
        return _second(a, f)
    if f.element == "not-identifying":
        a.not_asked(f"{REG} 4(3)")
        return a.verdict("full", why.NOT_IDENTIFYING)
    if f.purpose != "identify":
        a.not_met(f"{REG} 4(3)")
        return a.verdict("masked", why.MASKED_IDENTIFYING)
    if a.test(f"{REG} 4(3)", f.president_authorized, "president_authorized"):
        a.met(f"{REG} 4(6)")
        a.next_steps.append(why.REGISTER)
        return a.verdict("full", why.AUTHORIZED)
    a.open_facts.clear()
    a.next_steps += [why.ASK_PRESIDENT, why.REGISTER]
    return a.verdict("authorization-needed", why.PRESIDENT)


def _second(a: Answer, f: PnrFacts) -> Verdict:
    """From 72 hours to two years: the name, and the name alone, is behind a confirmed need."""
    if f.element != "name":
        a.not_asked(f"{REG} 4(2)")
        return a.verdict("full", why.NOT_A_NAME)
    if f.purpose != "identify":
        a.not_met(f"{REG} 4(2)")
        return a.verdict("masked", why.MASKED_NAME)
    if a.test(f"{REG} 4(2)", f.necessity_confirmed, "necessity_confirmed"):
        return a.verdict("full", why.CONFIRMED)
    a.open_facts.clear()
    a.next_steps.append(why.CONFIRM)
    return a.verdict("masked", why.MASKED_NAME)


RULE = Rule(
    name="pnr-access",
    pack="ca",
    title=Text(
        "May this official see this element of a booking record now?",
        "Ce fonctionnaire peut-il voir cet élément d'un dossier passager maintenant?",
    ),
    facts=PnrFacts,
    words=PNR_WORDS,
    citations=tuple(
        f"{REG} {s}"
        for s in (
            "3(1)",
            "3(2)",
            "4(1)(a)",
            "4(1)(b)",
            "4(2)",
            "4(3)",
            "4(4)",
            "4(5)",
            "4(6)",
            "5",
        )
    ),
    run=run,
)

"""May an officer of the United States do this act in preclearance in Canada? (LRMA 2015)

Two orders of law on one question: the law of Canada, where it happens, and the officer's own. The
stricter prevails: nothing that Canada's Preclearance Act blocks is opened here. Our own part is
coded from memory: every answer only advises.
"""

from typing import Annotated

from smartborder.kernel.text import Text
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import preclearance as host_rule
from smartborder.law.ca.preclearance_facts import PreclearanceFacts
from smartborder.law.facts import says
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import Verdict

LRMA = "LRMA"


class UsPreclearanceFacts(PreclearanceFacts, frozen=True, kw_only=True):
    """As Canada asks, and whether the officer may serve in preclearance at all."""

    designated: Annotated[
        bool | None,
        says(
            "The officer is designated for preclearance and trained in the law of Canada.",
            "L'agent est affecté au précontrôle et formé au droit du Canada.",
        ),
    ] = None


def run(facts: UsPreclearanceFacts, law: View) -> Verdict:
    """The answer of the host's law, unless our own is stricter."""
    a = Answer("preclearance", law)
    law.must_stand(f"{LRMA} II")
    if facts.officer == "border-services-officer":
        a.not_met(f"{LRMA} II")
        return a.verdict("not-permitted", NOT_OURS)
    canada = law.abroad("ca")
    host = host_rule.run(facts, canada)
    a.met(f"{LRMA} II")
    for element in host.trace:
        a.borrow(canada, element.citation, element.state)
    a.next_steps += host.next_steps
    if host.verdict == "not-permitted":
        return a.verdict("not-permitted", *host.reasons)
    designated = a.test(f"{LRMA} IV", facts.designated, "designated")
    if designated is False:
        return a.verdict("not-permitted", NOT_DESIGNATED)
    a.open_facts.extend(n for n in host.open_facts if n not in a.open_facts)
    if host.verdict == "undetermined" or designated is None:
        return a.verdict("undetermined", *(host.reasons if designated else (OPEN,)))
    if facts.act == "refuse-admission":
        a.met("8 CFR 235.5(b)")
        a.next_steps.append(REFUSED)
    return a.verdict("permitted", *host.reasons, extra=EXTRA)


REFUSED = Text(
    "Refused admission: the traveller stays in Canada; no removal proceeding is begun here.",
    "Admission refusée : le voyageur reste au Canada; aucune procédure de renvoi n'est engagée "
    "ici.",
)


def _why(code: str, en: str, fr: str, section: str) -> Reason:
    return Reason(code=f"preclearance.{code}", detail=Text(en, fr), citation=f"{LRMA} {section}")


NOT_OURS = _why(
    "not-our-officer",
    "A border services officer of Canada acts under the law of Canada alone.",
    "L'agent des services frontaliers du Canada agit selon le seul droit du Canada.",
    "II",
)
NOT_DESIGNATED = _why(
    "not-designated",
    "The officer is not designated for preclearance, or not trained in the host's law.",
    "L'agent n'est pas affecté au précontrôle, ou pas formé au droit du pays hôte.",
    "IV",
)
OPEN = _why(
    "designation-open",
    "Whether the officer is designated and trained has not been shown.",
    "Il n'est pas établi que l'agent est affecté et formé.",
    "IV",
)
EXTRA = Extra(
    author=Text(
        "The preclearance officer who does it, by name.",
        "Le contrôleur qui l'accomplit, nommément.",
    ),
    notice=host_rule.EXTRA.notice,
    redress=Text(
        "The traveller redress programme of the United States, and the Preclearance Consultative "
        "Group in Canada.",
        "Le programme de recours des voyageurs des États-Unis, et le Groupe consultatif sur le "
        "précontrôle au Canada.",
    ),
)
RULE = Rule(
    name="preclearance",
    pack="us",
    title=Text(
        "May an officer of the United States do this act in preclearance in Canada?",
        "Un agent des États-Unis peut-il accomplir cet acte au précontrôle au Canada?",
    ),
    facts=UsPreclearanceFacts,
    words=host_rule.RULE.info.words,
    citations=(f"{LRMA} II", f"{LRMA} IV", "8 CFR 235.5(b)"),
    run=run,
)

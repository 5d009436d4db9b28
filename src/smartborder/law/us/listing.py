"""Where a designation as foreign terrorist organization stands, and its clocks (8 USC 1189).

Coded from excerpts and memory: every answer only advises.
"""

from datetime import timedelta

from smartborder.kernel.calendar import day_after, years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.listing_facts import LISTING_WORDS, ListingFacts
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.reason import Reason
from smartborder.model.verdict import LegalClock, Verdict

USC = "8 USC"


def run(facts: ListingFacts, law: View) -> Verdict:
    """The state of one designation on the day asked about."""
    a = Answer("listing", law)
    if facts.decision == "remove":
        return a.verdict("removed", REMOVED)
    if facts.listed_on is None:
        a.unknown(f"{USC} 1189(a)(2)", "listed_on")
        return a.verdict("undetermined", OPEN)
    told = facts.listed_on - timedelta(days=law.needs(f"{USC} 1189(a)(2)"))
    a.met(f"{USC} 1189(a)(2)")
    a.clocks.append(LegalClock(name="congress-told-by", due=told, citation=f"{USC} 1189(a)(2)"))
    a.met(f"{USC} 1189(c)")
    court = day_after(facts.listed_on, law.needs(f"{USC} 1189(c)"))
    a.clocks.append(LegalClock(name="judicial-review-by", due=court, citation=f"{USC} 1189(c)"))
    start = facts.last_review_on or facts.listed_on
    years = law.value(f"{USC} 1189(a)(4)(C)")
    if a.test(f"{USC} 1189(a)(4)(C)", years is not None):
        review = years_after(start, years)
        a.clocks.append(LegalClock(name="review-by", due=review, citation=f"{USC} 1189(a)(4)(C)"))
    window = law.value(f"{USC} 1189(a)(4)(B)")
    if window is None:
        a.not_met(f"{USC} 1189(a)(4)(B)")
        return a.verdict("listed", LISTED)
    opens = years_after(facts.application_received_on or facts.listed_on, window)
    a.clocks.append(LegalClock(name="petition-from", due=opens, citation=f"{USC} 1189(a)(4)(B)"))
    if a.test(f"{USC} 1189(a)(4)(B)", law.on >= opens):
        return a.verdict("may-apply", MAY_PETITION)
    return a.verdict("listed", LISTED)


def _why(code: str, en: str, fr: str) -> Reason:
    return Reason(code=f"listing.{code}", detail=Text(en, fr), citation=f"{USC} 1189")


OPEN = _why(
    "open", "What the rule asks is not all known.", "Tout ce que demande la règle n'est pas connu."
)
REMOVED = _why("removed", "The designation was revoked.", "La désignation a été révoquée.")
LISTED = _why(
    "listed",
    "Designated; the time to petition has not come.",
    "Désignée; le moment de faire une requête n'est pas venu.",
)
MAY_PETITION = _why(
    "may-petition",
    "A petition for revocation may be made.",
    "Une requête en révocation peut être faite.",
)

RULE = Rule(
    name="listing",
    pack="us",
    title=Text(
        "Where a designation stands, and its clocks", "L'état d'une désignation et ses délais"
    ),
    facts=ListingFacts,
    words=LISTING_WORDS,
    citations=(
        f"{USC} 1189(a)(2)",
        f"{USC} 1189(a)(4)(B)",
        f"{USC} 1189(a)(4)(C)",
        f"{USC} 1189(c)",
    ),
    run=run,
)

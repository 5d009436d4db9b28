"""Where a listing stands, and its clocks (Criminal Code 83.05, 83.07; SOR/2001-360; SATA 15).

Silence does not mean the same everywhere: after 90 days under 83.05 an entity is deemed to
remain; after 120 (and 120) under the Secure Air Travel Act a name is deemed removed.
"""

from datetime import date

from smartborder.kernel.calendar import business_day_after, day_after, years_after
from smartborder.kernel.text import Text
from smartborder.law.answer import Answer
from smartborder.law.ca import listing_reasons as why
from smartborder.law.holidays import holidays
from smartborder.law.listing_facts import LISTING_WORDS, ListingFacts
from smartborder.law.provisions import View
from smartborder.law.rule import Rule
from smartborder.model.verdict import LegalClock, Verdict

CC = "Criminal Code"
SATA = "Secure Air Travel Act 15(6)"


def run(facts: ListingFacts, law: View) -> Verdict:
    """The state of one entry on the day asked about."""
    a = Answer("listing", law)
    if facts.scheme is None:
        a.unknown(f"{CC} 83.05(1)", "scheme")
        return a.verdict("undetermined", why.OPEN)
    _standing_clocks(a, facts)
    if facts.decision in ("remain", "remove"):
        return _decided(a, facts)
    if facts.applied is False:
        return a.verdict("listed", why.NO_APPLICATION)
    received = facts.application_received_on
    if received is None or facts.decision is None:
        names = ("application_received_on", "decision")
        a.unknown(f"{CC} 83.05(3)", *(n for n in names if getattr(facts, n) is None))
        return a.verdict("undetermined", why.OPEN)
    if facts.scheme == "criminal-code":
        return _silence_keeps(a, facts, received)
    if facts.scheme == "un-list":
        return _working_days(a, received)
    return _silence_removes(a, facts, received)


def _standing_clocks(a: Answer, f: ListingFacts) -> None:
    if f.scheme != "criminal-code":
        return
    if f.listed_on is not None:
        a.met(f"{CC} 83.05(1)")
        years = a.view.value(f"{CC} 83.05(8.1)")
        if years is not None:
            a.met(f"{CC} 83.05(8.1)")
            due = years_after(f.last_review_on or f.listed_on, years)
            a.clocks.append(LegalClock(name="review-by", due=due, citation=f"{CC} 83.05(8.1)"))
    if f.mistaken_identity_asked_on is not None:
        a.met(f"{CC} 83.07")
        due = day_after(f.mistaken_identity_asked_on, a.view.needs(f"{CC} 83.07"))
        a.clocks.append(LegalClock(name="certificate-by", due=due, citation=f"{CC} 83.07"))


def _decided(a: Answer, f: ListingFacts) -> Verdict:
    if f.scheme == "criminal-code":
        a.met(f"{CC} 83.05(4)")
        if f.decision == "remain":
            _judicial_review(a, f.notice_received_on)
    if f.decision == "remove":
        a.next_steps.append(why.PURGE_DOWNSTREAM)
        return a.verdict("removed", why.REMOVED)
    return a.verdict("remains", why.REMAINS)


def _judicial_review(a: Answer, notice: date | None) -> None:
    """Sixty days after receipt of the notice; and when another application is possible."""
    if notice is not None:
        a.met(f"{CC} 83.05(5)")
        due = day_after(notice, a.view.needs(f"{CC} 83.05(5)"))
        a.clocks.append(LegalClock(name="judicial-review-by", due=due, citation=f"{CC} 83.05(5)"))
    a.not_asked(f"{CC} 83.05(8)")
    a.next_steps.append(why.REAPPLY)


def _silence_keeps(a: Answer, f: ListingFacts, received: date) -> Verdict:
    days = a.view.needs(f"{CC} 83.05(3)")
    due = day_after(received, days)
    if f.agreed_until is not None and f.agreed_until > due:
        due = f.agreed_until
    a.clocks.append(LegalClock(name="decision-due", due=due, citation=f"{CC} 83.05(3)"))
    if a.test(f"{CC} 83.05(3)", a.view.on > due):
        a.met(f"{CC} 83.05(4)")
        a.next_steps.append(why.NOTICE_WITHOUT_DELAY)
        _judicial_review(a, f.notice_received_on)
        return a.verdict("deemed-to-remain", why.deemed_to_remain(due))
    return a.verdict("pending", why.PENDING)


def _silence_removes(a: Answer, f: ListingFacts, received: date) -> Verdict:
    rule = a.view.needs(SATA)
    further = rule["further"]
    due = day_after(received, rule["days"])
    if f.extended_on_notice:
        due = day_after(due, further)
    a.clocks.append(LegalClock(name="decision-due", due=due, citation=SATA))
    late = a.view.on > due
    if late and further and f.extended_on_notice is None:
        a.unknown(SATA, "extended_on_notice")
        return a.verdict("undetermined", why.OPEN)
    if not a.test(SATA, late):
        return a.verdict("pending", why.PENDING)
    if rule["silence"] == "remains":
        return a.verdict("deemed-to-remain", why.deemed_to_remain(due))
    a.next_steps.append(why.PURGE_DOWNSTREAM)
    return a.verdict("deemed-removed", why.DEEMED_REMOVED)


def _working_days(a: Answer, received: date) -> Verdict:
    """Sixty working days; what silence then means has not been read, so an officer looks."""
    closed = holidays(a.view, "Interpretation Act 35(1)", received.year, received.year + 1)
    a.met("Interpretation Act 35(1)")
    due = business_day_after(received, a.view.needs("SOR/2001-360 2.1"), closed)
    a.clocks.append(LegalClock(name="decision-due", due=due, citation="SOR/2001-360 2.1"))
    if a.view.on <= due:
        a.met("SOR/2001-360 2.1")
        return a.verdict("pending", why.PENDING)
    a.unknown("SOR/2001-360 2.1", "decision")
    return a.verdict("undetermined", why.SILENCE_UNREAD)


RULE = Rule(
    name="listing",
    pack="ca",
    title=Text("Where a listing stands, and its clocks", "L'état d'une inscription et ses délais"),
    facts=ListingFacts,
    words=LISTING_WORDS,
    citations=(
        f"{CC} 83.05(1)",
        f"{CC} 83.05(3)",
        f"{CC} 83.05(4)",
        f"{CC} 83.05(5)",
        f"{CC} 83.05(8)",
        f"{CC} 83.05(8.1)",
        f"{CC} 83.07",
        "Interpretation Act 35(1)",
        SATA,
        "SOR/2001-360 2.1",
    ),
    run=run,
)

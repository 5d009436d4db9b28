"""What NEXUS and FAST share: lane, sanction, review (SOR/2003-323 ss. 10-14.1, 22, 23)."""

from datetime import date

from smartborder.kernel.calendar import day_after, years_after
from smartborder.kernel.text import Text
from smartborder.law import membership as together
from smartborder.law.answer import Answer, Extra
from smartborder.law.ca import trusted_reasons as why
from smartborder.law.ca.trusted_facts import TrustedFacts
from smartborder.law.checklist import Requirement, negated, require
from smartborder.law.rule import UNDETERMINED, Word
from smartborder.model.reason import Compared, Reason
from smartborder.model.verdict import LegalClock, Verdict

REG = "SOR/2003-323"


def membership(a: Answer, holds: bool | None, us_confirmed: bool | None, us: str) -> Verdict:
    """Our own decision, and the yes or no of the United States."""
    confirmed = a.test(us, us_confirmed, "us_confirmed")
    return together.membership(a, holds, confirmed, SIDES, EXTRA)


def lane(a: Answer, f: TrustedFacts, lane_section: str, goods_section: str) -> Verdict:
    """May this conveyance use the lane now?"""
    valid: bool | None = None
    if f.suspended_or_cancelled or (f.issued_on is not None and _expired(a, f.issued_on)):
        valid = False
    elif f.suspended_or_cancelled is False and f.issued_on is not None:
        valid = True
    conditions: tuple[Requirement, ...] = (
        (f"{REG} 13(c)", valid, ("issued_on", "suspended_or_cancelled")),
        (
            f"{REG} {lane_section}",
            f.everyone_aboard_authorized,
            ("everyone_aboard_authorized",),
        ),
        (f"{REG} {goods_section}", negated(f.commercial_goods), ("commercial_goods",)),
    )
    holds = require(a, conditions)
    return together.lane(a, holds, why.LANE, why.NO_LANE, why.OPEN, EXTRA)


def _expired(a: Answer, issued: date) -> bool:
    """Five years after the date of issue."""
    rendered = a.view.find(f"{REG} 10(1)")
    if rendered is None:
        return False
    last = years_after(issued, rendered.value)
    a.clocks.append(LegalClock(name="authorization-expires", due=last, citation=f"{REG} 10(1)"))
    return a.view.on > last


def sanction(a: Answer, f: TrustedFacts) -> Verdict:
    """From when a suspension or cancellation takes effect, and until when review is asked."""
    ground = f.sanction_ground
    holds = None if ground is None else ground != "none"
    if not a.test(f"{REG} 22(1)", holds, "sanction_ground"):
        if holds is None:
            return a.verdict("undetermined", why.OPEN)
        return a.verdict("not-yet-effective", why.NO_GROUND)
    days = a.view.needs(f"{REG} 22(5)")
    candidates = [d for d in (f.told_in_person_on,) if d is not None]
    if f.notice_sent_on is not None:
        candidates.append(day_after(f.notice_sent_on, days))
    if not candidates:
        a.unknown(f"{REG} 22(5)", "told_in_person_on", "notice_sent_on")
        return a.verdict("undetermined", why.NO_NOTICE)
    effective = min(candidates)
    a.clocks.append(LegalClock(name="sanction-effective", due=effective, citation=f"{REG} 22(5)"))
    until = day_after(effective, a.view.needs(f"{REG} 23"))
    a.clocks.append(LegalClock(name="review-request-by", due=until, citation=f"{REG} 23"))
    if f.notice_sent_on is not None:
        a.met(f"{REG} 22(3)")
    a.next_steps += [why.WRITTEN_NOTICE, together.REVIEW_ROUTE]
    if a.test(f"{REG} 22(5)", a.view.on >= effective):
        return a.verdict("sanction-effective", why.SANCTIONED, extra=EXTRA)
    return a.verdict("not-yet-effective", why.NOT_YET)


def review(a: Answer, f: TrustedFacts) -> Verdict:
    """Within thirty days it is accepted; later it is received all the same, and flagged."""
    start = f.rejected_on
    if start is None and (f.told_in_person_on or f.notice_sent_on):
        days = a.view.needs(f"{REG} 22(5)")
        dates = [d for d in (f.told_in_person_on,) if d is not None]
        if f.notice_sent_on is not None:
            dates.append(day_after(f.notice_sent_on, days))
        start = min(dates)
    if start is None or f.review_sent_on is None:
        missing = ["rejected_on"] if start is None else []
        missing += ["review_sent_on"] if f.review_sent_on is None else []
        a.unknown(f"{REG} 23", *missing)
        return a.verdict("undetermined", why.OPEN)
    limit: int = a.view.needs(f"{REG} 23")
    last = day_after(start, limit)
    a.clocks.append(LegalClock(name="review-request-by", due=last, citation=f"{REG} 23"))
    taken = (f.review_sent_on - start).days
    if a.test(f"{REG} 23", f.review_sent_on <= last):
        return a.verdict("review-accepted", _days(why.REVIEW_IN_TIME, limit, taken))
    a.next_steps.append(why.COUNSEL_30_90)
    return a.verdict("review-received", _days(why.REVIEW_LATE, limit, taken))


def _days(reason: Reason, limit: int, taken: int) -> Reason:
    compared = Compared(ours=f"{limit} d", theirs=f"{taken} d")
    return Reason(
        code=reason.code, detail=reason.detail, compared=compared, citation=reason.citation
    )


SIDES = together.Sides(
    approval=why.OUR_APPROVAL,
    refusal=why.OUR_REFUSAL,
    partner_approval=why.PARTNER_APPROVAL,
    partner_refusal=why.PARTNER_REFUSAL,
    open=why.OPEN,
)
EXTRA = Extra(
    author=Text(
        "An enrolment officer for the Minister; at the lane, the lane officer.",
        "Un agent d'inscription pour le ministre; à la voie, l'agent en poste.",
    ),
    notice=Text(
        "Written, with our own reasons only; the partner writes its own letter.",
        "Par écrit, avec nos seuls motifs; le partenaire écrit sa propre lettre.",
    ),
    redress=Text(
        "Review on written request within thirty days; to the country that refused.",
        "Révision sur demande écrite dans les trente jours; auprès du pays qui a refusé.",
    ),
)
WORDS = (
    Word(word="membership", means=Text("Both countries agree.", "Les deux pays sont d'accord.")),
    Word(word="lane", means=Text("The lane may be used.", "La voie peut être utilisée.")),
    Word(
        word="review-accepted",
        means=Text("The review goes ahead.", "La révision a lieu."),
    ),
    Word(
        word="review-received",
        means=Text(
            "Late under the regulation; received and put to counsel.",
            "Hors délai selon le règlement; reçue et soumise à un juriste.",
        ),
    ),
    Word(
        word="not-yet-effective",
        means=Text(
            "No suspension or cancellation is in effect.",
            "Aucune suspension ni annulation n'est en vigueur.",
        ),
    ),
    UNDETERMINED,
    Word(
        word="no-lane",
        means=Text("The ordinary lane is used.", "La voie ordinaire est utilisée."),
        adverse=True,
    ),
    Word(
        word="sanction-effective",
        means=Text(
            "The suspension or cancellation is in effect.",
            "La suspension ou l'annulation est en vigueur.",
        ),
        adverse=True,
    ),
    Word(
        word="no-membership",
        means=Text("At least one country said no.", "Au moins un pays a dit non."),
        adverse=True,
    ),
)

"""Two things of the safe-third-country rule that need law that is not (yet) law."""

from datetime import date

import msgspec

from smartborder import law
from smartborder.law import registry
from smartborder.law.ca.stca_facts import StcaFacts
from smartborder.law.evaluate import evaluate_in
from smartborder.law.provisions import Version, View, provisions

RULE = registry.find("stca", "CA")
BULGARIAN = {
    "came_from_us": True,
    "place": "land-port",
    "nationalities": ["BGR"],
    "birth_date": "1990-01-01",
    "family": [],
    "document": "none",
    "us_permanent_resident": False,
    "us_waiver_barred": False,
    "refused_by_us_unadjudicated": False,
    "resident_removed_from_us": False,
    "death_penalty": False,
    "fear_asked": True,
}


def changed(pack, citation, version):
    known = dict(provisions(pack))
    known[citation] = msgspec.structs.replace(
        known[citation], versions=(*known[citation].versions, version)
    )
    return known


def ask(on, *, us=None, ca=None, as_known=date(2027, 1, 1)):
    abroad = View("us", on, as_known, known=us)
    return evaluate_in(RULE, BULGARIAN, View("ca", on, as_known, known=ca, abroad=abroad)).verdict


def test_s3_a_change_of_the_visa_waiver_list_flips_claims_from_that_day_only():
    listed = [*provisions("us")["8 CFR 217.2"].versions[-1].value, "BGR"]
    us = changed(
        "us",
        "8 CFR 217.2",
        Version(start=date(2026, 7, 1), enacted=date(2026, 6, 1), value=listed),
    )
    assert ask(date(2026, 6, 30), us=us) == "exception"
    assert ask(date(2026, 7, 1), us=us) == "applies"
    assert ask(date(2026, 7, 1), us=us, as_known=date(2026, 5, 31)) == "exception"


def test_suspension_runs_from_the_day_after_the_notice_to_its_last_day():
    notice = Version(start=date(2026, 6, 2), enacted=date(2026, 6, 1), end=date(2026, 9, 1))
    ca = changed("ca", "IRPR 159.7", notice)
    us = changed(
        "us",
        "8 CFR 217.2",
        Version(start=date(2000, 1, 1), enacted=date(2026, 5, 1), value=["BGR"]),
    )
    answers = [
        ask(day, us=us, ca=ca)
        for day in (date(2026, 6, 1), date(2026, 6, 2), date(2026, 9, 1), date(2026, 9, 2))
    ]
    assert answers == ["applies", "not-applicable", "not-applicable", "applies"]
    assert ask(date(2026, 6, 2), us=us, ca=ca, as_known=date(2026, 5, 31)) == "applies"


def test_a_notice_without_an_end_suspends_for_three_months_and_a_renewal_goes_on():
    notice = Version(start=date(2026, 6, 2), enacted=date(2026, 6, 1))
    us = changed(
        "us",
        "8 CFR 217.2",
        Version(start=date(2000, 1, 1), enacted=date(2026, 5, 1), value=["BGR"]),
    )
    ca = changed("ca", "IRPR 159.7", notice)
    assert ask(date(2026, 9, 1), us=us, ca=ca) == "not-applicable"
    assert ask(date(2026, 9, 2), us=us, ca=ca) == "applies"
    renewal = Version(start=date(2026, 9, 2), enacted=date(2026, 8, 25))
    ca["IRPR 159.7"] = msgspec.structs.replace(ca["IRPR 159.7"], versions=(notice, renewal))
    assert ask(date(2026, 9, 2), us=us, ca=ca) == "not-applicable"
    assert ask(date(2026, 12, 1), us=us, ca=ca) == "not-applicable"
    assert ask(date(2026, 12, 2), us=us, ca=ca) == "applies"
    assert ask(date(2026, 9, 2), us=us, ca=ca, as_known=date(2026, 8, 24)) == "applies"


def test_a_court_order_lies_on_both_axes_and_the_trace_names_it():
    """The designation is quashed for a while; an appeal, decided later, gives it back."""
    us = changed(
        "us",
        "8 CFR 217.2",
        Version(start=date(2000, 1, 1), enacted=date(2026, 5, 1), value=["BGR"]),
    )
    order = Version(
        start=date(2026, 6, 10), enacted=date(2026, 6, 10), repealed=True,
        reference="Order of the court in T-1-26",
    )  # fmt: skip
    appeal = Version(
        start=date(2026, 6, 10), enacted=date(2026, 8, 1), value=["USA"],
        reference="Order of the court in A-2-26",
    )  # fmt: skip
    ca = changed("ca", "IRPR 159.3", order)
    ca["IRPR 159.3"] = msgspec.structs.replace(
        ca["IRPR 159.3"], versions=(*ca["IRPR 159.3"].versions, appeal)
    )
    claimed = date(2026, 7, 1)
    assert ask(claimed, us=us, ca=ca, as_known=date(2026, 6, 9)) == "applies"
    assert ask(claimed, us=us, ca=ca, as_known=date(2026, 7, 31)) == "not-applicable"
    assert ask(claimed, us=us, ca=ca, as_known=date(2026, 8, 1)) == "applies"
    law_then = View("ca", claimed, date(2026, 7, 31), known=ca)
    line = next(
        e for e in evaluate_in(RULE, BULGARIAN, law_then).trace if e.citation == "IRPR 159.3"
    )
    assert line.detail.en == "Without effect on that day: Order of the court in T-1-26."
    assert line.detail.fr.startswith("Sans effet ce jour-là")


def test_a_claim_is_received_whatever_the_answer():
    for facts in ({}, BULGARIAN, {**BULGARIAN, "place": "airport"}):
        verdict = law.evaluate(
            "stca", facts, country="CA", on=date(2026, 5, 4), as_known=date(2026, 5, 4)
        )
        assert "received" in verdict.next_steps[0].en


def test_the_struct_and_the_json_object_give_the_same_answer():
    day = date(2026, 5, 4)
    facts = msgspec.convert(BULGARIAN, StcaFacts)
    assert law.evaluate("stca", facts, country="CA", on=day, as_known=day) == law.evaluate(
        "stca", BULGARIAN, country="CA", on=day, as_known=day
    )

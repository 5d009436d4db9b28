"""The stories of the acceptance list as far as they are law, through the command.

Each gives the exact result, the section that carries it, and what may not be said.
"""

import json

import pytest
from typer.testing import CliRunner

from smartborder.cli.main import app

CLAIM = {
    "came_from_us": True, "place": "land-port", "birth_date": "1990-02-03", "family": [],
    "document": "none", "us_permanent_resident": False, "refused_by_us_unadjudicated": False,
    "resident_removed_from_us": False, "death_penalty": False, "fear_asked": True,
}  # fmt: skip
AUNT = {"relation": "aunt", "in_canada": True, "status": "permanent-resident", "adult": True}


@pytest.fixture
def decide(tmp_path):
    """``decide("stca", facts, on="2026-05-04")``: what the command prints."""

    def run(rule, facts, **options):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(facts))
        given = [x for k, v in options.items() for x in (f"--{k.replace('_', '-')}", v)]
        done = CliRunner().invoke(app, ["decide", rule, "--facts", str(path), "--json", *given])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return run


def states(verdict):
    return {e["citation"]: e["state"] for e in verdict["trace"]}


@pytest.mark.points(4, 5)
def test_s1_an_aunt_who_is_a_permanent_resident(decide):
    found = decide("stca", {**CLAIM, "nationalities": ["HND"], "family": [AUNT]}, on="2026-05-04")
    assert found["verdict"] == "exception"
    assert states(found)["IRPR 159.5(b)(ii)"] == "met"
    assert found["status"] == "proposal"
    assert found["needs_officer"] is True
    section = next(x for x in found["law"] if x["citation"] == "IRPR 159.5(b)(ii)")
    assert section["in_force"]["from"]
    steps = " ".join(s["en"] for s in found["next_steps"])
    assert "101" in steps
    assert found["reasons"][0]["detail"]["fr"]


@pytest.mark.points(5)
@pytest.mark.parametrize("family", [[], [AUNT]])
def test_s2_the_ferry_is_a_harbour_port(decide, family):
    facts = {**CLAIM, "nationalities": ["HND"], "place": "harbour-port", "family": family}
    found = decide("stca", facts, on="2026-05-04")
    assert found["verdict"] == "not-applicable"
    assert states(found)["IRPR 159.4(1)(b)"] == "met"


@pytest.mark.points(5, 6)
def test_s3_visa_free_here_and_not_there(decide):
    found = decide("stca", {**CLAIM, "nationalities": ["BGR"]}, on="2026-05-04")
    assert found["verdict"] == "exception"
    assert states(found)["IRPR 159.5(g)"] == "met"


@pytest.mark.points(5, 6)
@pytest.mark.parametrize(
    ("on", "as_known", "verdict"),
    [
        ("2023-10-18", "2026-05-04", "exception"),
        ("2023-10-19", "2026-05-04", "applies"),
        ("2023-10-19", "2023-10-18", "exception"),
    ],
)
def test_s3_a_change_of_the_waiver_list_flips_claims_from_its_day_only(
    decide, on, as_known, verdict
):
    facts = {**CLAIM, "nationalities": ["ISR"], "us_waiver_barred": False,
             "passport_feature": True}  # fmt: skip
    assert decide("stca", facts, on=on, as_known=as_known)["verdict"] == verdict


@pytest.mark.points(3)
def test_s4_two_countries_decide_and_one_reason_stays_at_home(decide):
    facts = {
        "standing": "citizen-canada", "commercial_driver": False, "good_character": True,
        "inadmissible": False, "biometric_consent": True, "fingerprints": True,
        "information_true": True, "us_confirmed": False, "minor": False,
    }  # fmt: skip
    found = decide("nexus", facts, on="2026-06-01")
    assert found["verdict"] == "no-membership"
    assert [r["code"] for r in found["reasons"]] == [
        "trusted.canada-approves", "trusted.partner-does-not-confirm",
    ]  # fmt: skip
    assert "reason" not in {k for k in decide_fields("nexus") if k.startswith("us_")}
    assert found["redress"]["en"]
    review = {**facts, "question": "review", "rejected_on": "2026-05-01"}
    on_time = decide("nexus", {**review, "review_sent_on": "2026-05-31"}, on="2026-06-01")
    assert on_time["verdict"] == "review-accepted"
    late = decide("nexus", {**review, "review_sent_on": "2026-06-01"}, on="2026-06-01")
    assert (late["verdict"], late["needs_officer"]) == ("review-received", True)
    assert "90" in " ".join(r["detail"]["en"] for r in late["reasons"]) + str(late["next_steps"])


@pytest.mark.points(3)
def test_s4_the_other_country_keeps_its_reason_and_writes_its_own_letter(decide):
    """The United States side of the same story: its own ground, its own redress, no more."""
    clean = {
        "standing": "citizen-canada", "false_information": False, "criminal_record": True,
        "customs_violation": False, "under_investigation": False, "inadmissible": False,
        "terrorism_link": False, "low_risk_shown": True, "minor": False, "ca_confirmed": True,
    }  # fmt: skip
    found = decide("nexus", clean, country="US", on="2026-06-01")
    assert (found["verdict"], found["advisory"]) == ("no-membership", True)
    assert [r["code"] for r in found["reasons"]] == ["trusted.us-refuses"]
    assert states(found)["8 CFR 235.12(b)(2)(ii)"] == "not-met"
    assert "Canada writes its own letter" in found["notice"]["en"]
    assert found["redress"]["fr"]


def decide_fields(rule):
    done = CliRunner().invoke(app, ["decide", rule, "--schema"])
    return json.loads(done.stdout)["properties"]


@pytest.mark.points(6, 12)
@pytest.mark.parametrize(("visa", "verdict"), [(True, "board"), (False, "no-board")])
def test_s5_a_visa_stands_in_for_the_travel_authorisation(decide, visa, verdict):
    facts = {
        "direction": "inbound", "mode": "air", "from_country": "FRA", "role": "passenger",
        "nationalities": ["FRA"], "document_type": "passport", "document_number": "X123",
        "document_issuer": "FRA", "document_expires": "2030-01-01", "prescribed_person": "no",
        "special_exemption": "none", "us_permanent_resident": False, "visa": visa,
        "travel_authorisation": False, "permanent_resident_document": False,
        "refugee_travel_document": False, "temporary_travel_document": False,
        "entry_permit": False,
    }  # fmt: skip
    found = decide("boarding", facts, on="2026-06-01")
    assert (found["verdict"], found["needs_officer"]) == (verdict, False)
    assert states(found)["IRPR 7.1(2)" if visa else "IRPR 259"] == ("met" if visa else "not-met")
    if not visa:
        assert [r["code"] for r in found["reasons"]] == ["boarding.authorisation-missing"]
        assert found["author"]
        assert found["redress"]


@pytest.mark.points(8)
@pytest.mark.parametrize(
    ("opened", "confirmed", "verdict"),
    [
        ("2026-01-13T09:00:00+01:00", False, "full"),
        ("2026-01-13T11:00:00+01:00", False, "masked"),
        ("2026-01-13T11:00:00+01:00", True, "full"),
        ("2028-01-11T00:00:00+01:00", True, "authorization-needed"),
        ("2029-07-11T00:00:00+01:00", True, "purged"),
    ],
)
def test_s6_the_tiers_of_a_booking_record(decide, opened, confirmed, verdict):
    facts = {
        "departed_at": "2026-01-10T10:00:00+01:00", "accessed_at": opened, "element": "name",
        "purpose": "identify", "functions_require": True, "needed_for_suspects": False,
        "kept_under_access_law": False, "necessity_confirmed": confirmed,
    }  # fmt: skip
    assert decide("pnr-access", facts, on="2026-11-24")["verdict"] == verdict


@pytest.mark.points(18)
@pytest.mark.parametrize(
    ("country", "given", "lane", "verdict"),
    [
        ("CA", "08:59", False, "on-time"),
        ("CA", "09:01", False, "late"),
        ("CA", "10:01", False, "not-accepted"),
        ("US", "09:29", True, "on-time"),
        ("US", "09:31", True, "late"),
    ],
)
def test_s7_a_truck_due_at_ten(decide, country, given, lane, verdict):
    facts = {
        "subject": "shipment", "mode": "highway", "exempt": "none", "trusted_lane": lane,
        "arrives_at": "2026-06-01T10:00:00-04:00", "given_at": f"2026-06-01T{given}:00-04:00",
    }  # fmt: skip
    found = decide("advance-cargo", facts, country=country, on="2026-06-01")
    assert found["verdict"] == verdict
    if verdict == "late":
        assert found["needs_officer"] is True
        assert any("nothing is seized" in step["en"] for step in found["next_steps"])


@pytest.mark.points(27)
@pytest.mark.parametrize(
    ("on", "verdict", "reason"),
    [
        ("2026-04-05", "departure-order", "removal.thirty-days"),
        ("2026-04-10", "departure-order", "removal.thirty-days"),
        ("2026-04-11", "deportation-order", "removal.authorization-for-life"),
    ],
)
def test_s11_the_clock_of_a_departure_order(decide, on, verdict, reason):
    facts = {
        "order": "departure-order", "in_force": True, "has_departed": False,
        "enforceable_on": "2026-03-01",
        "detentions": [{"start": "2026-03-10", "end": "2026-03-20"}], "stays": [],
    }  # fmt: skip
    found = decide("removal-order", facts, on=on)
    assert found["verdict"] == verdict
    assert states(found)["IRPR 224(3)"] == "met"
    assert {c["name"]: c["due"] for c in found["clocks"]} == {
        "departure-order-ends": "2026-04-10",
        "departure-order-ends-other-reading": "2026-04-11",
    }
    assert reason in [r["code"] for r in found["reasons"]]


@pytest.mark.points(7)
@pytest.mark.parametrize(
    ("act", "more", "verdict", "section", "state"),
    [
        ("collect-biometrics", {"notice_posted": True}, "not-permitted", "33(2)", "not-met"),
        ("search-goods", {"suspects_offence": False}, "not-permitted", "31(2)", "not-met"),
        ("identify", {"unreasonable_delay": False}, "permitted", "31(2)", "met"),
        ("question-reason-for-withdrawing", {"unreasonable_delay": False}, "permitted", "31(2)",
         "met"),
    ],
)  # fmt: skip
def test_s12_a_traveller_withdraws(decide, act, more, verdict, section, state):
    facts = {"officer": "preclearance-officer", "place": "area", "state": "withdrawing",
             "act": act, **more}  # fmt: skip
    found = decide("preclearance", facts, on="2026-06-01")
    assert found["verdict"] == verdict
    assert states(found)[f"Preclearance Act {section}"] == state


@pytest.mark.points(7)
def test_s12_on_the_officers_own_side_the_stricter_law_prevails(decide):
    facts = {"officer": "preclearance-officer", "place": "area", "state": "withdrawing",
             "act": "collect-biometrics", "notice_posted": True, "designated": True}  # fmt: skip
    found = decide("preclearance", facts, country="US", on="2026-06-01")
    assert (found["verdict"], found["country"]) == ("not-permitted", "US")
    assert states(found)["Preclearance Act 33(2)"] == "not-met"


@pytest.mark.points(7)
@pytest.mark.parametrize(("purpose", "verdict"), [(True, "permitted"), (False, "not-permitted")])
def test_s12_what_was_learned_is_for_the_border_only(decide, purpose, verdict):
    facts = {"officer": "preclearance-officer", "place": "area", "state": "withdrawing",
             "act": "use-withdrawal-information", "border_security_purpose": purpose}  # fmt: skip
    assert decide("preclearance", facts, on="2026-06-01")["verdict"] == verdict

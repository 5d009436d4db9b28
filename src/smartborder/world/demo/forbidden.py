"""Beat 14: nationality in a scenario does not compile; a whole flight is not handed over either."""

import json
import tempfile

from smartborder.engines.scenarios import ScenarioRefused, compile_scenario
from smartborder.kernel.text import Text
from smartborder.model.reason import Reason
from smartborder.world.demo.seen import Seen, expect
from smartborder.world.demo.stage import Stage
from smartborder.world.shell import command

SCENARIO = {
    "id": "late-bookings",
    "title": {"en": "Late bookings from one country", "fr": "Réservations tardives d'un pays"},
    "owner": "Demo targeting centre",
    "legal_basis": "IRPR 269",
    "from": "2026-11-24",
    "until": "2027-11-24",
    "conditions": [
        {"field": "booking.days_before_departure", "at_most": 1, "because": "Demo report, page 3"},
        {"field": "person.nationality", "is": "XXX", "because": "It has always been done so"},
    ],
}
"""What somebody writes who should not."""
WHOLE_FLIGHT = {
    "from": "CAN", "to": "USA", "channel": "query", "stage": "response", "match": True,
    "purpose": "national-security", "on": "2026-11-24", "subject": {"case_by_case": False},
    "fields": ["flight"],
}  # fmt: skip


def refused(stage: Stage) -> Seen:
    """Beat 14."""
    reason = _why_not()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(WHOLE_FLIGHT, file)
        file.flush()
        answer = command("agreement", "check", "pnr-disclosure", "--request", file.name)
    expect(answer["outcome"] == "refused", f"the whole flight was {answer['outcome']}")
    clause = answer["reasons"][0]
    return Seen(
        line=Text(
            f"a scenario does not compile: {reason.detail.en} A whole flight is refused too:"
            f" {clause['detail']['en']}",
            f"un scénario ne se compile pas : {reason.detail.fr} Un vol entier est refusé aussi :"
            f" {clause['detail']['fr']}",
        ),
        record="pnr-disclosure",
        path="/agreements/pnr-disclosure",
        law=clause["citation"],
        command="smartborder agreement check pnr-disclosure --request request.json",
    )


def _why_not() -> Reason:
    """The reason that the compiler gives."""
    try:
        compile_scenario(SCENARIO)
    except ScenarioRefused as error:
        (reason,) = error.reasons
        expect(reason.code == "scenario.protected-attribute", f"refused for {reason.code}")
        return reason
    expect(False, "a scenario with nationality in it was compiled")
    raise AssertionError

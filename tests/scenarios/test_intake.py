"""A passenger list comes in: every traveller is checked and the carrier has its answer."""

import pytest

from smartborder.formats import edifact
from smartborder.node.act.intake import NotYourCarrier, receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.store.session import SYSTEM
from tests.scenarios.messages import paxlst, person

pytestmark = [pytest.mark.node, pytest.mark.points(8, 12)]


def codes(reply):
    (message,) = edifact.read_messages(reply, travel_year=2026)
    return [r.code for r in message.replies]


def count(node, table):
    with node.store.act(SYSTEM, "test") as s:
        return s.value(f"SELECT count(*) FROM {table}")


def test_a_traveller_with_what_the_law_asks_is_ok_in_the_same_call(node, airline):
    received = receive(node, airline, paxlst())
    assert received.state == "answered"
    assert codes(received.reply) == ["0Z"]


def test_a_retry_makes_no_second_record_and_gives_the_verdict_in_force(node, airline):
    before = count(node, "act.traveller")
    first = receive(node, airline, paxlst("RETRY1"))
    again = receive(node, airline, paxlst("RETRY1"))
    assert codes(first.reply) == codes(again.reply) == ["0Z"]
    assert first.messages == again.messages
    assert count(node, "act.traveller") == before  # the same person on the same flight


def test_without_travel_authorisation_the_carrier_gets_a_bare_code_and_a_case_opens(node, airline):
    received = receive(
        node, airline, paxlst("NOETA", people=person("TR0000002", document="99ZZ99999"))
    )
    assert codes(received.reply) == ["1Z"]
    assert b"IRPR" not in received.reply
    with node.store.act(SYSTEM, "test") as s:
        decision = s.one("SELECT * FROM act.decision ORDER BY at DESC LIMIT 1")
        case = s.one("SELECT * FROM act.case_file ORDER BY opened_at DESC LIMIT 1")
    assert decision["author_kind"] == "rule"
    assert decision["delegated_by"]
    assert case["kind"] == "reply"


def test_one_wrong_character_is_not_a_refusal_but_a_request_to_send_again(node, airline):
    slip = person("TR0000003", document="12AB34568")
    received = receive(node, airline, paxlst("SLIP", people=slip))
    assert codes(received.reply) == ["3Z"]
    fixed = receive(node, airline, paxlst("FIXED", people=person("TR0000003")))
    assert codes(fixed.reply) == ["0Z"]
    with node.store.act(SYSTEM, "test") as s:
        versions = s.rows(
            "SELECT v.version, v.changed FROM act.traveller_version v JOIN act.traveller t"
            " ON t.id = v.traveller WHERE t.reference = 'TR0000003' ORDER BY v.version"
        )
    assert [v["version"] for v in versions] == [1, 2]
    assert versions[1]["changed"] == ["documents"]


def test_a_client_reports_only_for_its_carriers(node, airline):
    before = count(node, "act.transmission")
    with pytest.raises(NotYourCarrier):
        receive(node, airline, paxlst("OTHER", carrier="LH"))
    assert count(node, "act.transmission") == before


def test_a_list_sent_again_adds_nobody_also_where_several_share_one_reference(node, airline):
    family = [person("TRSHARED", "OLSEN", given, birth=birth, document=number)
              for given, birth, number in (("ANNE", "800101", "12AB34567"),
                                           ("BO", "820202", "12AB34568"),
                                           ("ANNE", "800101", "12AB34567"))]  # fmt: skip

    def reported(reference, people, **what):
        receive(node, airline, paxlst(reference, number="991", people="".join(people), **what))
        with node.store.act(SYSTEM, "test") as s:
            return s.rows(
                "SELECT t.id, v.person ->> 'given_names' AS name, t.version, t.presence"
                " FROM act.traveller t JOIN act.traveller_version v ON v.traveller = t.id"
                " AND v.version = t.version JOIN act.flight f ON f.id = t.flight"
                " WHERE f.number = '991' ORDER BY t.id"
            )

    first = reported("SHARED1", family)
    again = reported("SHARED2", reversed(family))
    assert [(r["id"], r["name"]) for r in again] == [(r["id"], r["name"]) for r in first]
    assert [r["version"] for r in again] == [2, 2, 2]
    off = reported("SHARED3", family[:2], bgm="745+XR")
    assert sorted(r["presence"] for r in off) == ["cancelled", "cancelled", "reported"]


def test_a_flight_of_another_carrier_is_not_reported_as_an_overflight(node, airline):
    other = (b"TDT+34+DL772+++DL'LOC+125+CDG'DTM+189:2611241330:201'LOC+87+YUL'"
             b"DTM+232:2611241510:201'")  # fmt: skip
    own = paxlst("OVER1", number="771", to="LHR")
    message = own.replace(b"NAD+FL+", other + b"NAD+FL+")
    with pytest.raises(NotYourCarrier) as refused:
        receive(node, airline, message)
    assert refused.value.where["carrier"] == "DL"
    beside = paxlst("OVER2", number="773").replace(b"NAD+FL+", other + b"NAD+FL+")
    assert receive(node, airline, beside).state == "answered"


def test_test_traffic_never_reaches_an_officer(node):
    tester = ReportingClient(id="client-new", carriers=frozenset({"AF"}), mode="test")
    before = count(node, "act.case_file")
    received = receive(node, tester, paxlst("TEST1", people=person(document="77QQ77777")))
    assert codes(received.reply) == ["1Z"]
    assert count(node, "act.case_file") == before


def test_a_message_sent_again_without_its_neighbour_is_a_retry(node, airline):
    one, two = paxlst("PAIR1"), paxlst("PAIR2", people=person("TR0000009"))
    first = receive(node, airline, one + two)
    again = receive(node, airline, two)
    assert len(first.messages) == 2
    assert again.messages == (first.messages[1],)


def test_a_port_that_nobody_knows_is_not_answered_ok(node, airline):
    received = receive(node, airline, paxlst("NOWHERE", to="ZZ9"))
    assert codes(received.reply) == ["2Z"]
    assert "flight.unknown-port" in [f.code for f in received.findings]


def test_taking_off_somebody_who_is_not_there_is_noted(node, airline):
    received = receive(
        node,
        airline,
        paxlst(
            "XRNOBODY",
            bgm="745+XR",
            people=person("TR7777777", "NOBODY", "KNOWN", document="99XX11111", locator="NOPE99"),
        ),
    )
    with node.store.act(SYSTEM, "test") as s:
        row = s.one("SELECT findings FROM act.message WHERE id = :id", id=received.messages[0])
    assert "flight.person-not-on-it" in [f["code"] for f in row["findings"]]

"""A country without a pack of its own, and without a partner, is a complete product."""

from datetime import date

import pytest

from smartborder import law
from smartborder.formats import edifact
from smartborder.node.act import registers
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.lookouts import writing
from smartborder.node.store.session import SYSTEM, Actor
from smartborder.programmes.opening import open_node
from tests.scenarios.messages import paxlst, person
from tests.support.pair import content

pytestmark = [pytest.mark.node, pytest.mark.points(6, 8)]
PORT = {"CA": "YUL", "US": "JFK", "JP": "NRT", "SN": "DSS"}
CLIENT = ReportingClient(id="client-af", carriers=frozenset({"AF"}))


@pytest.fixture(scope="module", params=sorted(PORT))
def opened(request, node_home):
    node = open_node(node_home(request.param))
    with node.store.act(SYSTEM, "registers") as s:
        for kind in sorted(registers.KINDS):
            held = [registers.Holding(document="12AB34567", issuer="FRA")]
            wanted = kind in ("travel-authorisation", "visa")
            registers.load(s, kind, iter(held if wanted else []), source="t",
                           complete_as_of=s.now)  # fmt: skip
    yield request.param, node
    node.close()


def codes(reply):
    (message,) = edifact.read_messages(reply, travel_year=2026)
    return [r.code for r in message.replies]


def test_the_same_list_has_the_same_answer_everywhere(opened):
    country, node = opened
    received = receive(node, CLIENT, paxlst("N1", to=PORT[country]))
    assert codes(received.reply) == [node.pack.replies["ok"].code]
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT direction FROM act.flight") == "inbound"


def test_without_a_document_nobody_is_answered_ok(opened):
    country, node = opened
    bare = "NAD+FL+++ROY:NATHAN'ATT+2++M'DTM+329:850314'NAT+2+FRA'RFF+ABO:TRBARE'"
    received = receive(node, CLIENT, paxlst("N2", to=PORT[country], people=bare))
    assert codes(received.reply) != [node.pack.replies["ok"].code]


def test_a_look_out_of_its_own_finds_its_subject_and_nothing_is_sent_to_nobody(opened):
    country, node = opened
    with node.store.act(Actor("officer", "user-owner"), "lookouts") as s:
        made = writing.create(s, node.home, content())
    subject = person("TRHIT", "PRUEFER", "ZOLTAN", locator="HIT123", birth="700203")
    received = receive(node, CLIENT, paxlst("N3", to=PORT[country], people=subject))
    assert made
    assert codes(received.reply) == [node.pack.replies["ok"].code]
    with node.store.act(SYSTEM, "test") as s:
        assert s.value("SELECT count(*) FROM act.hit WHERE state = 'open'") == 1
        assert s.value("SELECT count(*) FROM exchange.outbox") == 0


def test_a_citizen_without_papers_is_known_as_one(opened):
    """The neutral law spares the country's own citizens; 'unspecified' (XXX) is nobody's."""
    country, node = opened
    day = date(2026, 11, 24)
    facts = {"direction": "inbound", "document-type": "none", "prescribed-person": "no"}
    own = law.evaluate("boarding", {**facts, "nationalities": [node.pack.alpha3]},
                       country=country, on=day, as_known=day)  # fmt: skip
    other = law.evaluate("boarding", {**facts, "nationalities": ["XXX"]},
                         country=country, on=day, as_known=day)  # fmt: skip
    assert own.verdict != "no-board"
    assert [r.code for r in own.reasons] != [r.code for r in other.reasons]

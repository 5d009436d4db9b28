"""Two nodes share look-outs under a signed agreement; either works when the other is gone."""

import msgspec
import pytest

from smartborder.agreements.padding import read_payload
from smartborder.node.agreements import acting
from smartborder.node.exchange import keys
from smartborder.node.exchange.hello import SIZE
from smartborder.node.exchange.wire import BATCH_PATH, HELLO_PATH, decode_posted
from smartborder.node.ledger.export import lines
from smartborder.node.ledger.verifying import verify
from smartborder.node.lookouts import reading, writing
from smartborder.node.store.session import NotFound
from tests.support.pair import content, joined

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        yield pair


def test_a_look_out_reaches_the_partner_with_origin_caveats_and_agreement(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content())
    assert pair.us.send() == 1
    with pair.ca.act() as s:
        kept = reading.one(s, made.id)
    assert kept.lookout.originator == "USA"
    assert kept.lookout.agreement == "shared-lookouts"
    assert kept.lookout.caveats == ("originator-control",)
    assert kept.lookout.names[0].text == "Zoltan PRUEFER"
    assert kept.created_by == "partner:USA"


def test_the_receipt_is_counter_signed_and_both_ledgers_hold_a_leaf(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Maria KONTROLLE"))
    pair.settle()
    row = pair.us.rows("SELECT * FROM exchange.outbox WHERE record = :r", r=made.id)[0]
    assert row["state"] == "applied"
    assert row["payload"] is None
    receipt = pair.us.value("SELECT receipt FROM exchange.batch_out WHERE id = :b", b=row["batch"])
    assert receipt["statement"]["receiver"] == "CAN"
    assert pair.us.value("SELECT count(*) FROM ledger.leaf WHERE record = :r", r=row["batch"]) == 1
    assert pair.ca.value("SELECT count(*) FROM ledger.leaf WHERE record = :r", r=row["batch"]) == 1
    disclosed = pair.us.rows("SELECT * FROM custody.disclosure WHERE record = :r", r=made.id)
    assert [d["recipient"] for d in disclosed] == ["partner:CAN"]
    assert "names" in disclosed[0]["fields"]


def test_only_computed_fields_cross_and_nobody_on_the_way_can_read_them(pair):
    with pair.us.act() as s:
        writing.create(s, pair.us.home, content("Ludwig GEHEIM", note="free text stays at home"))
    pair.us.cable.posted.clear()
    pair.us.send()
    (body,) = [body for path, body in pair.us.cable.posted if path == BATCH_PATH]
    assert b"GEHEIM" not in body
    posted = decode_posted(body)
    (part,) = posted.parts.values()
    fields = read_payload(keys.opener(pair.ca.home)(part))
    assert fields["names"][0]["text"] == "Ludwig GEHEIM"
    assert "note" not in fields
    header = msgspec.json.encode(posted.batch.envelopes[0].header)
    assert b"lookout-" not in header  # the subject is a pairwise pseudonym


def test_a_correction_and_a_withdrawal_follow_in_order(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Pavel ZMENA"))
        writing.correct(s, pair.us.home, made.id, content("Pavel ZMENA", nationalities=("CZE",)), 1)
    pair.settle()
    with pair.ca.act() as s:
        assert reading.one(s, made.id).lookout.nationalities == ("CZE",)
        assert len(reading.versions(s, made.id)) == 2
    with pair.us.act() as s:
        writing.withdraw(s, pair.us.home, made.id)
    pair.settle()
    with pair.ca.act() as s:
        assert not reading.one(s, made.id).in_force


def test_the_partner_being_gone_costs_nothing_but_time(pair):
    pair.us.cable.connected = False
    with pair.us.act() as s:
        made = [writing.create(s, pair.us.home, content(f"Nummer {n}")).id for n in range(30)]
    assert pair.us.send() == 0
    assert pair.us.value("SELECT trouble FROM exchange.partner") == "exchange.unreachable"
    pair.later(minutes=30)
    pair.us.cable.connected = True
    pair.settle()
    assert pair.us.value("SELECT count(*) FROM exchange.outbox WHERE state <> 'applied'") == 0
    got = pair.ca.rows("SELECT id FROM lookouts.lookout WHERE id = ANY(:ids)", ids=made)
    assert sorted(r["id"] for r in got) == sorted(made)


def test_a_received_look_out_is_changed_by_its_originator_only(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Otto FREMD"))
    pair.settle()
    with pair.ca.act() as s:
        with pytest.raises(writing.NotYours):
            writing.withdraw(s, pair.ca.home, made.id)


def test_received_look_outs_are_not_sent_on(pair):
    before = pair.ca.value("SELECT count(*) FROM exchange.outbox")
    with pair.us.act() as s:
        writing.create(s, pair.us.home, content("Kein ECHO"))
    pair.settle()
    assert pair.ca.value("SELECT count(*) FROM exchange.outbox") == before


def test_both_ledgers_verify_from_outside_with_heads_the_other_counter_signed(pair, tmp_path):
    for side, other in ((pair.us, pair.ca), (pair.ca, pair.us)):
        pair.later(seconds=11)
        pair.settle()
        with side.act() as s:
            file = list(lines(s, side.home))
        found = verify(file, key=keys.public_signing_key(side.home),
                       partner=keys.public_signing_key(other.home))  # fmt: skip
        assert found.ok, found.bad
        assert found.counter_signed[other.home.node_id] >= 1
        assert b"PRUEFER" not in b"".join(file)


def test_a_suspended_agreement_stops_new_look_outs_but_not_their_withdrawal(pair):
    with pair.us.act() as s:
        made = writing.create(s, pair.us.home, content("Before SUSPENSION"))
    pair.settle()
    with pair.us.act() as s:
        acting.act(s, pair.us.home, "shared-lookouts", "suspend", "test")
        later = writing.create(s, pair.us.home, content("After SUSPENSION"))
        writing.withdraw(s, pair.us.home, made.id)
    pair.settle()
    with pair.ca.act() as s:
        assert not reading.one(s, made.id).in_force
        with pytest.raises(NotFound):
            reading.one(s, later.id)
    with pair.us.act() as s:
        acting.act(s, pair.us.home, "shared-lookouts", "resume", "test")


def test_heads_are_counter_signed_on_a_fixed_schedule_and_size_whatever_else_crosses(pair):
    """Volume tells nothing: the same hellos at the same times, busy or idle, each of one size."""
    said = {}
    for busy in (False, True):
        pair.later(seconds=30)
        pair.settle()
        pair.us.cable.posted.clear()
        for n in range(12):
            pair.later(seconds=5)
            if busy:
                with pair.us.act() as s:
                    writing.create(s, pair.us.home, content(f"Busy {n}"))
            pair.us.send()
        said[busy] = [len(b) for p, b in pair.us.cable.posted if p == HELLO_PATH]
    assert said[True] == said[False]
    assert set(said[True]) == {SIZE}

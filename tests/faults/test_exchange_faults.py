"""What a bad line, a dying process or a hostile partner does to the exchange: nothing.

Seeded and quick; each round makes look-outs on one side while faults are injected, then checks
both databases: nothing lost, nothing doubled, order kept.
"""

import random
import threading

import msgspec
import psycopg
import pytest

from smartborder.agreements.envelope import describe_part, seal_batch
from smartborder.agreements.padding import pad
from smartborder.kernel import merkle
from smartborder.model.exchange import EnvelopeRefused
from smartborder.node.exchange import batching, inbox, keys, partners, wire
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.transport import PartnerRefused, PartnerUnreachable
from smartborder.node.exchange.wire import BATCH_PATH, Posted, decode_posted
from smartborder.node.lookouts import writing
from tests.support.pair import content, joined

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def pair(node_home):
    with joined(node_home) as pair:
        pair.settle()
        yield pair


def make(pair, n, name="Person"):
    with pair.us.act() as s:
        return [writing.create(s, pair.us.home, content(f"{name} {i}")).id for i in range(n)]


def drain(pair):
    """The worker goes on, waiting out its back-off, until nothing is due."""
    for _ in range(200):
        pair.us.send()
        if not pair.us.value("SELECT count(*) FROM exchange.outbox WHERE state IN"
                             " ('waiting', 'sent')"):  # fmt: skip
            return
        pair.later(seconds=61)
    raise AssertionError("the backlog does not drain")


def check(pair, made):
    """Every look-out there once, every envelope applied once, versions and series in order."""
    got = pair.ca.rows("SELECT id, count(*) AS n FROM lookouts.lookout WHERE id = ANY(:ids)"
                       " GROUP BY id", ids=made)  # fmt: skip
    assert {r["id"]: r["n"] for r in got} == dict.fromkeys(made, 1)
    states = pair.us.rows("SELECT DISTINCT state FROM exchange.outbox WHERE record = ANY(:ids)",
                          ids=made)  # fmt: skip
    assert [r["state"] for r in states] == ["applied"]
    assert pair.ca.value("SELECT count(*) FROM exchange.inbox WHERE outcome = 'applied'"
                         " AND record = ANY(:ids)", ids=made) == len(made)  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_lost_repeated_and_reordered_posts(pair, seed):
    chance = random.Random(seed)
    old = []

    def fault(path, body, deliver):
        if path == BATCH_PATH:
            old.append(body)
            for _ in range(chance.choice((0, 0, 1, 3))):
                deliver(chance.choice(old))  # repeated, out of order
        roll = chance.random()
        if roll < 0.3:
            raise PartnerUnreachable("lost on the way there")
        answer = deliver(body)
        if roll < 0.6:
            raise PartnerUnreachable("lost on the way back")
        return answer

    pair.us.cable.fault = fault
    made = make(pair, 3, f"Seed {seed}") + make(pair, 4, f"Seed {seed} more")
    drain(pair)
    pair.us.cable.fault = None
    check(pair, made)


def test_every_flipped_bit_is_noticed_and_nothing_of_it_applied(pair):
    made = make(pair, 2, "Flip")
    chance = random.Random(7)
    with pair.us.act() as s:
        _, body = batching.next_batch(s, pair.us.home, partners.state(s, "CAN"))
    before = pair.ca.value("SELECT count(*) FROM exchange.inbox")
    harmless = 0
    for _ in range(150):
        damaged = bytearray(body)
        damaged[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        if means_the_same(bytes(damaged), body):
            harmless += 1
            continue
        with pytest.raises(EnvelopeRefused):
            inbox.receive(pair.ca.home, pair.ca.store, bytes(damaged))
    assert harmless < 5
    assert pair.ca.value("SELECT count(*) FROM exchange.inbox") == before
    drain(pair)
    check(pair, made)


def means_the_same(damaged, body):
    """A bit that JSON and base64 do not carry, such as the last bits of a pad."""
    try:
        return decode_posted(damaged) == decode_posted(body)
    except EnvelopeRefused:
        return False


def test_a_process_killed_before_its_commit_leaves_no_half_effect(pair):
    made = make(pair, 5, "Kill")

    def fault(path, body, deliver):
        """The receiving backend is terminated while the batch is being applied."""
        if path != BATCH_PATH:
            return deliver(body)
        timer = threading.Timer(0.005, kill_backends, [pair.ca.home])
        timer.start()
        try:
            return deliver(body)
        except Exception as error:
            raise PartnerUnreachable(type(error).__name__) from error
        finally:
            timer.join()

    pair.us.cable.fault = fault
    for _ in range(3):
        pair.us.send()
        pair.later(seconds=61)
    pair.us.cable.fault = None
    drain(pair)
    check(pair, made)


def kill_backends(home):
    with psycopg.connect(home.dsn("admin"), autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
            " AND pid <> pg_backend_pid()",
            (home.database.name,),
        )


def test_a_replay_after_a_month_is_answered_with_the_original_receipt(pair):
    made = make(pair, 1, "Replay")
    pair.us.cable.posted.clear()
    drain(pair)
    (body,) = [b for p, b in pair.us.cable.posted if p == BATCH_PATH]
    first = pair.us.value(
        "SELECT b.receipt FROM exchange.batch_out b JOIN exchange.outbox o ON o.batch = b.id"
        " WHERE o.record = :r",
        r=made[0],
    )
    pair.later(days=30)
    again = msgspec.json.decode(inbox.receive(pair.ca.home, pair.ca.store, body))
    assert again == first
    check(pair, made)


def test_a_forged_receipt_is_not_believed(pair):
    made = make(pair, 1, "Forged")

    def fault(path, body, deliver):
        answer = deliver(body)
        if path != BATCH_PATH:
            return answer
        receipt = msgspec.json.decode(answer)
        receipt["statement"]["rows"][0]["outcome"] = "refused"
        return msgspec.json.encode(receipt)

    pair.us.cable.fault = fault
    pair.us.send()
    assert pair.us.value("SELECT trouble FROM exchange.partner") == EnvelopeRefused.code
    assert pair.us.value("SELECT state FROM exchange.outbox WHERE record = :r", r=made[0]) == "sent"
    pair.us.cable.fault = None
    drain(pair)
    check(pair, made)


def forged(pair, header_changes, payload=None):
    """A batch that a hostile but correctly keyed partner could make."""
    make(pair, 1, "Hostile")
    with pair.us.act() as s:
        batch, body = batching.next_batch(s, pair.us.home, partners.state(s, "CAN"))
    posted = decode_posted(body)
    header = batch.envelopes[0].header
    parts = dict(posted.parts)
    if payload is not None:
        sealed = keys.seal(payload, keys.encryption_key(pair.ca.home).as_dict(private=False))
        part = describe_part("record", "application/jose", sealed)
        parts = {part.sha256: sealed}
        header = msgspec.structs.replace(header, parts=(part,))
    header = msgspec.structs.replace(header, id=f"{header.id}-forged", **header_changes)
    made = seal_batch(f"{batch.statement.id}-forged", [header], pair.clock.now(),
                      keys.signer(pair.us.home))  # fmt: skip
    return msgspec.json.encode(Posted(batch=made, parts=parts))


def outcome(pair, body):
    receipt = msgspec.json.decode(inbox.receive(pair.ca.home, pair.ca.store, body))
    return receipt["statement"]["rows"][0]


def payload_of(fields):
    return pad(msgspec.json.encode({"fields": fields}), 16384)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agreement": "everything"}, "exchange.no-such-agreement"),
        ({"agreement_version": 99}, "exchange.no-such-agreement"),
        ({"agreement_digest": "0" * 64}, "exchange.no-such-agreement"),
        ({"purpose": "curiosity"}, "exchange.no-such-agreement"),
    ],
)
def test_a_wrong_agreement_purpose_or_place_is_refused_and_attributed(pair, changes, code):
    body = forged(pair, changes)
    assert outcome(pair, body) == {"envelope": msgspec.json.decode(body)["batch"]["envelopes"][0][
        "header"]["id"], "outcome": "refused", "code": code}  # fmt: skip
    drain(pair)


def test_over_broad_fields_are_refused_whole(pair):
    fields = {"id": "x", "version": 1, "originator": "USA", "note": "and his politics",
              "whole_flight": ["everybody"]}  # fmt: skip
    row = outcome(pair, forged(pair, {}, payload_of(fields)))
    assert (row["outcome"], row["code"]) in {
        ("refused", "exchange.over-broad"),
        ("refused", "exchange.lookout-unusable"),
    }
    assert pair.ca.value("SELECT count(*) FROM lookouts.lookout WHERE id = 'x'") == 0


def test_a_stranger_and_a_revoked_key_are_refused_with_a_trace(pair):
    body = forged(pair, {})
    posted = msgspec.json.decode(body)
    head, _, tail = posted["batch"]["signature"].partition("..")
    other = keys.signer(pair.ca.home)(b"anything").partition("..")
    posted["batch"]["signature"] = f"{other[0]}..{tail}"
    assert other[0] != head  # another key is named
    before = refusals(pair)
    with pytest.raises(EnvelopeRefused):
        inbox.receive(pair.ca.home, pair.ca.store, msgspec.json.encode(posted))
    kid = keys.public_signing_key(pair.us.home)["kid"]
    with pair.ca.act() as s:
        keys.revoke(s, kid)
    with pytest.raises(EnvelopeRefused):
        inbox.receive(pair.ca.home, pair.ca.store, body)
    with pair.ca.act() as s:
        s.run("UPDATE exchange.partner_key SET revoked_at = NULL WHERE kid = :k", k=kid)
    assert refusals(pair) == before + 2
    drain(pair)


def refusals(pair):
    return pair.ca.value("SELECT count(*) FROM exchange.refusal WHERE partner = 'USA' AND detail"
                         " LIKE 'the signature%'")  # fmt: skip


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff" * 100, b"[" * 100_000, b"{}"])
def test_what_is_no_batch_is_refused(pair, body):
    with pytest.raises(EnvelopeRefused):
        inbox.receive(pair.ca.home, pair.ca.store, body)


def test_a_body_beyond_the_limit_is_refused_unread(pair):
    with pytest.raises(inbox.TooLarge):
        inbox.receive(pair.ca.home, pair.ca.store, bytes(wire.MAX_BODY + 1))


def test_clocks_that_differ_are_noticed_and_nothing_is_sent(pair):
    made = make(pair, 1, "Skew")

    def fault(path, body, deliver):
        pair.later(minutes=-10)  # the other side's clock is behind
        try:
            return deliver(body)
        finally:
            pair.later(minutes=10)

    pair.later(seconds=30)
    pair.us.cable.fault = fault
    pair.us.send()
    assert pair.us.value("SELECT trouble FROM exchange.partner") == PartnerRefused.code
    pair.us.cable.fault = None
    drain(pair)
    check(pair, made)


def test_two_workers_at_once_send_everything_once(pair):
    made = make(pair, 12, "Twice")
    threads = [threading.Thread(target=send_due, args=(pair.us.home, pair.us.store, pair.us.cable))
               for _ in range(3)]  # fmt: skip
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    drain(pair)
    check(pair, made)


def test_an_older_place_in_the_series_is_refused(pair):
    made = make(pair, 1, "Series")
    with pair.us.act() as s:
        writing.correct(s, pair.us.home, made[0], content("Series 0", office="Other"), 1)
    drain(pair)
    header = pair.ca.value("SELECT header FROM exchange.inbox WHERE record = :r AND sequence = 1",
                           r=made[0])  # fmt: skip
    body = forged(pair, {"subject": header["subject"], "sequence": 2})
    assert outcome(pair, body)["code"] == "exchange.out-of-series"
    drain(pair)


def restored(side):
    """What a day-old backup of ``side`` would say: its exchange of today never happened."""
    with side.act() as s:
        s.run("DELETE FROM lookouts.lookout WHERE agreement IS NOT NULL")
        for table in ("inbox", "batch_in"):
            s.run(f"DELETE FROM exchange.{table}")
        s.run("DELETE FROM exchange.series WHERE way = 'in'")


def test_a_receiver_restored_from_an_old_backup_is_brought_back_into_step(pair):
    made = make(pair, 3, "Restore")
    with pair.us.act() as s:
        writing.withdraw(s, pair.us.home, made[2])
    drain(pair)
    restored(pair.ca)
    for _ in range(4):  # the difference is noticed at one hello, acted on at the next
        pair.later(minutes=11)
        pair.us.send()
    drain(pair)
    rows = pair.ca.rows("SELECT id FROM lookouts.lookout WHERE current AND withdrawn_at IS NULL"
                        " AND id = ANY(:ids)", ids=made)  # fmt: skip
    assert sorted(r["id"] for r in rows) == sorted(made[:2])
    pair.later(minutes=1)
    pair.us.send()
    assert pair.us.value("SELECT out_of_step FROM exchange.partner") is None


def test_a_sender_restored_from_an_old_backup_skips_ahead(pair):
    made = make(pair, 1, "Skip")
    with pair.us.act() as s:
        for version in (1, 2):
            writing.correct(s, pair.us.home, made[0], content("Skip 0", office=f"D{version}"))
    drain(pair)
    with pair.us.act() as s:
        s.run("UPDATE exchange.series SET last = 1 WHERE way = 'out'")
        s.run("DELETE FROM exchange.outbox WHERE record = :r AND sequence > 1", r=made[0])
        writing.correct(s, pair.us.home, made[0], content("Skip 0", office="After"))
    drain(pair)
    assert pair.ca.lookout(made[0]).office == "After"


def test_a_partner_whose_ledger_was_rewritten_is_caught_at_its_next_hello(pair):
    pair.settle()
    pair.later(seconds=11)
    pair.settle()
    with pair.us.act() as s:
        s.run("UPDATE exchange.partner SET hello_at = NULL")
    with psycopg.connect(pair.us.home.dsn("admin"), autocommit=True) as admin:
        admin.execute("UPDATE ledger.entry SET hash = sha256(hash) WHERE seq = 0")
        admin.execute("DELETE FROM ledger.node")
        rows = admin.execute("SELECT hash FROM ledger.entry ORDER BY seq").fetchall()
        for level, place, value in merkle.grow(0, [bytes(r[0]) for r in rows], None):
            if level:
                admin.execute("INSERT INTO ledger.node VALUES (%s, %s, %s)", (level, place, value))
    pair.us.send()
    assert pair.us.value("SELECT trouble FROM exchange.partner") == PartnerRefused.code
    assert "ledger.heads-disagree" in pair.ca.value(
        "SELECT string_agg(code, ' ') FROM exchange.refusal"
    )

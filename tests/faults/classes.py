"""The classes of faults: each a function that plays one seeded round and leaves both nodes well.

A round makes look-outs and corrections at one node while its fault is at work, lets the nodes
recover without a human act, and gives the ids that the checker then compares in both databases.
"""

import contextlib
import os
import random
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from datetime import timedelta

import msgspec
import psycopg

from smartborder.agreements.envelope import seal_batch
from smartborder.kernel.errors import SmartborderError
from smartborder.model.exchange import EnvelopeRefused
from smartborder.node import failpoints
from smartborder.node.exchange import batching, inbox, keys, partners, signing
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.transport import PartnerUnreachable
from smartborder.node.exchange.wire import BATCH_PATH, Posted, decode_posted
from smartborder.node.lookouts import writing
from smartborder.node.lookouts.writing import Content
from smartborder.node.store.cluster import Cluster
from smartborder.node.store.session import SYSTEM, Store
from tests.support.pair import Cable, Pair, content

Round = Callable[[Pair, random.Random], list[str]]
CLASSES: dict[str, Round] = {}


def fault(name: str) -> Callable[[Round], Round]:
    def register(play: Round) -> Round:
        CLASSES[name] = play
        return play

    return register


def make(pair: Pair, chance: random.Random, count: int = 3) -> list[str]:
    """Some look-outs, some of them corrected, each in a transaction of its own."""
    made = []
    for n in range(count):
        with pair.us.act() as s:
            lookout = writing.create(s, pair.us.home, about(pair, f"Fault {chance.random()}"))
        made.append(lookout.id)
        for again in range(chance.randrange(3)):
            with pair.us.act() as s:
                changed = about(pair, f"Fault {n}", office=f"Desk {again} {chance.random()}")
                writing.correct(s, pair.us.home, lookout.id, changed, again + 1)
    return made


def about(pair: Pair, name: str, **changes: object) -> Content:
    """A look-out that is to be reviewed in half a year of the rounds' own clock."""
    return content(name, review_by=(pair.clock.now() + timedelta(days=180)).date(), **changes)


def drain(pair: Pair) -> None:
    """The worker goes on by itself, waiting out its back-off, until nothing is due."""
    pair.us.cable.fault = None
    for _ in range(200):
        pair.us.send()
        if not pair.us.value("SELECT count(*) FROM exchange.outbox"
                             " WHERE state IN ('waiting', 'sent')"):  # fmt: skip
            return
        pair.later(seconds=31)
    raise AssertionError("the backlog does not drain")


@fault("process killed")
def killed(pair: Pair, chance: random.Random) -> list[str]:
    """SIGKILL at a labelled step, twice in a row; the step's process is a child of this one."""
    made = make(pair, chance)
    for _ in range(2):
        step = chance.choice(failpoints.STEPS)
        assert in_child(pair, step) == signal.SIGKILL, step
        pair.later(seconds=31)
        made += make(pair, chance, 1)
    return made


def in_child(pair: Pair, step: str) -> int:
    """Send in a forked process that is killed at ``step``; the signal it died of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child makes no use of threads
        child = os.fork()
    if child == 0:
        try:
            failpoints.arm(pair.us.home, step)
            own = Store(pair.us.home, time=pair.clock)
            far = Store(pair.ca.home, time=pair.clock)
            send_due(pair.us.home, own, Cable(pair.ca.home, far))
            with own.act(SYSTEM, "laboratory") as s:
                print(step, s.first("SELECT trouble FROM exchange.partner"), file=sys.stderr)
        except Exception:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


@fault("database killed")
def database_killed(pair: Pair, chance: random.Random) -> list[str]:
    """SIGKILL for the server of both nodes while a batch is under way; it recovers from its WAL."""
    made = make(pair, chance)
    cluster = Cluster(pair.us.home)

    def fault_at(path, body, deliver):
        if path != BATCH_PATH:
            return deliver(body)
        timer = threading.Timer(chance.uniform(0, 0.03), cluster.kill)
        timer.start()
        try:
            return deliver(body)
        except Exception as error:
            raise PartnerUnreachable(type(error).__name__) from error
        finally:
            timer.join()

    pair.us.cable.fault = fault_at
    with contextlib.suppress(psycopg.OperationalError, SmartborderError):
        pair.us.send()  # the sender's own connection may die with the server
    cluster.start()
    pair.later(seconds=31)
    return made


@fault("cable cut")
def partition(pair: Pair, chance: random.Random) -> list[str]:
    """Nothing passes, or only one way, for seconds to a day; the backlog grows meanwhile."""
    one_way = chance.random() < 0.5

    def fault_at(path, body, deliver):
        if one_way:
            deliver(body)
        raise PartnerUnreachable("cut")

    pair.us.cable.fault = fault_at
    made = make(pair, chance)
    for _ in range(3):
        pair.us.send()
        pair.later(seconds=chance.choice((1, 60, 3600, 86400)))
    return made + make(pair, chance)


@fault("repeated, reordered, replayed")
def repeated(pair: Pair, chance: random.Random) -> list[str]:
    """Each post comes up to fifty times, old ones between new ones, some after a month."""
    old: list[bytes] = []

    def fault_at(path, body, deliver):
        if path != BATCH_PATH:
            return deliver(body)
        old.append(body)
        for _ in range(chance.choice((0, 1, 5, 50))):
            deliver(chance.choice(old))
        if chance.random() < 0.4:
            raise PartnerUnreachable("lost on the way back")
        return deliver(body)

    pair.us.cable.fault = fault_at
    made = make(pair, chance)
    for _ in range(3):
        pair.us.send()
        pair.later(seconds=31)
    drain(pair)
    first = [inbox.receive(pair.ca.home, pair.ca.store, body) for body in old]
    pair.later(days=30)
    again = [inbox.receive(pair.ca.home, pair.ca.store, body) for body in old]
    assert first == again
    return made


@fault("clocks differ")
def skew(pair: Pair, chance: random.Random) -> list[str]:
    """The clocks differ by up to ten minutes, and jump; nothing is sent or deleted wrongly."""
    minutes = chance.choice((-10, -3, 3, 10))

    def fault_at(path, body, deliver):
        pair.later(minutes=-minutes)
        try:
            return deliver(body)
        finally:
            pair.later(minutes=minutes)

    pair.later(seconds=31)
    made = make(pair, chance)
    with pair.ca.act() as s:
        before = s.value("SELECT count(*) FROM lookouts.lookout")
    pair.us.cable.fault = fault_at
    pair.us.send()
    assert pair.us.value("SELECT trouble FROM exchange.partner") is not None
    assert pair.ca.value("SELECT count(*) FROM lookouts.lookout") == before
    return made


def end_connections(admin: psycopg.Connection, name: str) -> None:
    """End whoever else is connected to a database, and wait until they are gone."""
    admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                  " WHERE datname = %s AND pid <> pg_backend_pid()", (name,))  # fmt: skip


@fault("database read only")
def read_only(pair: Pair, chance: random.Random) -> list[str]:
    """The receiver's database takes nothing (as with a full disk): no receipt, and it heals."""
    made = make(pair, chance)
    name = pair.ca.home.database.name

    def switch(to: str) -> None:
        with psycopg.connect(pair.ca.home.dsn("admin"), autocommit=True) as admin:
            admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {to}")
            end_connections(admin, name)

    def fault_at(path, body, deliver):
        try:
            return deliver(body)
        except psycopg.Error as error:
            raise PartnerUnreachable(type(error).__name__) from error

    with pair.us.act() as s:  # a hello lately, so that the batch itself meets the fault
        s.run("UPDATE exchange.partner SET hello_at = :n, failures = 0", n=s.now)
    switch("on")
    try:
        pair.us.cable.fault = fault_at
        pair.us.send()
        states = pair.us.rows("SELECT DISTINCT state FROM exchange.outbox WHERE record = ANY(:i)",
                              i=made)  # fmt: skip
        assert {r["state"] for r in states} <= {"waiting", "sent"}
    finally:
        switch_off(pair)
    pair.later(seconds=31)
    return made


def switch_off(pair: Pair) -> None:
    name = pair.ca.home.database.name
    with psycopg.connect(pair.us.home.dsn("admin"), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        end_connections(admin, name)


@fault("bits flipped")
def bits(pair: Pair, chance: random.Random) -> list[str]:
    """Fifty single bits of a posted batch, one at a time: each is noticed, none is applied."""
    made = make(pair, chance, 2)
    with pair.us.act() as s:
        found = batching.next_batch(s, pair.us.home, partners.state(s, "CAN"))
    if found is None:  # the key of the partner comes with its first hello
        return made
    body = found[1]
    whole = decode_posted(body)
    for _ in range(50):
        damaged = bytearray(body)
        damaged[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        try:
            if decode_posted(bytes(damaged)) == whole:
                continue  # a bit that JSON and base64 do not carry
            inbox.receive(pair.ca.home, pair.ca.store, bytes(damaged))
        except EnvelopeRefused:
            continue
        raise AssertionError("a flipped bit was not noticed")
    return made


@fault("key changed mid-flight")
def key_changed(pair: Pair, chance: random.Random) -> list[str]:
    """The sender switches to a new key before its partner has pinned it, then it is pinned."""
    made = make(pair, chance)
    (pair.us.home.path / "secrets" / signing.NEXT).unlink(missing_ok=True)
    fresh = signing.make(pair.us.home, chance.choice(("Ed25519", "ES256")))
    with pair.us.act() as s:  # made and signed with the old key, not yet posted
        batching.next_batch(s, pair.us.home, partners.state(s, "CAN"))
    signing.switch(pair.us.home)
    more = make(pair, chance)
    pair.us.send()
    with pair.ca.act() as s:
        keys.pin(s, "USA", fresh, valid_from=s.now, by="laboratory")
    pair.later(seconds=31)
    drain(pair)
    return made + more


@fault("hostile partner")
def hostile(pair: Pair, chance: random.Random) -> list[str]:
    """Another version, text, purpose or place under a good signature: refused and attributed."""
    made = make(pair, chance, 1)
    with pair.us.act() as s:
        found = batching.next_batch(s, pair.us.home, partners.state(s, "CAN"))
    if found is None:
        return made
    batch, body = found
    changes = chance.choice((
        {"agreement": "everything"}, {"agreement_version": 99}, {"agreement_digest": "0" * 64},
        {"purpose": "curiosity"}, {"kind": "destruction"},
    ))  # fmt: skip
    old = batch.envelopes[0].header
    subject = f"{chance.getrandbits(128):032x}"
    header = msgspec.structs.replace(old, id=f"{old.id}-{subject}", subject=subject, **changes)
    made_up = seal_batch(f"{batch.statement.id}-{chance.random()}", [header], pair.clock.now(),
                         keys.signer(pair.us.home))  # fmt: skip
    part = header.parts[0].sha256
    posted = Posted(batch=made_up, parts={part: decode_posted(body).parts[part]})
    before = refusals(pair)
    receipt = msgspec.json.decode(
        inbox.receive(pair.ca.home, pair.ca.store, msgspec.json.encode(posted))
    )
    assert receipt["statement"]["rows"][0]["outcome"] == "refused"
    assert refusals(pair) == before + 1
    return made


def refusals(pair: Pair) -> int:
    return pair.ca.value("SELECT count(*) FROM exchange.refusal WHERE partner = 'USA'")


@fault("day-old backup")
def restored(pair: Pair, chance: random.Random) -> list[str]:
    """The receiver's database is yesterday's again; both come into step without a human act."""
    made = make(pair, chance)
    drain(pair)
    snapshot(pair)
    more = make(pair, chance)
    with pair.us.act() as s:
        writing.correct(s, pair.us.home, made[0], about(pair, "After", office="Today"))
    drain(pair)
    back(pair)
    for _ in range(4):  # the difference is noticed at one hello and acted on at the next
        pair.later(minutes=11)
        pair.us.send()
    drain(pair)
    return made + more


def snapshot(pair: Pair) -> None:
    """Yesterday's backup of Canada's database: a whole copy beside it."""
    _swap(pair, "DROP DATABASE IF EXISTS {0}_old", "CREATE DATABASE {0}_old TEMPLATE {0}")


def back(pair: Pair) -> None:
    """Put the copy in its place."""
    _swap(pair, "DROP DATABASE {0}", "ALTER DATABASE {0}_old RENAME TO {0}")


def _swap(pair: Pair, *statements: str) -> None:
    name = pair.ca.home.database.name
    with psycopg.connect(pair.us.home.dsn("admin"), autocommit=True) as admin:
        end_connections(admin, name)
        for statement in statements:
            admin.execute(statement.format(name))

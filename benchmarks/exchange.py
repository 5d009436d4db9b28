"""Two nodes: receiving, questions answered at once, draining, restart, a correction's way, ledger.

Bars on 2 cores: 2,000 messages a second received in batches (aim 3,000) with receipt, custody,
row security and ledger on, 300 singly; hit/no-hit there and back p50 20 ms at 50 a second with
three durable commits; 1,000 a second drained; a node with 10^6 rows in its outbox at work within
15 s; a correction at the partner within 5 s; 5,000 leaves a second appended to the ledger.

The peer of receiving is the least that any receiver must do: the same records written with one
commit a batch, by the same driver into a plain table, without signature, receipt, custody, row
security or ledger. The ledger's peer is pymerkle, the oracle of its tests.
"""

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from benchmarks.exchange_pair import Pair, crossing
from benchmarks.machine import rates
from smartborder.node.exchange import at_once, batching, partners, query
from smartborder.node.exchange.delivery import send_due
from smartborder.node.exchange.wire import BATCH_PATH
from smartborder.node.ledger.sequence import sequence
from smartborder.node.store.cluster import Cluster
from smartborder.node.store.session import SYSTEM, Actor, Store

BATCH = 100
BATCHES = 30
SINGLES = 300
QUESTIONS = 300
PER_SECOND = 50
BACKLOG = 3000
LEAVES = 20_000
ROWS = 1_000_000


def run() -> dict[str, Any]:
    """Measure on two nodes of our own, in a temporary folder, and clear them away."""
    with tempfile.TemporaryDirectory(prefix="sb-bench-") as folder, Pair(Path(folder)) as pair:
        batched = [_received(pair, pair.batches(BATCHES, BATCH)) for _ in range(5)]
        ours = statistics.median(batched)
        singly = [_received(pair, pair.batches(SINGLES, 1)) for _ in range(3)]
        asked = _asked(pair)
        drained = [_drained(pair) for _ in range(3)]
        corrected = [pair.correction_seconds() for _ in range(5)]
        ledger = statistics.median(_ledger(pair) for _ in range(3))
        peer = statistics.median(_plain(pair) for _ in range(5))
        restart = _restart(pair)
    conditions = {
        "bar": 2000, "aim": 3000, "runs": [round(x) for x in batched],
        "singly_per_s": round(statistics.median(singly)), "singly_bar": 300,
        "question_p50_ms": round(asked[len(asked) // 2] * 1000, 1), "question_p50_bar_ms": 20,
        "question_p99_ms": round(asked[int(len(asked) * 0.99)] * 1000, 1),
        "questions_per_s": PER_SECOND, "question_commits": 3,
        "drained_per_s": round(statistics.median(drained)), "drained_bar": 1000,
        "restart_rows": ROWS, "restart_s": round(restart, 1), "restart_bar_s": 15,
        "correction_s": round(statistics.median(corrected), 2), "correction_bar_s": 5,
        "ledger_leaves_per_s": round(ledger), "ledger_bar": 5000,
        "pymerkle_leaves_per_s": _pymerkle(), **rates(),
    }  # fmt: skip
    return {
        "name": "exchange", "ours": round(ours), "peer": round(peer),
        "ratio": round(ours / peer, 3), "conditions": conditions,
        "unit": "messages/s received in batches of 100 (peer: the same rows, plainly written)",
    }  # fmt: skip


def _received(pair: Pair, bodies: list[bytes]) -> float:
    """Messages a second that the receiver's two web workers take in over HTTP."""
    size = len(msgspec.json.decode(bodies[0])["batch"]["envelopes"])
    began = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda body: pair.line.post(BATCH_PATH, body), bodies))
    took = time.perf_counter() - began
    for answer in answers:
        rows = msgspec.json.decode(answer)["statement"]["rows"]
        if any(row["outcome"] != "applied" for row in rows):
            raise RuntimeError("a message was not applied")
    return len(bodies) * size / took


def _asked(pair: Pair) -> list[float]:
    """Seconds from a question to its answer, sorted; a late start counts as waiting."""
    cases, turn = pair.cases(), "warm"

    def ask(n: int) -> float:
        due = start + n / PER_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        who = Actor("officer", f"{turn}-{n // 20}")
        with pair.us.act(who, "passenger-information", cases[n % len(cases)]) as s:
            asked = query.ask(s, pair.us_home)
            prepared = at_once.prepare(s, pair.us_home, [asked.envelope])
        if not at_once.exchange(pair.us_home, pair.us, prepared, pair.line):
            raise RuntimeError("no answer at once")
        return time.perf_counter() - due

    start = time.perf_counter()
    for n in range(20):
        ask(n)  # connections and caches, before the clock starts
    turn, start = "run", time.perf_counter() + 0.2
    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(ask, range(QUESTIONS)))
    at_once.hand_over(pair.us_home, pair.us, pair.line)
    return found


def _drained(pair: Pair) -> float:
    """Messages a second from a full outbox to receipted, one batch after the other."""
    pair.fill(BACKLOG)
    began = time.perf_counter()
    done = 0
    while done < BACKLOG:
        sent = send_due(pair.us_home, pair.us, pair.line)
        if not sent:
            raise RuntimeError("the backlog does not drain")
        done += sent
    return done / (time.perf_counter() - began)


def _ledger(pair: Pair) -> float:
    """Leaves a second: written a hundred to a transaction, and given their place in the tree."""
    while sequence(pair.us):
        pass
    began = time.perf_counter()
    for _ in range(LEAVES // BATCH):
        with pair.us.act(SYSTEM, "benchmark") as s:
            for n in range(BATCH):
                s.leaf("bench", f"record-{n}", {"n": n})
    while sequence(pair.us):
        pass
    return LEAVES / (time.perf_counter() - began)


def _pymerkle() -> int | None:
    try:
        from pymerkle import InmemoryTree
    except ImportError:
        return None
    tree = InmemoryTree(algorithm="sha256")
    began = time.perf_counter()
    for n in range(LEAVES):
        tree.append_entry(b"%032d" % n)
    tree.get_root()
    return round(LEAVES / (time.perf_counter() - began))


def _plain(pair: Pair) -> float:
    """The peer: rows of the same size, a hundred to a commit, on two connections."""
    rows = [(f"r{n}", msgspec.json.encode(crossing(n)).decode()) for n in range(BATCH)]
    with psycopg.connect(pair.ca_home.dsn("admin"), autocommit=True) as admin:
        admin.execute("CREATE TABLE plain (id text, content jsonb)")

    def write(_: int) -> None:
        with psycopg.connect(pair.ca_home.dsn("admin")) as connection:
            for _ in range(BATCHES // 2):
                connection.cursor().executemany("INSERT INTO plain VALUES (%s, %s)", rows)
                connection.commit()

    began = time.perf_counter()
    with ThreadPoolExecutor(2) as both:
        list(both.map(write, range(2)))
    took = time.perf_counter() - began
    with psycopg.connect(pair.ca_home.dsn("admin"), autocommit=True) as admin:
        admin.execute("DROP TABLE plain")
    return BATCHES // 2 * 2 * BATCH / took


def _restart(pair: Pair) -> float:
    """Seconds from a killed server with a full outbox to the first receipted batch."""
    pair.fill_plainly(ROWS)
    pair.us.close()
    cluster = Cluster(pair.us_home)
    cluster.kill()
    began = time.perf_counter()
    cluster.start()
    pair.us = Store(pair.us_home)
    with pair.us.act(SYSTEM, "exchange") as s:
        made = batching.next_batch(s, pair.us_home, partners.state(s, pair.ca_home.node_id))
    if made is None:
        raise RuntimeError("nothing to send")
    pair.line.post(BATCH_PATH, made[1])
    return time.perf_counter() - began


__all__ = ["run"]

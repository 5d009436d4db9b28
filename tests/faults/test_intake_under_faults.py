"""A node under load loses its database: what was accepted is there once, and the logs tell nothing.

One real node, real processes, real SIGKILL; the airline behaves as the how-to says: it repeats a
message until it has a reply.
"""

import json
import os
import signal
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from smartborder.node.access import clients
from smartborder.node.jobs import abandoned
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.store.session import SYSTEM, Store
from smartborder.world.carrier import Line
from tests.scenarios.messages import paxlst, person

pytestmark = [pytest.mark.node, pytest.mark.points(8)]
MESSAGES = 40
CANARY = "ZZYZXCANARY"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    from smartborder.node.home import NodeHome
    from smartborder.node.store.install import install

    home = NodeHome.create(tmp_path_factory.mktemp("faults") / "node", country="CA", port=8291)
    home = install(home)
    supervisor = Supervisor(home)
    supervisor.start(tied=True)
    store = Store(home)
    with store.act(SYSTEM, "access") as s:
        client = clients.add(s, name="AF host", kind="airline-host", carriers=["AF"],
                             per_minute=100_000)  # fmt: skip
        clients.go_live(s, client.id, "test")
        key = clients.make_key(s, clients.find(s, client.id), "live")
    store.close()
    yield home, supervisor, Line(f"http://127.0.0.1:{home.port}", key), key
    supervisor.destroy()


def until_answered(line, message, tries=200):
    """Send as a carrier does: again and again until there is a reply."""
    for _ in range(tries):
        try:
            answer = line.send(message)
        except OSError:
            answer = None
        if answer is not None and answer.status == 200:
            return answer.codes()
        time.sleep(0.1)  # the carrier's own pause between tries
    return None


def test_nothing_accepted_is_lost_or_doubled_when_the_database_is_killed(running):
    home, supervisor, line, _ = running
    messages = [
        paxlst(f"F{n}", people=person(f"TRF{n}", CANARY, f"N{n}", document=f"55XX{n:05}"))
        for n in range(MESSAGES)
    ]
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(until_answered, line, m) for m in messages]
        sent[5].result()
        supervisor.kill_database()
        codes = [s.result() for s in sent]
    assert all(c and len(c) == 1 for c in codes)
    with psycopg.connect(home.dsn("app")) as connection:
        connection.execute("SELECT set_config('smartborder.purpose', 'test', false)")
        counted = connection.execute(
            "SELECT count(*), count(DISTINCT reference) FROM act.traveller"
        ).fetchone()
        leaves = connection.execute(
            "SELECT count(*) FROM ledger.leaf WHERE kind = 'message'"
        ).fetchone()
    assert counted == (MESSAGES, MESSAGES)
    assert leaves == (MESSAGES,)


def accepted(line, key, message):
    """Send as a batch; the receipt."""
    request = urllib.request.Request(
        f"{line.base}/v1/messages?delivery=batch", data=message, method="POST",
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/edifact"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["transmission"]


def held_by_the_worker(connection, transmission):
    """The worker is at this transmission now, and waits for the row that the test holds."""
    return connection.execute(
        "SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing'"
        " AND args ->> 'transmission' = %s", (transmission,)
    ).fetchone()  # fmt: skip


def state_of(connection, transmission):
    return connection.execute(
        "SELECT state FROM act.transmission WHERE id = %s", (transmission,)
    ).fetchone()


def revived(supervisor, before):
    """The supervisor has started another worker."""
    return supervisor.running().parts.get("worker", before).pid != before.pid


def until(look, seconds=30.0):
    limit = time.monotonic() + seconds
    while (found := look()) is None:
        assert time.monotonic() < limit, "not in time"
        time.sleep(0.05)
    return found


def test_a_batch_under_way_when_its_worker_is_killed_is_answered_by_the_next_worker(running):
    """Twenty seconds without a sign of life are written into the table, not waited for."""
    home, supervisor, line, key = running
    message = paxlst("KILLED", people=person("TRKILLED", CANARY, "KATE", document="55XX77777"))
    with (
        psycopg.connect(home.dsn("app"), autocommit=True) as looking,
        psycopg.connect(home.dsn("app")) as holding,
    ):
        for connection in (looking, holding):
            connection.execute("SELECT set_config('smartborder.purpose', 'test', false)")
        holding.commit()
        holding.execute("LOCK TABLE act.message IN SHARE MODE")
        transmission = accepted(line, key, message)
        (worker,) = until(lambda: held_by_the_worker(looking, transmission))
        before = supervisor.running().parts["worker"]
        os.kill(before.pid, signal.SIGKILL)
        until(lambda: revived(supervisor, before) or None)
        holding.rollback()
        assert state_of(looking, transmission) == ("received",)
        looking.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s"
            " * interval '1 second' WHERE id = %s", (abandoned.SILENT, worker)
        )  # fmt: skip
        until(lambda: state_of(looking, transmission) == ("answered",) or None)
        assert looking.execute(
            "SELECT count(*) FROM act.traveller WHERE reference = 'TRKILLED'"
        ).fetchone() == (1,)


def test_no_log_holds_a_name(running):
    home, *_ = running
    logs = {p.name: p.read_text(errors="replace") for p in (home.path / "log").iterdir()}
    assert "web.log" in logs
    assert [name for name, text in logs.items() if CANARY in text] == []

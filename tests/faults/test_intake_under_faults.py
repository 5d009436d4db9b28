"""A node under load loses its database: what was accepted is there once, and the logs tell nothing.

One real node, real processes, real SIGKILL; the airline behaves as the how-to says: it repeats a
message until it has a reply.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from smartborder.node.access import clients
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
    yield home, supervisor, Line(f"http://127.0.0.1:{home.port}", key)
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
    home, supervisor, line = running
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


def test_no_log_holds_a_name(running):
    home, _, _ = running
    logs = {p.name: p.read_text(errors="replace") for p in (home.path / "log").iterdir()}
    assert "web.log" in logs
    assert [name for name, text in logs.items() if CANARY in text] == []

"""A node's processes: ready when they answer, revived when they die, gone when stopped."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from smartborder.node.home import NodeHome
from smartborder.node.process import pids, state
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.process.watch import AlreadyRunning, PortInUse
from smartborder.node.store.cluster import StartFailed
from smartborder.node.store.install import install

pytestmark = pytest.mark.node


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "not in time"


def answers(home: NodeHome) -> bool:
    connection = http.client.HTTPConnection(home.host, home.port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def processes_of(home: NodeHome) -> list[str]:
    """Every process that names this home in its environment or works inside its places."""
    found = []
    places = [str(home.path), str(home.database.place)]
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid() or not pids.alive(int(entry.name)):
            continue
        try:
            environment = (entry / "environ").read_bytes().decode(errors="replace")
            where = os.readlink(entry / "cwd")
        except OSError:
            continue
        if f"SMARTBORDER_HOME={home.path}\0" in environment or any(
            where.startswith(place) for place in places
        ):
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended since
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    home = NodeHome.create(tmp_path_factory.mktemp("processes") / "node", country="CA")
    home = home.changed(port=free_port())
    home.save()
    home = install(home)
    yield home
    Supervisor(home).destroy()
    assert processes_of(home) == []
    assert not home.path.exists()
    assert not home.database.place.exists()


@pytest.fixture(scope="module")
def running(node):
    supervisor = Supervisor(node)
    supervisor.start()
    return supervisor


def test_started_means_that_it_answers(running):
    found = running.running()
    assert found.phase == "ready"
    assert set(found.parts) == {"database", "web", "worker"}
    assert answers(running.home)


def test_a_second_start_is_refused(running):
    with pytest.raises(AlreadyRunning):
        Supervisor(running.home).start()


def test_status_as_json(running):
    done = subprocess.run(
        [sys.executable, "-m", "smartborder", "node", "status", "--json"],
        env={**os.environ, "SMARTBORDER_HOME": str(running.home.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["phase"] == "ready"
    assert found["parts"]["web"]["pid"] == running.running().parts["web"].pid


@pytest.mark.parametrize("part", ["web", "worker"])
def test_a_killed_part_is_revived(running, part):
    before = running.running().parts[part]
    os.kill(before.pid, signal.SIGKILL)
    until(lambda: running.running().parts.get(part, before).pid != before.pid)
    assert running.running().parts[part].restarts == before.restarts + 1
    until(lambda: answers(running.home))


def test_a_killed_database_is_revived(running):
    before = running.running().parts["database"]
    running.kill_database()
    until(lambda: running.running().parts.get("database", before).pid != before.pid)
    until(lambda: answers(running.home))


def test_after_the_supervisor_was_killed_a_new_start_takes_over(running):
    found = running.running()
    os.kill(found.supervisor.pid, signal.SIGKILL)
    until(lambda: running.running().phase == "stopped")
    assert running.running().parts  # left behind, and known
    again = running.start()
    assert again.parts["web"].pid != found.parts["web"].pid
    assert not found.parts["web"].alive
    assert again.parts["database"].pid == found.parts["database"].pid  # simply taken over
    until(lambda: answers(running.home))


def test_stop_leaves_nothing_behind(running):
    assert running.stop()
    assert processes_of(running.home) == []
    assert not answers(running.home)
    assert not list(running.home.database.socket.glob(".s.PGSQL*"))
    assert running.running() == state.State()
    assert not running.stop()


def test_a_tied_node_ends_with_whoever_started_it(node):
    script = (
        "import os, sys; from smartborder.node.home import NodeHome;"
        "from smartborder.node.process.supervisor import Supervisor;"
        f"Supervisor(NodeHome.load({str(node.path)!r})).start(tied=True);"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == -signal.SIGKILL
    until(lambda: processes_of(node) == [])


def test_stop_after_the_supervisor_was_killed_ends_the_rest(node):
    supervisor = Supervisor(node)
    found = supervisor.start()
    os.kill(found.supervisor.pid, signal.SIGKILL)
    until(lambda: not found.supervisor.alive)
    assert supervisor.stop()
    assert processes_of(node) == []


def test_port_in_use_is_a_coded_error(node):
    with socket.socket() as other:
        other.bind((node.host, node.port))
        other.listen()
        with pytest.raises(PortInUse) as failure:
            Supervisor(node).start()
    assert failure.value.where["port"] == node.port
    assert processes_of(node) == []


def test_foreground_ends_on_ctrl_c(node):
    process = subprocess.Popen(
        [sys.executable, "-m", "smartborder", "node", "start", "--foreground"],
        env={**os.environ, "SMARTBORDER_HOME": str(node.path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        assert any("ready: CAN" in line for line in process.stderr)
        process.send_signal(signal.SIGINT)
        assert "stopped" in process.stderr.read()
    assert process.returncode == 0
    assert processes_of(node) == []


def test_a_start_that_fails_says_why_and_leaves_nothing(node):
    control = node.database.place / "data" / "global" / "pg_control"
    control.rename(control.with_name("away"))
    try:
        with pytest.raises(StartFailed):
            Supervisor(node).start()
        assert processes_of(node) == []
        assert Supervisor(node).running().phase == "stopped"
    finally:
        control.with_name("away").rename(control)

"""One process kept alive; ``now`` is given, so no test waits for a pause."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from smartborder.node.process import pids
from smartborder.node.process.part import FIRST_PAUSE, LONGEST_PAUSE, SETTLED, Part

FOREVER = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]


@pytest.fixture
def part(tmp_path):
    made = Part("web", FOREVER, log=tmp_path / "web.log", environment={})
    yield made
    made.stop(0)
    assert made.process is None


def kill(part):
    os.kill(part.process.pid, signal.SIGKILL)
    part._child.wait()


def test_runs_in_a_session_of_its_own(part):
    part.start(0.0)
    assert part.process.alive
    assert os.getpgid(part.process.pid) == part.process.pid != os.getpgid(0)
    assert not part.tend(1.0)


def test_is_revived_after_a_pause_that_doubles(part):
    part.start(0.0)
    now, pause = 0.0, FIRST_PAUSE
    for restarts in range(1, 10):
        kill(part)
        assert part.tend(now)  # its death is noticed
        assert not part.tend(now + pause - 0.01)
        assert part.process is None
        now += pause
        assert part.tend(now)
        assert part.process.restarts == restarts
        pause = min(pause * 2, LONGEST_PAUSE)
    assert pause == LONGEST_PAUSE


def test_one_that_ran_well_is_revived_at_once_again(part):
    part.start(0.0)
    kill(part)
    part.tend(0.0)
    part.tend(FIRST_PAUSE)
    kill(part)
    late = FIRST_PAUSE + SETTLED
    part.tend(late)
    assert part.tend(late + FIRST_PAUSE)
    assert part.process.alive


def test_its_own_children_end_with_it(tmp_path):
    script = (
        "import signal, subprocess, sys; child = subprocess.Popen([sys.executable, '-c',"
        " 'import signal; signal.pause()']); print(child.pid, flush=True); signal.pause()"
    )
    log = tmp_path / "web.log"
    part = Part("web", [sys.executable, "-c", script], log=log, environment={})
    part.start(0.0)
    while not log.read_text().strip():
        assert part.process
    child = int(log.read_text())
    assert pids.alive(child)
    kill(part)
    part.tend(1.0)
    assert not pids.alive(child)
    part.stop(0)


def test_stop_asks_before_it_kills(tmp_path):
    script = (
        "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: (print('bye'), sys.exit()));"
        "print('up', flush=True); signal.pause()"
    )
    log = tmp_path / "web.log"
    part = Part("web", [sys.executable, "-c", script], log=log, environment={})
    part.start(0.0)
    while "up" not in log.read_text():
        assert part.process
    part.ask_to_stop()
    part.stop(20)
    assert log.read_text().split() == ["up", "bye"]


EXIT_ONE_THREAD = {"x86_64": 60, "aarch64": 93}
"""exit(2) by machine: it ends the calling thread alone."""


def test_a_process_whose_leading_thread_is_gone_still_holds_what_it_holds():
    code = (
        "import ctypes, threading, time; threading.Thread(target=time.sleep, args=(60,)).start();"
        "print('up', flush=True);"
        f"ctypes.CDLL(None).syscall({EXIT_ONE_THREAD[os.uname().machine]}, 0)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        child.stdout.read(2)
        soon(lambda: state_letter(child.pid) == "Z")
        assert pids.alive(child.pid)
        child.kill()
        soon(lambda: not pids.alive(child.pid))


def state_letter(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def soon(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)

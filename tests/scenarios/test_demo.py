"""The demo as a person starts it: it says where to look, ends by Ctrl-C and leaves nothing.

Each run is a process group of its own with an empty home and a temporary folder of its own, so
that whatever it leaves behind is found. ``./demo`` does nothing but make sure of the packages
and become the command that is run here. The whole day is played once, for a real browser, in
``tests/browser/test_beats.py``; which beats are told is in ``tests/unit/world/test_play.py``.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from smartborder.node.store.database import own_database
from smartborder.world.demo.stage import ROLES

pytestmark = [pytest.mark.node, pytest.mark.demo]

_MARK = "SMARTBORDER_DEMO_TEST"
_LONGEST = 300
"""Seconds for a run on a busy machine; a quiet one takes twenty."""


class Run:
    """One demo, started in an environment with nothing in it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self.mark = secrets.token_hex(8)
        (folder / "home").mkdir()
        (folder / "tmp").mkdir()
        self.errors = folder / "errors.txt"
        errors = self.errors.open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "smartborder", "demo", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
            preexec_fn=_as_at_a_terminal,
            cwd=folder / "home",
            env={"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"),
                 "PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", _MARK: self.mark},
        )  # fmt: skip
        errors.close()
        self.places: list[Path] = []

    def line(self) -> str:
        """The next line it prints."""
        assert self.process.stdout
        return self.process.stdout.readline()

    def note_places(self) -> None:
        """Remember every folder and socket that the nodes of this run have outside their homes."""
        for home in (self.folder / "tmp").glob("smartborder-demo-*/??"):
            database = own_database(home, None)
            self.places += [p for p in (database.place, database.socket) if p]

    def interrupt(self) -> None:
        """Ctrl-C: the terminal sends it to the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> tuple[str, str]:
        """Wait for it to end well; the rest of what it printed."""
        assert self.process.stdout
        late = threading.Timer(_LONGEST, self.process.terminate)
        late.start()
        out = self.process.stdout.read()
        self.process.wait()
        late.cancel()
        err = self.errors.read_text()
        assert self.process.returncode == 0, err
        return out, err

    def stop(self) -> None:
        """Whatever happened: nothing of this run stays."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=_LONGEST)
        assert self.process.stdout
        self.process.stdout.close()

    def left_behind(self) -> list[str]:
        """Processes with this run's mark in their environment, folders, sockets."""
        mark = f"{_MARK}={self.mark}".encode()
        found = [f"process {p}" for p in Path("/proc").glob("[0-9]*") if mark in _environment(p)]
        found += [f"folder {p}" for p in self.places if p.exists()]
        found += [f"file {p}" for p in self.folder.glob("*/*")]
        return found


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """``run("--json")`` starts a demo; it is stopped with the test."""
    started: list[Run] = []

    def start(*words: str) -> Run:
        started.append(Run(tmp_path, *words))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def test_a_beat_is_told_until_ctrl_c_and_nothing_is_left(run: Callable[..., Run]) -> None:
    demo = run("--beat", "1", "--json")
    first = json.loads(demo.line())
    assert set(first["addresses"]) == {"CA", "US"}
    for country, links in first["links"].items():
        assert set(links) == set(ROLES)
        for link in links.values():
            assert link.startswith(f"{first['addresses'][country]}/enter/")
    demo.note_places()
    told = json.loads(demo.line())
    assert told["beat"] == 1
    assert told["seen"]["record"] == "CAN USA"
    assert all(_answers(a) for a in first["addresses"].values())  # it goes on until it is ended
    demo.interrupt()
    out, err = demo.end()
    assert (out, "Traceback" in err) == ("", False)
    assert demo.places
    assert demo.left_behind() == []
    assert [a for a in first["addresses"].values() if _answers(a)] == []


def test_ctrl_c_while_the_nodes_start_leaves_nothing(run: Callable[..., Run]) -> None:
    demo = run("--lang", "fr")
    while "starting" not in (line := demo.line()):
        assert line, demo.end()
    demo.note_places()
    demo.interrupt()
    _, err = demo.end()
    assert "Traceback" not in err
    assert demo.places
    assert demo.left_behind() == []


def _as_at_a_terminal() -> None:
    """Ctrl-C means something, also when these tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _environment(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:
        return b""


def _answers(address: str) -> bool:
    with socket.socket() as probe:
        where = urlsplit(address)
        return probe.connect_ex((where.hostname or "", where.port or 0)) == 0

"""A node from outside: start it in the background, stop it, ask how it is."""

import os
import shutil
import signal
import subprocess
import sys
import time

from smartborder.kernel.errors import EnvironmentFault, tree
from smartborder.kernel.text import Text
from smartborder.node.home import HOME_VARIABLE, NodeHome
from smartborder.node.process import logs, pids, state
from smartborder.node.process.state import State
from smartborder.node.process.watch import TIED_VARIABLE, AlreadyRunning, end_leftovers
from smartborder.node.store.cluster import Cluster

_START_SECONDS = 150.0
_STOP_SECONDS = 60.0
_children: dict[int, subprocess.Popen[bytes]] = {}


class NodeNotStarted(EnvironmentFault):
    """The node did not come up; the end of ``<home>/log/node.log`` says why."""

    code = "node.not-started"
    title = Text("The node did not start", "Le nœud n'a pas démarré")


class NodeNotStopped(EnvironmentFault):
    """The node did not end in time; ``smartborder node status`` shows what still runs."""

    code = "node.not-stopped"
    title = Text("The node did not stop", "Le nœud ne s'est pas arrêté")


def _tie() -> dict[str, str]:
    pid = os.getpid()
    return {TIED_VARIABLE: f"{pid} {pids.started(pid) or ''}"}


class Supervisor:
    """Start, stop and look at the processes of one node, from any other process."""

    def __init__(self, home: NodeHome) -> None:
        """``home`` must have been installed (``smartborder node init``)."""
        self.home = home
        self._run = home.path / "run"

    def start(self, *, tied: bool = False) -> State:
        """Start the node in a process group of its own and wait until it answers.

        Args:
            tied: the node ends when the calling process ends, however that ends; for the demo
                and for tests, which must leave nothing behind.

        Raises:
            AlreadyRunning: it runs.
            NodeNotStarted: it did not come up; other errors of the tree where the node itself
                could say what is wrong (``node.port-in-use``, ``store.start-failed`` ...).

        """
        if self.running().supervisor:
            raise AlreadyRunning("this node runs already", home=str(self.home.path))
        if state.read(self._run).phase == "failed":
            state.clear(self._run)
        log = self.home.path / "log" / "node.log"
        with log.open("ab") as output:
            child = subprocess.Popen(
                [sys.executable, "-P", "-m", "smartborder.node.process"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, HOME_VARIABLE: str(self.home.path), **(_tie() if tied else {})},
                cwd=self.home.path,
            )
        _children[child.pid] = child
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            found = state.read(self._run)
            if found.phase == "ready" and found.supervisor and found.supervisor.pid == child.pid:
                return found
            if child.poll() is not None:
                self._raise(state.read(self._run), logs.last_line(log))
            time.sleep(0.05)
        self.stop()
        raise NodeNotStarted(f"no answer within {_START_SECONDS:.0f} seconds", log=str(log))

    def stop(self) -> bool:
        """Stop the node and everything of it, also after its supervisor was killed.

        Returns:
            Whether anything ran.

        Raises:
            NodeNotStopped: a process is still there after a minute.

        """
        found = self.running()
        if found.supervisor:
            os.kill(found.supervisor.pid, signal.SIGTERM)
            until = time.monotonic() + _STOP_SECONDS
            while found.supervisor.alive or found.supervisor.pid in _children:
                _bury()
                if time.monotonic() > until:
                    raise NodeNotStopped("it still runs", pid=found.supervisor.pid)
                time.sleep(0.02)
        end_leftovers(self.home)
        if self.home.database.kind == "own":
            Cluster(self.home).stop()
        state.clear(self._run)
        return bool(found.supervisor or found.parts)

    def destroy(self) -> None:
        """Stop the node, then remove its own server, its keys and its folder; no way back.

        A given server keeps its database; whoever runs it drops that.
        """
        self.stop()
        if self.home.database.kind == "own":
            Cluster(self.home).destroy()
        shutil.rmtree(self.home.path)

    def running(self) -> State:
        """What runs now; phase ``stopped`` with leftovers listed if the supervisor was killed."""
        _bury()
        found = state.read(self._run)
        parts = {name: process for name, process in found.parts.items() if process.alive}
        alive = found.supervisor if found.supervisor and found.supervisor.alive else None
        phase = found.phase if alive or found.phase == "failed" else "stopped"
        return State(phase=phase, supervisor=alive, parts=parts, trouble=found.trouble)

    def kill_database(self) -> None:
        """Kill PostgreSQL as a crash would (SIGKILL); the running node revives it by itself."""
        if self.home.database.kind == "own":
            Cluster(self.home).kill()

    def _raise(self, found: State, last_line: str) -> None:
        """The failed start as the error it was."""
        state.clear(self._run)
        if found.trouble:
            for error in tree():
                if error.code == found.trouble.code:
                    raise error(found.trouble.detail, **found.trouble.where)
        raise NodeNotStarted(last_line, log=str(self.home.path / "log" / "node.log"))


def _bury() -> None:
    """Take note of the nodes we started that have ended, so that none stays a zombie."""
    for pid, child in list(_children.items()):
        if child.poll() is not None:
            del _children[pid]

"""Inside a running node: start everything, keep it alive, stop everything.

One process, one loop, four looks a second. The database is revived like the other parts; web
and worker outlive its absence and reconnect by themselves.
"""

import fcntl
import http.client
import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from smartborder.kernel.errors import EnvironmentFault, SmartborderError, StateError
from smartborder.kernel.text import Text
from smartborder.node.home import NodeHome
from smartborder.node.process import logs, state
from smartborder.node.process.part import FIRST_PAUSE, LONGEST_PAUSE, Part, end_group
from smartborder.node.process.parts import parts
from smartborder.node.process.state import Process, State, Trouble
from smartborder.node.store import migrate
from smartborder.node.store.cluster import Cluster, StartFailed

TIED_VARIABLE = "SMARTBORDER_TIED_TO"
"""Pid and start of the process without which this node shall not run, if it is tied to one."""

_LOOK_SECONDS = 0.25
_READY_SECONDS = 60.0
_STOP_SECONDS = 10.0
_LOG_SECONDS = 30.0

log = logging.getLogger("smartborder.node")


class AlreadyRunning(StateError):
    """This node runs already; ``smartborder node status`` shows it."""

    code = "node.already-running"
    title = Text("The node is already running", "Le nœud fonctionne déjà")


class PortInUse(EnvironmentFault):
    """Another program listens on the node's port: stop it, or give the node another port."""

    code = "node.port-in-use"
    title = Text("The port is in use", "Le port est déjà utilisé")


class PartFailed(EnvironmentFault):
    """A process of the node does not stay up: the end of its log in ``<home>/log`` says why."""

    code = "node.part-failed"
    title = Text("A process of the node failed", "Un processus du nœud a échoué")


class Watch:
    """The loop that is a running node."""

    def __init__(self, home: NodeHome) -> None:
        """Nothing is started yet."""
        self.home = home
        self.run_folder = home.path / "run"
        self.cluster = Cluster(home) if home.database.kind == "own" else None
        self.parts: list[Part] = []
        self._stopping = False
        pid, _, start = os.environ.get(TIED_VARIABLE, "").partition(" ")
        self._tied_to = Process(pid=int(pid), started=start or None) if pid else None
        self._phase: state.Phase = "starting"
        self._database_pause = FIRST_PAUSE
        self._database_due: float | None = None
        self._database_restarts = 0

    def run(self) -> None:
        """Run the node until SIGTERM or SIGINT; everything is stopped when this returns.

        Raises:
            AlreadyRunning: another process runs this node.
            PortInUse: something else listens on its port.
            PartFailed: web or worker does not stay up at the start.

        """
        with self._only_one(), self._signals() as wake:
            failure = None
            try:
                end_leftovers(self.home)
                self._tell("starting")
                self._start()
                self._until(wake, self._answers, _READY_SECONDS)
                if not self._stopping:
                    self._tell("ready")
                    log.info("ready: %s http://%s:%d", *self._name())
                    self._until(wake, lambda: False, None)
            except SmartborderError as error:
                failure = Trouble(code=error.code, detail=error.detail, where=error.where)
                raise
            finally:
                self._tell("stopping")
                self._stop()
                state.clear(self.run_folder)
                if failure:
                    state.write(self.run_folder, State(phase="failed", trouble=failure))
                log.info("stopped")

    def _name(self) -> tuple[str, str, int]:
        return self.home.node_id, self.home.host, self.home.port

    def _start(self) -> None:
        self._check_port()
        if self.cluster:
            self.cluster.start()
        migrate.upgrade(self.home)
        self.parts = parts(self.home)
        for part in self.parts:
            part.start(time.monotonic())
        self._tell("starting")

    def _stop(self) -> None:
        for part in self.parts:
            part.ask_to_stop()
        until = time.monotonic() + _STOP_SECONDS
        for part in self.parts:
            part.stop(max(0.1, until - time.monotonic()))
        if self.cluster:
            self.cluster.stop()

    def _until(self, wake: int, done: Callable[[], bool], seconds: float | None) -> None:
        """Tend everything until ``done``, a signal, or too many seconds have passed."""
        began = time.monotonic()
        next_logs = began
        while not self._stopping and not done():
            select.select([wake], [], [], _LOOK_SECONDS)
            with suppress(BlockingIOError):
                os.read(wake, 512)
            if self._tied_to and not self._tied_to.alive:
                self._stopping = True
            now = time.monotonic()
            changed = self._tend_database(now)
            for part in self.parts:
                changed |= part.tend(now)
                if seconds is not None and part.restarts > 1:
                    raise PartFailed(logs.last_line(part.log), part=part.name)
            if changed:
                self._tell(self._phase)
            if now >= next_logs:
                logs.rotate(self.home.path / "log")
                next_logs = now + _LOG_SECONDS
            if seconds is not None and now - began > seconds:
                raise PartFailed(f"no answer within {seconds:.0f} seconds", part="web")

    def _tend_database(self, now: float) -> bool:
        """Revive the database after a pause that doubles while it keeps failing."""
        if not self.cluster or self.cluster.pid():
            return False
        if self._database_due is None:
            log.warning("database is gone; starting it again")
            self._database_due = now
        if now < self._database_due:
            return False
        try:
            self.cluster.start()
        except StartFailed as error:
            log.warning("database: %s", error.detail)
            self._database_due = now + self._database_pause
            self._database_pause = min(self._database_pause * 2, LONGEST_PAUSE)
            return False
        self._database_restarts += 1
        self._database_due, self._database_pause = None, FIRST_PAUSE
        log.info("database is back")
        return True

    def _answers(self) -> bool:
        """Whether every part runs and the web process answers anything at all."""
        if any(part.process is None for part in self.parts):
            return False
        if not any(part.name == "web" for part in self.parts):
            return True
        connection = http.client.HTTPConnection(self.home.host, self.home.port, timeout=2)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.home.host, self.home.port))
            except OSError as error:
                raise PortInUse(
                    f"{error.strerror}; choose another with --port", port=self.home.port
                ) from error

    def _tell(self, phase: state.Phase) -> None:
        """Write what runs now, for whoever asks from outside."""
        self._phase = phase
        running = {p.name: found for p in self.parts if (found := p.process)}
        if self.cluster and (pid := self.cluster.pid()):
            running["database"] = state.process(pid, self._database_restarts)
        state.write(
            self.run_folder,
            State(phase=phase, supervisor=state.process(os.getpid()), parts=running),
        )

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        with (self.run_folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise AlreadyRunning("this node runs already", home=str(self.home.path)) from error
            yield

    @contextmanager
    def _signals(self) -> Iterator[int]:
        """A pipe that can be read when a signal has come: one to stop, or a child's death."""
        read_end, write_end = os.pipe()
        os.set_blocking(read_end, False)
        os.set_blocking(write_end, False)

        def stop(_number: int, _frame: object) -> None:
            self._stopping = True

        handlers = {signal.SIGTERM: stop, signal.SIGINT: stop, signal.SIGCHLD: lambda *_: None}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        before_fd = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
        try:
            yield read_end
        finally:
            signal.set_wakeup_fd(before_fd)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(read_end)
            os.close(write_end)


def end_leftovers(home: NodeHome) -> None:
    """End web and worker of a supervisor that was killed; the database is simply taken over."""
    for name, process in state.read(home.path / "run").parts.items():
        if name != "database" and process.alive:
            end_group(process.pid)

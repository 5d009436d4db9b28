"""Our own PostgreSQL server of one node: made, started, stopped and revived after a crash.

The server listens on a unix socket in a private folder and nowhere else, lets in only by
password (SCRAM-SHA-256), sorts by code point (C) in UTF-8, and never runs as root. ``fsync``
is always on: what was answered is on the disk.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node import home_secrets
from smartborder.node.home import NodeHome
from smartborder.node.process import logs, pids
from smartborder.node.store import initdb, place, servers
from smartborder.node.store.servers import Server
from smartborder.node.store.wheel import private_copy

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0

# Statements and row values never reach the log: they may hold personal data.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "max_wal_size": "512MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u ",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


_children: dict[int, subprocess.Popen[bytes]] = {}


class StartFailed(EnvironmentFault):
    """PostgreSQL did not start: the last lines of ``<home>/log/postgres.log`` say why."""

    code = "store.start-failed"
    title = Text("PostgreSQL did not start", "PostgreSQL n'a pas démarré")


class StopFailed(EnvironmentFault):
    """PostgreSQL did not stop in time: a process still holds the data folder."""

    code = "store.stop-failed"
    title = Text("PostgreSQL did not stop", "PostgreSQL ne s'est pas arrêté")


class WheelInProduction(EnvironmentFault):
    """The wheel's server has no TLS: production needs Debian's server or ``DATABASE_URL``."""

    code = "store.wheel-in-production"
    title = Text("Server not allowed in production", "Serveur non autorisé en production")


class Cluster:
    """The server of a node that has one of its own (``home.database.kind == "own"``)."""

    def __init__(self, home: NodeHome) -> None:
        """Nothing is started or made yet."""
        folder, socket, user = home.database.place, home.database.socket, home.database.user
        if folder is None or socket is None or user is None:
            raise ValueError("this node uses a given server and has no cluster of its own")
        self.home = home
        self.place, self.socket, self.user = folder, socket, user
        self.data = folder / "data"

    # --- making -----------------------------------------------------------------------------

    def install(self) -> None:
        """Make the data folder if there is none; an interrupted attempt is begun again.

        Raises:
            InitFailed: initdb refused.
            NoServerBinaries: there is nothing to make it with.
            WheelInProduction: only the wheel is here, and the node is for production.

        """
        if servers.data_version(self.data):
            return
        place.make(self.place, self.user)
        initdb.make(
            self.server(),
            self.data,
            self.user,
            admin=self.home.database.role("admin"),
            password=home_secrets.read_passwords(self.home.path / "secrets").admin,
        )

    def server(self) -> Server:
        """The binaries this cluster runs with, reachable by its user.

        Raises:
            NoServerBinaries: none of version 15 or newer.
            NoServerForData: none of the data folder's version.
            WheelInProduction: the wheel, in production.

        """
        server = servers.choose(
            servers.find(), servers.data_version(self.data), self.home.database.source
        )
        if server.source == "wheel":
            if self.home.mode == "production":
                raise WheelInProduction(
                    "the embedded server has no TLS; install Debian's postgresql"
                    " or set DATABASE_URL"
                )
            if os.geteuid() == 0:
                return private_copy(server, self.place, self.user)
        return server

    def destroy(self) -> None:
        """Stop, then remove data, private copy and socket folder. There is no way back."""
        self.stop()
        shutil.rmtree(self.place, ignore_errors=True)
        if os.geteuid() == 0 and self.place.parent.name == "smartborder":
            with suppress(OSError):  # another node lives there
                self.place.parent.rmdir()

    # --- running ----------------------------------------------------------------------------

    def pid(self) -> int | None:
        """The postmaster's pid if it runs on this data folder, else None."""
        _bury()
        pid = self._written_pid()
        return pid if pid in self._holders() else None

    def start(self) -> int:
        """Start the server and wait until it answers; its pid. Does nothing if it runs.

        After ``kill -9`` the leftovers are awaited and the stale pid file removed first.

        Raises:
            StartFailed: it ended or did not answer within a minute.

        """
        if pid := self.pid():
            # Somebody else started it this moment, or it recovers from a crash.
            _wait(lambda: self._ready(pid) or self.pid() is None, _START_SECONDS)
            if self._ready(pid):
                return pid
        if not servers.data_version(self.data):
            raise StartFailed("no data folder; run: smartborder node init", folder=str(self.data))
        for folder in (self.place, self.data):
            place.check(folder, self.user)
        server = self.server()
        place.make(self.socket, self.user)
        self._clear_stale()
        user, group, groups = place.identity(self.user)
        log_file = self.home.path / "log" / "postgres.log"
        with log_file.open("ab") as log:
            child = subprocess.Popen(
                [server.bin / "postgres", "-D", self.data, *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=initdb.ENVIRONMENT,
                cwd=self.place,
                user=user,
                group=group,
                extra_groups=groups,
            )
        _children[child.pid] = child
        _wait(lambda: child.poll() is not None or self._ready(child.pid), _START_SECONDS)
        if child.poll() is None and self._ready(child.pid):
            return child.pid
        if child.poll() is None:
            child.send_signal(signal.SIGQUIT)
            child.wait()
        raise StartFailed(logs.last_line(log_file), log=str(log_file))

    def stop(self) -> None:
        """Stop fast: open transactions are rolled back, everything committed is on the disk.

        Raises:
            StopFailed: it still runs after half a minute.

        """
        pid = self.pid()
        if pid:
            os.kill(pid, signal.SIGINT)
        # It lets go of its folder a moment before it has ended; a child of ours is buried too.
        if not _wait(lambda: not self._holders() and self._ended(pid), _STOP_SECONDS):
            raise StopFailed("a process still holds the data folder", folder=str(self.data))
        self._clear_stale()
        if self.socket not in (self.home.path / "run", self.place / "run"):
            shutil.rmtree(self.socket, ignore_errors=True)

    @staticmethod
    def _ended(pid: int | None) -> bool:
        _bury()
        return pid not in _children

    def kill(self) -> None:
        """Kill the postmaster as a crash would (SIGKILL): for fault tests and the demo."""
        if pid := self.pid():
            os.kill(pid, signal.SIGKILL)
            _wait(lambda: self.pid() is None and self._ended(pid), _STOP_SECONDS)

    # --- parts ------------------------------------------------------------------------------

    def _options(self) -> list[str]:
        settings = {**_SETTINGS, "unix_socket_directories": str(self.socket)}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _written_pid(self) -> int | None:
        lines = self._pid_file()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def _ready(self, pid: int) -> bool:
        """The postmaster writes its state as the pid file's eighth line."""
        lines = self._pid_file()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _holders(self) -> set[int]:
        """Every process of this server: all of them work inside the data folder."""
        return pids.inside(self.data, self._written_pid())

    def _clear_stale(self) -> None:
        """Remove a dead server's pid and lock files, once no process of it is left.

        PostgreSQL would refuse to start if the pid in it belongs to somebody else by now.
        Orphans of a killed postmaster end by themselves within moments; one that does not is
        told to.
        """
        if not _wait(lambda: not self._holders(), 10.0):
            for pid in self._holders():
                os.kill(pid, signal.SIGQUIT)
            if not _wait(lambda: not self._holders(), 10.0):
                raise StartFailed(
                    "an old server still holds the data folder", folder=str(self.data)
                )
        for left in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*.lock")):
            left.unlink(missing_ok=True)


def _bury() -> None:
    """Take note of the servers we started that have ended, so that none stays a zombie."""
    for pid, child in list(_children.items()):
        if child.poll() is not None:
            del _children[pid]


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether ``condition`` came true in time; looked at every 20 ms."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True

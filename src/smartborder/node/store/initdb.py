"""Make a data folder with ``initdb``: finished or not there at all."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node import home_secrets
from smartborder.node.store import place, servers
from smartborder.node.store.servers import Server

ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
"""All that a server's process gets of our environment."""


class InitFailed(EnvironmentFault):
    """PostgreSQL could not make its data folder: the message says why (space, rights, user)."""

    code = "store.init-failed"
    title = Text("The database could not be made", "La base de données n'a pas pu être créée")


def make(server: Server, data: Path, user: str, *, admin: str, password: str) -> None:
    """Make ``data`` beside itself and give it its name when it is whole; safe to repeat.

    Args:
        server: whose ``initdb``.
        data: the data folder to be; its parent exists and is owned by ``user``.
        user: the operating system's user.
        admin: the first role's name; it owns the cluster.
        password: its password (SCRAM-SHA-256 from the start; nobody is ever trusted).

    Raises:
        InitFailed: initdb refused.

    """
    with (data.parent / "install.lock").open("w") as lock:
        # initdb holds the lock too: one that outlived a killed parent is awaited here.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if servers.data_version(data):
            return
        draft, word = data.with_name("data.new"), data.with_name("password.new")
        shutil.rmtree(draft, ignore_errors=True)
        word.unlink(missing_ok=True)
        uid, gid, groups = place.identity(user)
        try:
            home_secrets.write(word, password.encode())
            if uid is not None:
                os.chown(word, uid, -1)
            done = subprocess.run(
                [
                    server.bin / "initdb",
                    f"--pgdata={draft}",
                    f"--username={admin}",
                    f"--pwfile={word}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--data-checksums",
                    "--no-instructions",
                ],
                capture_output=True,
                text=True,
                errors="replace",
                env=ENVIRONMENT,
                cwd=data.parent,
                user=uid,
                group=gid,
                extra_groups=groups,
                pass_fds=[lock.fileno()],
            )
        finally:
            word.unlink(missing_ok=True)
        if done.returncode:
            shutil.rmtree(draft, ignore_errors=True)
            said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            raise InitFailed(said[-1] if said else "no reason given", folder=str(data.parent))
        draft.rename(data)

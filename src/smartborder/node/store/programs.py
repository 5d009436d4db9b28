"""PostgreSQL's own programs (``pg_dump``, ``pg_restore``), run against a node's database."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.home import NodeHome
from smartborder.node.store import roles, servers
from smartborder.node.store.cluster import Cluster


class ProgramFailed(EnvironmentFault):
    """PostgreSQL's own program refused; the message is its last line. Nothing was changed."""

    code = "backup.program-failed"
    title = Text("The database copy failed", "La copie de la base de données a échoué")


def program(home: NodeHome, name: str) -> list[str]:
    """PostgreSQL's own program of at least the server's version."""
    if home.database.kind == "own":
        return [str(Cluster(home).server().bin / name)]
    with roles.connect_admin(home) as admin:
        major = admin.info.server_version // 10_000
    usable = [server for server in servers.find() if server.major >= major]
    if not usable:
        raise servers.NoServerBinaries(
            f"{name} of version {major} or newer is needed on this machine", wanted=None
        )
    return [str(usable[0].bin / name)]


@contextmanager
def running(home: NodeHome, command: list[str], *, stdin: bool = False) -> Iterator[IO[bytes]]:
    """Run one of PostgreSQL's programs as the administrating login.

    Gives its output, or its input if ``stdin``. If the block fails the program is killed, which
    rolls back what it did; if the program fails the error is coded.
    """
    reached = conninfo_to_dict(home.dsn("admin"))
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LC_ALL": "C",
        "PGHOST": str(reached.get("host", "")),
        "PGPORT": str(reached.get("port", "5432")),
        "PGUSER": str(reached["user"]),
        "PGPASSWORD": str(reached.get("password", "")),
        "PGSSLMODE": str(reached.get("sslmode", "prefer")),
    }
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if stdin else subprocess.PIPE,
            stderr=said,
            env=environment,
        )
        pipe = program.stdin if stdin else program.stdout
        if pipe is None:
            raise AssertionError("a pipe was asked for")
        try:
            with pipe, suppress(BrokenPipeError):  # the program's own words say why, below
                yield pipe
        except BaseException:
            program.kill()
            raise
        finally:
            program.wait()
        if program.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
            raise ProgramFailed(words[0] if words else f"{command[0]} failed")

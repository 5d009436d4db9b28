"""What the operating system says of processes. Zombies count as dead.

Linux tells through ``/proc``; elsewhere only whether a pid exists can be asked.
"""

import os
from pathlib import Path

_PROC = Path("/proc")


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    if _PROC.is_dir():
        return started(pid) is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def started(pid: int) -> str | None:
    """When a running process started, in clock ticks since boot; None if it does not run.

    A pid together with this names a process for good: pids are used again, the pair is not.
    """
    fields = _fields(pid)
    return fields[19] if fields else None


def inside(folder: Path, supposed: int | None = None) -> set[int]:
    """The running processes whose working folder is ``folder``.

    Where the operating system does not tell (no ``/proc``), the ``supposed`` one if it runs.
    """
    if not _PROC.is_dir():
        return {supposed} if supposed and alive(supposed) else set()
    real = os.path.realpath(folder)
    found = set()
    for entry in _PROC.glob("[0-9]*"):
        try:
            where = os.readlink(entry / "cwd")
        except OSError:
            continue
        if where == real and alive(int(entry.name)):
            found.add(int(entry.name))
    return found


def same(pid: int, start: str | None) -> bool:
    """Whether the process that once had this pid and start is still the one that runs."""
    return alive(pid) and (start is None or started(pid) == start)


def group(leader: int) -> set[int]:
    """The running processes of a process group (Linux; elsewhere none is told)."""
    running = (int(entry.name) for entry in _PROC.glob("[0-9]*"))
    return {pid for pid in running if (fields := _fields(pid)) and fields[2] == str(leader)}


def _fields(pid: int) -> list[str] | None:
    """Fields 3 and on of proc_pid_stat(5): state, ppid, pgrp ...; None if it does not run."""
    try:
        # The command's name is in parentheses and may itself hold blanks and parentheses.
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        # A killed leader is a zombie while its other threads still hold its files and ports.
        dead = fields[0] in "ZX" and len(os.listdir(_PROC / str(pid) / "task")) <= 1
    except OSError:
        return None
    return None if dead else fields

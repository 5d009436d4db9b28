"""What a running node writes about itself, for whoever asks from outside: ``run/node.json``."""

from pathlib import Path
from typing import Literal

import msgspec

from smartborder.node.process import pids

Phase = Literal["stopped", "starting", "ready", "stopping", "failed"]


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """One process: a pid, the start that makes it unmistakable, how often it was revived."""

    pid: int
    started: str | None
    restarts: int = 0

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return pids.same(self.pid, self.started)


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Why a start failed: the coded error, as it would have been shown."""

    code: str
    detail: str
    where: dict[str, str | int | None] = {}


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The node as its supervisor sees it.

    Attributes:
        phase: ``ready`` when database, web and worker answer.
        supervisor: the process that watches the others; None when stopped.
        parts: ``database``, ``web``, ``worker`` that run now.
        trouble: why the last start failed.

    """

    phase: Phase = "stopped"
    supervisor: Process | None = None
    parts: dict[str, Process] = {}
    trouble: Trouble | None = None


def process(pid: int, restarts: int = 0) -> Process:
    """The running process of that pid."""
    return Process(pid=pid, started=pids.started(pid), restarts=restarts)


def read(run: Path) -> State:
    """What was written last; ``stopped`` if nothing, or nothing whole."""
    try:
        return msgspec.json.decode((run / "node.json").read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):
        return State()


def write(run: Path, state: State) -> None:
    """Replace what was written, whole or not at all."""
    draft = run / "node.json.new"
    draft.write_bytes(msgspec.json.encode(state))
    draft.replace(run / "node.json")


def clear(run: Path) -> None:
    """Nothing runs any more."""
    (run / "node.json").unlink(missing_ok=True)

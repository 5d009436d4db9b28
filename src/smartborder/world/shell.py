"""Running ``smartborder`` commands as an operator does: as processes, reading their JSON."""

import subprocess
import sys
from typing import Any

import msgspec

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text


class CommandFailed(EnvironmentFault):
    """A command of the demo's set-up failed; its own error line is the detail."""

    code = "world.command-failed"
    title = Text("A command failed", "Une commande a échoué")


def command(*words: str, timeout: float = 180) -> Any:
    """Run ``smartborder WORDS --json``; what it printed, decoded.

    Raises:
        CommandFailed: with the command's one line of error.
    """
    done = subprocess.run(
        [sys.executable, "-m", "smartborder", *words, "--json"],
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no output"])[-1]
        raise CommandFailed(last, command=" ".join(words[:2]))
    return msgspec.json.decode(done.stdout) if done.stdout.strip() else None

"""Labelled steps at which a laboratory may kill this process, to prove that nothing is lost.

Nothing arms them but :func:`arm`, which no command, setting or environment variable calls, and
which refuses a node in production mode. Unarmed, a step is one comparison with None.
"""

import os
import signal

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.home import NodeHome

STEPS = (
    "send.batch-made", "send.posted", "send.settling", "send.settled",
    "receive.read", "receive.applied", "receive.committed",
)  # fmt: skip
"""Every step, in the order in which a batch passes them."""
_armed: dict[str, int] | None = None


class NotInProduction(StateError):
    """Failpoints are for laboratories; a node in production mode never arms them."""

    code = "failpoint.production"
    title = Text("Not in production mode", "Pas en mode production")


def arm(home: NodeHome, step: str, passes: int = 0) -> None:
    """Kill this process with SIGKILL when it reaches ``step`` after ``passes`` passes.

    Raises:
        NotInProduction: the node is in production mode.

    """
    global _armed
    if home.mode == "production":
        raise NotInProduction("failpoints stay off")
    _armed = {step: passes}


def reach(step: str) -> None:
    """Say that a step is reached."""
    if _armed is None or step not in _armed:
        return
    if _armed[step] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
    _armed[step] -= 1

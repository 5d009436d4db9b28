"""What this machine and this node have and lack, each with what to do about it.

Nothing is changed and nothing started.
"""

from pathlib import Path

from smartborder.kernel.errors import SmartborderError
from smartborder.node.doctor import installation, machine
from smartborder.node.doctor.check import Check, failed
from smartborder.node.home import HomeMissing, NodeHome

__all__ = ["Check", "examine"]


def examine(path: Path, environment_url: str | None = None) -> list[Check]:
    """Look at everything a node in ``path`` needs; the node itself need not exist yet.

    Args:
        path: the node's home.
        environment_url: ``DATABASE_URL``, if set: what a new node would use.

    """
    checks = [look(path) for look in machine.CHECKS]
    try:
        home: NodeHome | None = NodeHome.load(path)
    except HomeMissing:
        home = None
    except SmartborderError as error:
        return [*checks, failed("settings", installation.SETTINGS, error)]
    checks.append(installation.server(home, environment_url))
    if home:
        checks += [look(home) for look in installation.CHECKS]
    return checks

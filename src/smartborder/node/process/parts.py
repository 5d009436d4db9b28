"""Which processes a node consists of, beside its database."""

import os
import sys
from importlib.util import find_spec

from smartborder.node.home import HOME_VARIABLE, NodeHome
from smartborder.node.process.part import Part

_WEB = "smartborder.web.asgi"
_WORKER = "smartborder.programmes.worker"
_WEB_STOP_SECONDS = 5
"""Open event streams hold a web worker; after this it is ended anyway."""


def parts(home: NodeHome) -> list[Part]:
    """The web process and the job worker of a node."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {HOME_VARIABLE: str(home.path), "PYTHONUNBUFFERED": "1"}
    commands = {
        _WEB: ("web", _web(home)),
        _WORKER: ("worker", ["-m", _WORKER]),
    }
    return [
        Part(
            name,
            [sys.executable, "-P", *arguments],
            log=home.path / "log" / f"{name}.log",
            environment=environment,
        )
        for module, (name, arguments) in commands.items()
        if find_spec(module)
    ]


def _web(home: NodeHome) -> list[str]:
    return [
        *("-m", "granian", "--interface", "asgi", "--no-ws"),
        *("--host", home.host, "--port", str(home.port)),
        *("--workers", str(home.web_workers), "--respawn-failed-workers"),
        *("--workers-kill-timeout", str(_WEB_STOP_SECONDS)),
        *("--log-level", "warning", f"{_WEB}:app"),
    ]

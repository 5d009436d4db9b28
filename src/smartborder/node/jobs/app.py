"""The job queue of a node: procrastinate, its tables in our own database."""

from typing import Any

import procrastinate
import psycopg
from procrastinate import SyncPsycopgConnector

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text


class UnknownJob(EnvironmentFault):
    """A job of a name that this version does not know was found in the queue."""

    code = "jobs.unknown"
    title = Text("Unknown job", "Tâche inconnue")


deferring = procrastinate.App(connector=SyncPsycopgConnector())
"""Only writes jobs, always on the caller's connection; the worker has an app of its own."""


def defer_on(connection: "psycopg.Connection[Any]", name: str, *, lock: str | None = None,
             queueing_lock: str | None = None, **arguments: Any) -> None:  # fmt: skip
    """Queue a job in the transaction of ``connection``."""
    deferring.configure_task(
        name, lock=lock, queueing_lock=queueing_lock, connection=connection
    ).defer(**arguments)

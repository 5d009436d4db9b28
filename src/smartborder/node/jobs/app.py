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


PROMPT, PATIENT = "default", "patient"
"""The two queues; each has hands of its own, so that nothing slow holds up a recheck."""
PATIENT_TASKS = frozenset({"rescreen", "recall_audit", "push_reply"})
"""What may run for minutes, or wait for somebody else's system."""


def defer_on(connection: "psycopg.Connection[Any]", name: str, *, lock: str | None = None,
             queueing_lock: str | None = None, **arguments: Any) -> None:  # fmt: skip
    """Queue a job in the transaction of ``connection``."""
    deferring.configure_task(
        name,
        lock=lock,
        queueing_lock=queueing_lock,
        queue=PATIENT if name in PATIENT_TASKS else PROMPT,
        connection=connection,
    ).defer(**arguments)

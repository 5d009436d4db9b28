"""The worker: runs deferred tasks and does the node's duties, until it is told to stop."""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import procrastinate
from procrastinate import PsycopgConnector

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.jobs import abandoned
from smartborder.node.jobs.app import PATIENT, PROMPT
from smartborder.node.jobs.table import DUTIES, TASKS, Duty
from smartborder.node.node import Node

log = logging.getLogger("smartborder.worker")
_TICK = 0.25


class JobFailed(EnvironmentFault):
    """A job failed and will be tried again; the log names the job and the kind of error."""

    code = "jobs.failed"
    title = Text("A job failed", "Une tâche a échoué")


def run(node: Node) -> None:
    """Work until SIGTERM or SIGINT; what is under way is finished first."""
    stop = threading.Event()
    duties = threading.Thread(target=_do_duties, args=(node, DUTIES, stop), daemon=True)
    duties.start()
    try:
        asyncio.run(_work(node))
    finally:
        stop.set()
        duties.join(timeout=10)
        node.close()


async def _work(node: Node) -> None:
    app = procrastinate.App(connector=PsycopgConnector(conninfo=node.home.dsn("app")))
    for name, task in TASKS.items():
        retry = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=2)
        app.task(name=name, retry=retry)(_bound(task, node))
    async with app.open_async():
        hands = [asyncio.create_task(_serve(app, queue)) for queue in (PROMPT, PATIENT)]
        watch = asyncio.create_task(abandoned.watch(app))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, hands[0].cancel)
        await asyncio.wait(hands, return_when=asyncio.FIRST_COMPLETED)
        for part in (*hands, watch):  # whichever ended, the process ends, and is revived
            part.cancel()
        for end in await asyncio.gather(*hands, return_exceptions=True):
            if isinstance(end, Exception):
                raise end
        log.info("worker stopped")


async def _serve(app: procrastinate.App, queue: str) -> None:
    """Do the jobs of one queue, two at a time, until cancelled; what is under way is finished."""
    await app.run_worker_async(queues=[queue], concurrency=2, install_signal_handlers=False,
                               fetch_job_polling_interval=1.0, listen_notify=True,
                               delete_jobs="successful",
                               update_heartbeat_interval=abandoned.HEARTBEAT,
                               stalled_worker_timeout=abandoned.SILENT)  # fmt: skip


def _bound(task: Callable[..., Any], node: Node) -> Callable[..., Any]:
    def job(**arguments: Any) -> None:
        try:
            task(node, **arguments)
        except Exception as error:
            # The queue logs what a job raises; a database error's text may hold somebody's data.
            raise JobFailed(f"{task.__name__}: {type(error).__name__}") from None

    job.__name__ = task.__name__
    return job


def _do_duties(node: Node, duties: tuple[Duty, ...], stop: threading.Event) -> None:
    due = {d.name: 0.0 for d in duties}
    while not stop.is_set():
        for duty in duties:
            if time.monotonic() >= due[duty.name]:
                due[duty.name] = time.monotonic() + duty.every
                attempt(node, duty)
        stop.wait(_TICK)


def attempt(node: Node, duty: Duty) -> bool:
    """Do a duty once; a failure is logged (never with personal data) and tried again later."""
    try:
        duty.do(node)
    except Exception as error:
        log.warning("duty %s failed: %s", duty.name, type(error).__name__)
        return False
    return True

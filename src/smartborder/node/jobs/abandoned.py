"""Jobs whose worker died are taken up again; jobs that failed to the end come again now and then.

A worker says every two seconds that it lives. What was under way at one that has been silent for
twenty is queued again, by whichever worker runs: the node revives a dead one within seconds, so a
killed process delays a job by less than half a minute and loses none. A job is safe to repeat: it
finds what it did already. One that takes its worker down with it again and again waits longer each
time, so that it does not hold up the others.
"""

import asyncio
import logging

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException

log = logging.getLogger("smartborder.worker")
HEARTBEAT = 2.0
"""Seconds between two signs of life of a worker."""
SILENT = 20.0
"""Seconds without one after which a worker counts as dead."""
LOOK = 5.0
"""Seconds between two looks for jobs of dead workers."""
WITHIN = SILENT + LOOK + 1.0
"""Seconds within which a job of a killed worker starts again where another worker is free; the
last of them is the pause in which a worker looks for new jobs."""
FAILED_AGAIN = 600.0
"""Seconds between two further tries of the jobs that failed to the end."""

_OF_THE_DEAD = (
    "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, abort_requested = false,"
    " attempts = attempts + 1, scheduled_at = now() + CASE WHEN attempts < 3 THEN interval '0'"
    " ELSE least(power(2, attempts), 600) * interval '1 second' END"
    " WHERE status = 'doing' AND NOT EXISTS (SELECT FROM procrastinate_workers w"
    "  WHERE w.id = worker_id AND w.last_heartbeat > now() - %(silent)s * interval '1 second')"
    " RETURNING id, task_name, attempts"
)
_FAILED = (
    "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = now()"
    " WHERE status = 'failed' AND NOT abort_requested RETURNING id, task_name, attempts"
)


async def watch(app: procrastinate.App) -> None:
    """Look for such jobs until cancelled; a look that fails is repeated at the next turn."""
    turns = 0
    while True:
        try:
            await take_up(app)
            if turns and turns % round(FAILED_AGAIN / LOOK) == 0:
                await try_failed(app)
        except (ConnectorException, psycopg.Error) as error:
            log.warning("jobs not looked through: %s", type(error).__name__)
        turns += 1
        await asyncio.sleep(LOOK)


async def take_up(app: procrastinate.App) -> int:
    """Queue again what was under way at workers that are silent; how many jobs there were."""
    return await _queue(app, _OF_THE_DEAD, silent=SILENT)


async def try_failed(app: procrastinate.App) -> int:
    """Queue again what failed to the end; how many jobs there were."""
    return await _queue(app, _FAILED)


async def _queue(app: procrastinate.App, sql: str, **arguments: float) -> int:
    rows = await app.connector.execute_query_all_async(sql, **arguments)
    for row in rows:
        log.warning("job %s (%s) is taken up again, try %s",
                    row["id"], row["task_name"], row["attempts"] + 1)  # fmt: skip
    return len(rows)

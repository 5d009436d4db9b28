"""Jobs of dead workers and jobs that failed to the end: every task of the node comes again."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import procrastinate
import psycopg
import pytest
from procrastinate import PsycopgConnector
from psycopg.rows import dict_row

from smartborder.node.jobs import abandoned, app
from smartborder.node.jobs.table import TASKS

pytestmark = [pytest.mark.node, pytest.mark.points(8)]


@pytest.fixture
def database(home):
    with psycopg.connect(home.dsn("app"), autocommit=True, row_factory=dict_row) as connection:
        yield connection
        connection.execute("DELETE FROM procrastinate_jobs")
        connection.execute("DELETE FROM procrastinate_workers")


def worker(database, silent):
    return database.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - %s * interval '1 second') RETURNING id",
        (silent,),
    ).fetchone()["id"]


def job(database, task, status="doing", *, by=None, attempts=0):
    return database.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, attempts)"
        " VALUES ('default', %s, %s, %s, %s) RETURNING id",
        (task, status, by, attempts),
    ).fetchone()["id"]


def done(home, what):
    async def once():
        worker = procrastinate.App(connector=PsycopgConnector(conninfo=home.dsn("app")))
        async with worker.open_async():
            return await what(worker)

    # A thread of its own: where a browser was shown before, this one has a loop that runs.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(once())).result()


def waiting(database):
    rows = database.execute(
        "SELECT task_name, extract(epoch FROM scheduled_at - now()) AS seconds, attempts"
        " FROM procrastinate_jobs WHERE status = 'todo' AND worker_id IS NULL ORDER BY id"
    ).fetchall()
    return {r["task_name"]: (r["attempts"], round(r["seconds"], -1)) for r in rows}


def test_every_task_under_way_at_a_silent_worker_is_queued_again_at_once(home, database):
    dead = worker(database, abandoned.SILENT + 1)
    for task in TASKS:
        job(database, task, by=dead)
    assert done(home, abandoned.take_up) == len(TASKS)
    assert waiting(database) == dict.fromkeys(TASKS, (1, 0))


def test_what_a_living_worker_does_is_left_to_it(home, database):
    alive = worker(database, abandoned.SILENT - 5)
    job(database, "recheck", by=alive)
    assert done(home, abandoned.take_up) == 0
    assert waiting(database) == {}


def test_a_worker_that_was_struck_off_leaves_its_job_to_others(home, database):
    job(database, "push_reply", by=None)
    assert done(home, abandoned.take_up) == 1


def test_a_job_that_takes_its_worker_down_waits_longer_each_time(home, database):
    dead = worker(database, 60)
    job(database, "recheck", by=dead, attempts=6)
    job(database, "rescreen", by=dead, attempts=40)
    assert done(home, abandoned.take_up) == 2
    assert waiting(database) == {"recheck": (7, 60), "rescreen": (41, 600)}


def test_a_job_that_failed_to_the_end_comes_again(home, database):
    job(database, "process_transmission", "failed", attempts=8)
    assert done(home, abandoned.take_up) == 0
    assert done(home, abandoned.try_failed) == 1
    assert waiting(database) == {"process_transmission": (9, 0)}


def test_what_may_take_long_has_a_queue_of_its_own(home, database):
    with psycopg.connect(home.dsn("app")) as connection:
        for task in TASKS:
            app.defer_on(connection, task)
    rows = database.execute("SELECT queue_name, task_name FROM procrastinate_jobs").fetchall()
    patient = {r["task_name"] for r in rows if r["queue_name"] == app.PATIENT}
    prompt = {r["task_name"] for r in rows if r["queue_name"] == app.PROMPT}
    assert patient == app.PATIENT_TASKS
    assert patient | prompt == set(TASKS)
    assert {"recheck", "recheck_message", "process_transmission"} <= prompt


def test_a_dead_worker_costs_less_than_half_a_minute():
    assert abandoned.WITHIN < 30
    assert abandoned.SILENT >= 10 * abandoned.HEARTBEAT

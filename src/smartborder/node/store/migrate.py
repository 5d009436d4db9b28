"""Bring a node's database to the shape this version of the software needs.

Alembic, one branch per room: each file ``node/<room>/migrations/NNNN_what.py`` begins its
room's branch with ``branch_labels = ("<room>",)`` and speaks SQL through ``op.execute``. All of
it runs as the owner in one transaction under one lock, so a node is never half upgraded.
"""

import os
from importlib.resources import files
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.home import NodeHome
from smartborder.node.store import grants

_NODE = Path(__file__).resolve().parent.parent
_LOCK = 7_355_608  # any number, the same for every process that migrates


class MigrationFailed(EnvironmentFault):
    """The database could not be brought to this version; nothing was changed: see the log."""

    code = "store.migration-failed"
    title = Text("Database upgrade failed", "Échec de la mise à niveau de la base de données")


def upgrade(home: NodeHome) -> None:
    """Run every migration that has not run yet, in one transaction, as the owner.

    Raises:
        MigrationFailed: a migration was refused; the database is as it was.

    """
    roles = grants.Roles(
        owner=home.database.role("owner"),
        app=home.database.role("app"),
        auditor=home.database.role("auditor"),
    )
    engine = sqlalchemy.create_engine(home.dsn("owner"), poolclass=NullPool)
    try:
        with engine.begin() as connection, grants.for_roles(roles):
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
            _install_jobs(connection)
            config = _config()
            config.attributes["connection"] = connection
            config.attributes["data_key"] = home.data_key()  # for steps that seal what was plain
            command.upgrade(config, "heads")
    except SQLAlchemyError as error:
        raise MigrationFailed(_reason(error)) from error


def rooms() -> list[Path]:
    """The folders of migrations, one per room that keeps tables."""
    return sorted(p for p in _NODE.glob("*/migrations") if any(p.glob("*.py")))


def _config() -> Config:
    config = Config()
    here = str(Path(__file__).resolve().parent / "environment")
    config.set_main_option("script_location", here.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    places = os.pathsep.join(str(p) for p in rooms())
    config.set_main_option("version_locations", places.replace("%", "%%"))
    return config


def _install_jobs(connection: Connection) -> None:
    """The job queue's own tables, in schema ``jobs``; later versions add their own steps."""
    scripts = files("procrastinate") / "sql"
    steps = sorted(
        step.name for step in (scripts / "migrations").iterdir() if step.name.endswith(".sql")
    )
    connection.exec_driver_sql("SET LOCAL search_path = jobs, pg_temp")
    if not connection.execute(text("SELECT to_regnamespace('jobs')")).scalar():
        connection.exec_driver_sql(grants.schema("jobs"))
        connection.exec_driver_sql("CREATE TABLE jobs.applied (step text PRIMARY KEY)")
        _run_script(connection, (scripts / "schema.sql").read_text("utf-8"))
    else:
        done = set(connection.execute(text("SELECT step FROM jobs.applied")).scalars())
        steps = [step for step in steps if step not in done]
        for step in steps:
            _run_script(connection, (scripts / "migrations" / step).read_text("utf-8"))
    for step in steps:
        connection.execute(text("INSERT INTO jobs.applied VALUES (:step)"), {"step": step})
    connection.exec_driver_sql(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO {grants.app()};"
        f" GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO {grants.app()}"
    )
    connection.exec_driver_sql("SET LOCAL search_path = DEFAULT")


def _run_script(connection: Connection, script: str) -> None:
    """A whole SQL script, untouched: no parameters, so no sign in it means anything to us."""
    cursor = connection.connection.cursor()
    cursor.execute(script)
    cursor.close()


def _reason(error: SQLAlchemyError) -> str:
    """The server's first line; never values, for they may be personal."""
    cause = getattr(error, "orig", None) or error
    return str(cause).splitlines()[0]

"""Roles, grants and row security as the database itself enforces them."""

import psycopg
import pytest

from smartborder.node.home import NodeHome
from smartborder.node.store import migrate

pytestmark = pytest.mark.node


def rights(home: NodeHome, login: str) -> tuple[bool, ...]:
    with psycopg.connect(home.dsn("auditor")) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " FROM pg_roles WHERE rolname = %s",
            [home.database.role(login)],
        ).fetchone()
    assert row is not None
    return tuple(row)


@pytest.mark.parametrize("login", ["owner", "app", "auditor"])
def test_no_role_is_privileged(home, login):
    assert rights(home, login) == (False,) * 5


def test_a_second_upgrade_changes_nothing(home):
    def heads() -> list[tuple[str, ...]]:
        with psycopg.connect(home.dsn("owner")) as connection:
            return connection.execute("SELECT * FROM alembic_version ORDER BY 1").fetchall()

    before = heads()
    migrate.upgrade(home)
    assert heads() == before
    assert before


def test_every_room_has_its_tables(home):
    rooms = {folder.parent.name for folder in migrate.rooms()}
    with psycopg.connect(home.dsn("owner")) as connection:
        found = connection.execute("SELECT DISTINCT schemaname FROM pg_tables").fetchall()
    assert rooms <= {name for (name,) in found}


def test_app_may_use_jobs_but_not_change_tables(home):
    with psycopg.connect(home.dsn("app")) as connection:
        connection.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY["
            "ROW('q', 't', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1])"
        )
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.mine (a int)")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("ALTER TABLE jobs.procrastinate_jobs ADD a int")


def test_every_guarded_table_is_forced(home):
    """Row security without FORCE would let the owner read everything."""
    with psycopg.connect(home.dsn("owner")) as connection:
        rows = connection.execute(
            "SELECT oid::regclass::text, relforcerowsecurity FROM pg_class WHERE relrowsecurity"
        ).fetchall()
    assert rows
    assert [name for name, forced in rows if not forced] == []

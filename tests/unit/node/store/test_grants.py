"""What the words of a migration mean, as the database enforces it."""

import psycopg
import pytest

from smartborder.node.store import grants

pytestmark = pytest.mark.node

NO_RIGHT = psycopg.errors.InsufficientPrivilege


@pytest.fixture(scope="module")
def table(home):
    """A guarded table with one row, and a leaf that the app adds to and the auditor reads."""
    with psycopg.connect(home.dsn("owner")) as owner:
        owner.execute(grants.schema("trial"))
        owner.execute("CREATE TABLE trial.guarded (n int); CREATE TABLE trial.leaf (n int)")
        owner.execute(grants.table("trial.guarded", app="SELECT, INSERT, UPDATE"))
        owner.execute(grants.table("trial.leaf", app="SELECT, INSERT", auditor="SELECT"))
        owner.execute(grants.guard("trial.guarded"))
    with psycopg.connect(home.dsn("app")) as app:
        app.execute("SET LOCAL smartborder.purpose = 'case-1'")
        app.execute("INSERT INTO trial.guarded VALUES (1)")
        app.execute("INSERT INTO trial.leaf VALUES (1)")
    return home


def count(home, login, purpose=None, name="trial.guarded"):
    with psycopg.connect(home.dsn(login)) as connection:
        if purpose is not None:
            connection.execute("SELECT set_config('smartborder.purpose', %s, true)", [purpose])
        return connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]


@pytest.mark.parametrize(
    ("login", "purpose", "rows"),
    [("app", None, 0), ("app", "", 0), ("app", "case-1", 1), ("owner", "case-1", 0)],
)
def test_no_purpose_no_rows(table, login, purpose, rows):
    assert count(table, login, purpose) == rows


def test_the_purpose_ends_with_its_transaction(table):
    with psycopg.connect(table.dsn("app")) as app:
        app.execute("SELECT set_config('smartborder.purpose', 'case-1', true)")
        app.commit()
        assert app.execute("SELECT count(*) FROM trial.guarded").fetchone() == (0,)
        with pytest.raises(NO_RIGHT, match="row-level security"):
            app.execute("INSERT INTO trial.guarded VALUES (2)")


def test_the_auditor_reads_what_was_granted_and_nothing_else(table):
    assert count(table, "auditor", name="trial.leaf") == 1
    with pytest.raises(NO_RIGHT):
        count(table, "auditor", "case-1")
    with psycopg.connect(table.dsn("auditor")) as auditor, pytest.raises(NO_RIGHT):
        auditor.execute("INSERT INTO trial.leaf VALUES (2)")


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize(("name", "column"), [("trial.leaf", "n"), ("ledger.leaf", "id")])
def test_the_app_adds_to_a_ledger_and_never_changes_it(table, statement, name, column):
    with psycopg.connect(table.dsn("app")) as app, pytest.raises(NO_RIGHT):
        app.execute(statement.format(name, column, column))


def test_the_app_cannot_lift_the_guard(table):
    for statement in (
        "ALTER TABLE trial.guarded DISABLE ROW LEVEL SECURITY",
        "DROP POLICY purpose_named ON trial.guarded",
        "SET ROLE sb_owner",
        "ALTER ROLE sb_app BYPASSRLS",
    ):
        with psycopg.connect(table.dsn("app")) as app, pytest.raises(NO_RIGHT):
            app.execute(statement)


def test_role_names_follow_the_database():
    with grants.for_roles(grants.Roles(owner='o"x', app="a", auditor="u")):
        assert grants.owner() == '"o""x"'
        assert grants.table("t", app="SELECT") == (
            'REVOKE ALL ON t FROM PUBLIC, "a", "u"; GRANT SELECT ON t TO "a"'
        )
    assert grants.app() == '"sb_app"'

"""The three roles of a node's database, and the database itself.

``owner`` owns schemas and runs migrations; ``app`` serves and is held by row security;
``auditor`` reads ledger and audit only. None is a superuser or may bypass row security.
"""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node import home_secrets
from smartborder.node.home import NodeHome
from smartborder.node.store.database import Login
from smartborder.node.store.servers import FLOOR

_LOGINS: tuple[Login, ...] = ("owner", "app", "auditor")


class ServerTooOld(EnvironmentFault):
    """The PostgreSQL server is older than version 15: use a newer one."""

    code = "store.server-too-old"
    title = Text("PostgreSQL is too old", "PostgreSQL est trop ancien")


class DatabaseUnreachable(EnvironmentFault):
    """No connection to PostgreSQL: is it running, and is the address or the password right?"""

    code = "store.unreachable"
    title = Text("No connection to the database", "Aucune connexion à la base de données")


class RolesRefused(EnvironmentFault):
    """The login of ``DATABASE_URL`` needs CREATEROLE and CREATEDB: give one that has."""

    code = "store.roles-refused"
    title = Text("Roles may not be created", "La création des rôles est refusée")


def install(home: NodeHome) -> None:
    """Make or correct the three roles and the database; safe to repeat.

    Raises:
        DatabaseUnreachable: no connection with the administrating login.
        RolesRefused: that login may not create roles or the database.
        ServerTooOld: the server is below version 15.

    """
    database = home.database.name
    try:
        with connect_admin(home) as admin:
            if admin.info.server_version < FLOOR * 10_000:
                raise ServerTooOld(f"version {FLOOR} or newer is needed", version=_version(admin))
            passwords = home_secrets.read_passwords(home.path / "secrets")
            for login in _LOGINS:
                _role(admin, home.database.role(login), getattr(passwords, login))
            if not admin.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [database]
            ).fetchone():
                create_database(admin, database)
        secure(home)
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesRefused(str(error).splitlines()[0]) from error


def secure(home: NodeHome) -> None:
    """Only our three roles enter the database, and only the owner makes anything in it."""
    names = {
        "database": sql.Identifier(home.database.name),
        "owner": sql.Identifier(home.database.role("owner")),
        "others": sql.SQL(", ").join(
            [sql.Identifier(home.database.role(n)) for n in ("app", "auditor")]
        ),
    }
    with connect_admin(home, home.database.name) as admin:
        for statement in (
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
            "GRANT CONNECT ON DATABASE {database} TO {others}",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {owner}, {others}",
            "GRANT CREATE ON SCHEMA public TO {owner}",
        ):
            admin.execute(sql.SQL(statement).format(**names))


def create_database(admin: psycopg.Connection, name: str, template: str = "template0") -> None:
    """A database that sorts by code point, so that both servers and all nodes agree."""
    admin.execute(
        sql.SQL(
            "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        ).format(sql.Identifier(name), sql.Identifier(template))
    )


def drop_database(admin: psycopg.Connection, name: str) -> None:
    """Remove a database, whoever is connected to it; nothing happens if there is none."""
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def rename_database(admin: psycopg.Connection, old: str, new: str) -> None:
    """Give a database that nobody is connected to another name."""
    admin.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )


def connect_admin(home: NodeHome, database: str = "postgres") -> psycopg.Connection:
    """A connection that may create roles and databases, in autocommit.

    Raises:
        DatabaseUnreachable: the server does not answer or refuses the login.

    """
    try:
        return psycopg.connect(
            make_conninfo(home.dsn("admin"), dbname=database), autocommit=True, connect_timeout=10
        )
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(str(error).splitlines()[0]) from error


def _role(admin: psycopg.Connection, name: str, password: str) -> None:
    """One role that can do nothing but log in; search path for the job queue's functions."""
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if exists else "CREATE"
    role = sql.Identifier(name)
    rights = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
    if exists and not _is_superuser(admin):
        # Only a superuser may name SUPERUSER or BYPASSRLS at all, even to deny them.
        rights = "LOGIN NOINHERIT"
    # Hashed here, so that no server log ever holds the password.
    verifier = admin.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    admin.execute(
        sql.SQL(f"{verb} ROLE {{}} {rights} PASSWORD {{}}").format(
            role, sql.Literal(verifier.decode())
        )
    )
    admin.execute(sql.SQL("ALTER ROLE {} SET search_path = public, jobs").format(role))


def _is_superuser(admin: psycopg.Connection) -> bool:
    row = admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


def _version(admin: psycopg.Connection) -> str:
    row = admin.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""

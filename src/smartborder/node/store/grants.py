"""The words a migration uses to say who may do what with a table.

Three roles: the owner makes and changes tables and serves nobody; the app serves and sees
rows only when a purpose is set; the auditor reads ledger and audit. Role names differ between
nodes (a given server carries several), so migrations ask here::

    op.execute(grants.schema("act"))
    op.execute(TABLES)
    op.execute(grants.table("act.report", app="SELECT, INSERT, UPDATE"))
    op.execute(grants.guard("act.report"))

Each function returns SQL; several statements in one text are allowed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import msgspec


class Roles(msgspec.Struct, frozen=True, kw_only=True):
    """The three role names of one database."""

    owner: str = "sb_owner"
    app: str = "sb_app"
    auditor: str = "sb_auditor"


_OWN = Roles()
_roles: ContextVar[Roles] = ContextVar("smartborder_roles", default=_OWN)


@contextmanager
def for_roles(roles: Roles) -> Iterator[None]:
    """Within the block, migrations speak of these roles."""
    token = _roles.set(roles)
    try:
        yield
    finally:
        _roles.reset(token)


def app() -> str:
    """The serving role, quoted."""
    return quote(_roles.get().app)


def auditor() -> str:
    """The auditor's role, quoted."""
    return quote(_roles.get().auditor)


def owner() -> str:
    """The owner's role, quoted."""
    return quote(_roles.get().owner)


def schema(name: str) -> str:
    """Make a schema that app and auditor may look into; its tables are granted one by one."""
    return (
        f"CREATE SCHEMA IF NOT EXISTS {name}; GRANT USAGE ON SCHEMA {name} TO {app()}, {auditor()}"
    )


def table(name: str, *, app: str = "", auditor: str = "") -> str:
    """Grant rights on one table: ``table("act.report", app="SELECT, INSERT")``.

    Nothing is granted that is not named, so a ledger without UPDATE cannot be rewritten.
    """
    roles = _roles.get()
    given = [(app, roles.app), (auditor, roles.auditor)]
    return "; ".join(
        [f"REVOKE ALL ON {name} FROM PUBLIC, {', '.join(quote(role) for _, role in given)}"]
        + [f"GRANT {rights} ON {name} TO {quote(role)}" for rights, role in given if rights]
    )


def guard(name: str) -> str:
    """No purpose set, no rows: not for the app, not for the auditor, not for the owner.

    The purpose is the transaction's setting ``smartborder.purpose``.
    """
    purpose = "(coalesce(current_setting('smartborder.purpose', true), '') <> '')"
    return (
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
        f" ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
        f" CREATE POLICY purpose_named ON {name} TO {app()}, {auditor()}"
        f" USING {purpose} WITH CHECK {purpose}"
    )


def quote(name: str) -> str:
    """An identifier, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'

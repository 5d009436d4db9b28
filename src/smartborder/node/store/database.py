"""Where a node's database is and how each login reaches it."""

import hashlib
import os
import pwd
from pathlib import Path
from typing import Literal, Protocol, Self

import msgspec
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from smartborder.kernel.errors import EnvironmentFault, InputError
from smartborder.kernel.text import Text

Login = Literal["owner", "app", "auditor", "admin"]
ServerSource = Literal["machine", "wheel"]
_NAME = "smartborder"
_NAME_MAX = 63 - len("sb_auditor_")  # role names carry it, and PostgreSQL cuts at 63 bytes
_PRIVATE = Path("/var/lib/smartborder")
_SOCKET_NAME = "/.s.PGSQL.5432.lock"
_SOCKET_PATH_MAX = 107  # sockaddr_un.sun_path on Linux, less its closing zero (103 on macOS)


class DatabaseUrlUnusable(InputError):
    """``DATABASE_URL`` is not ``postgresql://user:password@host:port/database``: correct it."""

    code = "store.database-url"
    title = Text("The database address is not usable", "Adresse de la base de données inutilisable")


class NoServerUser(EnvironmentFault):
    """PostgreSQL refuses to run as root or as a user without a passwd entry.

    As root, add a user ``postgres`` or ``nobody``; otherwise run as a user that the system knows.
    """

    code = "store.no-server-user"
    title = Text("No user for PostgreSQL to run as", "Aucun utilisateur pour exécuter PostgreSQL")


class HasPasswords(Protocol):
    """What :func:`address` needs of the secrets."""

    @property
    def admin(self) -> str:
        """Password of the login that made the cluster."""

    @property
    def owner(self) -> str:
        """Password of the owner."""

    @property
    def app(self) -> str:
        """Password of the serving login."""

    @property
    def auditor(self) -> str:
        """Password of the auditor."""

    @property
    def url(self) -> str | None:
        """Address of the given server, with the login that may create roles."""


class Database(msgspec.Struct, frozen=True, kw_only=True):
    """Where the database is.

    Attributes:
        kind: ``own`` (this node starts and stops its server) or ``given`` (``DATABASE_URL``).
        name: database name.
        place: folder of an own server: data, and as root a private copy of the wheel.
        socket: folder of the server's socket; short, for a socket's path may have 107 bytes.
        user: the operating system's user the server runs as.
        source: whose binaries were asked for; ``None`` takes the machine's first.

    """

    kind: Literal["own", "given"]
    name: str
    place: Path | None = None
    socket: Path | None = None
    user: str | None = None
    source: ServerSource | None = None

    @classmethod
    def given(cls, url: str) -> Self:
        """The database an address names; its login must be allowed to create roles.

        Raises:
            DatabaseUrlUnusable: it is no PostgreSQL address, or names no database.

        """
        parsed = parse(url)
        if not parsed.database:
            raise DatabaseUrlUnusable("DATABASE_URL names no database")
        if len(parsed.database.encode()) > _NAME_MAX:
            raise DatabaseUrlUnusable(f"the database's name is longer than {_NAME_MAX} bytes")
        return cls(kind="given", name=parsed.database)

    def role(self, login: Login) -> str:
        """The role's name in PostgreSQL; on a given server it carries the database's name."""
        return f"sb_{login}" if self.kind == "own" else f"sb_{login}_{self.name}"


def own_database(home: Path, source: ServerSource | None) -> Database:
    """Where an own server of this home keeps its data and its socket.

    As root the server runs as ``postgres`` or ``nobody``, which cannot see into most homes:
    its place is then below ``/var/lib/smartborder``.

    Raises:
        NoServerUser: there is no user that PostgreSQL would run as.

    """
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    user = server_user()
    if os.geteuid() == 0:
        place = _PRIVATE / mark
        return Database(
            kind="own", name=_NAME, place=place, socket=place / "run", user=user, source=source
        )
    socket = home / "run"
    if len(os.fsencode(f"{socket}{_SOCKET_NAME}")) > _SOCKET_PATH_MAX:
        socket = Path("/tmp") / f"smartborder-{os.geteuid()}-{mark}"  # noqa: S108  (owner and mode are checked)
    return Database(
        kind="own", name=_NAME, place=home / "pg", socket=socket, user=user, source=source
    )


def server_user() -> str:
    """The user PostgreSQL runs as: ourselves, or as root ``postgres``, else ``nobody``.

    Raises:
        NoServerUser: that user has no passwd entry.

    """
    if os.geteuid() != 0:
        try:
            return pwd.getpwuid(os.geteuid()).pw_name
        except KeyError as error:
            raise NoServerUser("this user has no passwd entry", uid=os.geteuid()) from error
    for name in ("postgres", "nobody"):
        try:
            if pwd.getpwnam(name).pw_uid != 0:
                return name
        except KeyError:
            continue
    raise NoServerUser("as root, PostgreSQL needs a user postgres or nobody")


def address(database: Database, login: Login, passwords: HasPasswords) -> str:
    """``postgresql://`` address for a login, over the unix socket of an own server."""
    if database.kind == "given":
        base = parse(passwords.url or "")
        if login == "admin":
            return base.set(database=database.name).render_as_string(hide_password=False)
        url = base.set(
            username=database.role(login),
            password=getattr(passwords, login),
            database=database.name,
        )
        return url.render_as_string(hide_password=False)
    return URL.create(
        "postgresql",
        username=database.role(login),
        password=getattr(passwords, login),
        database=database.name,
        query={"host": str(database.socket)},
    ).render_as_string(hide_password=False)


def parse(url: str) -> URL:
    """A PostgreSQL address, whatever driver it names.

    Raises:
        DatabaseUrlUnusable: it is none.

    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlUnusable("DATABASE_URL is not an address") from error
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseUrlUnusable("DATABASE_URL must begin with postgresql://")
    return parsed.set(drivername="postgresql")

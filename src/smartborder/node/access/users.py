"""People with an account at this node."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text
from smartborder.node.access.roles import Role, clash
from smartborder.node.access.vocabulary import MACHINE_ROLES
from smartborder.node.store.session import Actor, Row, Session

PURPOSE = "access"
"""The purpose of every transaction that only looks after accounts and sign-in."""

_MIN_PASSWORD = 12
_LOGIN = re.compile(r"[^\s\x00-\x1f\x7f/]{1,64}")


class UserUnknown(StateError):
    """There is no open account with that login name."""

    code = "access.user-unknown"
    title = Text("No such account", "Compte inexistant")
    status = 404


class UserExists(StateError):
    """The login name is taken; choose another."""

    code = "access.user-exists"
    title = Text("Login name is taken", "Nom d'utilisateur déjà pris")


class RolesUnusable(InputError):
    """No role given, an unknown one, or two that one person may not hold together."""

    code = "access.roles-unusable"
    title = Text("These roles cannot be given", "Ces rôles ne peuvent être attribués")


class NameUnusable(InputError):
    """A login name has 1 to 64 characters without blanks, a person's name 1 to 100."""

    code = "access.name-unusable"
    title = Text("Name cannot be used", "Nom inutilisable")


class PasswordTooShort(InputError):
    """A password needs at least twelve characters; a sentence is best."""

    code = "access.password-too-short"
    title = Text("Password is too short", "Mot de passe trop court")


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One person with an account.

    Attributes:
        id: record id (``user-...``); what audit rows and decisions name.
        login: what the person types.
        name: what colleagues see.
        roles: never empty, free of clashes.
        shortcuts: whether keyboard shortcuts are on for this person.

    """

    id: str
    login: str
    name: str
    roles: tuple[Role, ...]
    shortcuts: bool = True

    @property
    def actor(self) -> Actor:
        """This person as the actor of a transaction."""
        return Actor("auditor" if Role.AUDITOR in self.roles else "officer", self.id)


def add(s: Session, *, login: str, name: str, roles: Iterable[str]) -> User:
    """Open an account. It has no password: the first sign-in is by a one-time link.

    Raises:
        UserExists: the login name is taken.
        NameUnusable: login name or name is empty or too long.
        RolesUnusable: see there.

    """
    held, name = _usable(roles), name.strip()
    if not _LOGIN.fullmatch(login) or not 1 <= len(name) <= 100 or not name.isprintable():
        raise NameUnusable("login name: 1 to 64 characters without blanks; name: 1 to 100")
    user = User(id=s.new_id("user"), login=login, name=name, roles=held)
    made = s.run(
        "INSERT INTO access.user (id, login, name, roles, made_at)"
        " VALUES (:id, :login, :name, :roles, :now) ON CONFLICT (login) DO NOTHING",
        id=user.id, login=login, name=name, roles=[str(r) for r in held], now=s.now,
    )  # fmt: skip
    if not made:
        raise UserExists(f"'{login}' is taken")
    s.leaf("access.user-opened", user.id, user)
    return user


def give_roles(s: Session, user_id: str, roles: Iterable[str]) -> User:
    """Replace a person's roles; it takes effect with the next page they open.

    Raises:
        RolesUnusable: see there.

    """
    held = _usable(roles)
    s.run("UPDATE access.user SET roles = :roles WHERE id = :id", id=user_id,
          roles=[str(r) for r in held])  # fmt: skip
    user = by_id(s, user_id)
    s.leaf("access.roles-given", user.id, user)
    return user


def close(s: Session, user_id: str) -> None:
    """Close an account: nobody signs in with it again and its sessions end now."""
    s.run("UPDATE access.user SET closed_at = :now WHERE id = :id AND closed_at IS NULL",
          id=user_id, now=s.now)  # fmt: skip
    s.run("UPDATE access.session SET ended_at = :now WHERE user_id = :id AND ended_at IS NULL",
          id=user_id, now=s.now)  # fmt: skip
    s.leaf("access.user-closed", user_id, {"user": user_id})


def by_id(s: Session, user_id: str) -> User:
    """The person with that id; NotFound if there is none."""
    return read(s.one(f"SELECT {COLUMNS} FROM access.user u WHERE id = :id", id=user_id))


def by_login(s: Session, login: str) -> User:
    """The person with that login name and an open account.

    Raises:
        UserUnknown: if there is none.

    """
    row = s.first(
        f"SELECT {COLUMNS} FROM access.user u WHERE login = :login AND closed_at IS NULL",
        login=login,
    )
    if row is None:
        raise UserUnknown("no open account with that login name")
    return read(row)


def everyone(s: Session) -> list[User]:
    """All open accounts, by name."""
    rows = s.rows(f"SELECT {COLUMNS} FROM access.user u WHERE closed_at IS NULL ORDER BY name, id")
    return [read(row) for row in rows]


def names(s: Session, ids: Iterable[str]) -> dict[str, str]:
    """Names for user ids, for pages that show who decided; unknown ids are left out."""
    rows = s.rows("SELECT id, name FROM access.user WHERE id = ANY(:ids)", ids=list(ids))
    return {row["id"]: row["name"] for row in rows}


def set_password(s: Session, user_id: str, password: str) -> None:
    """Set a password (argon2id at rest).

    Raises:
        PasswordTooShort: below twelve characters.

    """
    if len(password) < _MIN_PASSWORD:
        raise PasswordTooShort(f"at least {_MIN_PASSWORD} characters are needed")
    s.run("UPDATE access.user SET password = :hash WHERE id = :id", id=user_id,
          hash=PasswordHasher().hash(password))  # fmt: skip


def set_shortcuts(s: Session, user_id: str, on: bool) -> None:
    """Turn keyboard shortcuts on or off for one person (WCAG 2.1.4)."""
    s.run("UPDATE access.user SET shortcuts = :on WHERE id = :id", id=user_id, on=on)


def password_matches(s: Session, login: str, password: str) -> User | None:
    """The person, if login and password fit. Takes equally long when the login is unknown."""
    row = s.first(
        f"SELECT {COLUMNS}, u.password FROM access.user u"
        " WHERE login = :login AND closed_at IS NULL",
        login=login,
    )
    kept = row["password"] if row is not None else None
    try:
        PasswordHasher().verify(kept or _nobodys_hash(), password)
    except VerificationError:
        return None
    return read(row) if row is not None and kept else None


@cache
def _nobodys_hash() -> str:
    return PasswordHasher().hash("no account has this password")


COLUMNS = "u.id, u.login, u.name, u.roles, u.shortcuts"


def read(row: Row) -> User:
    """A row of ``COLUMNS`` as a person."""
    return User(id=row["id"], login=row["login"], name=row["name"],
                roles=tuple(Role(r) for r in row["roles"]), shortcuts=row["shortcuts"])  # fmt: skip


def _usable(roles: Iterable[str]) -> tuple[Role, ...]:
    known = {str(role) for role in Role if role not in MACHINE_ROLES}
    given = list(dict.fromkeys(roles))
    if unknown := [role for role in given if role not in known]:
        raise RolesUnusable(f"unknown role {unknown[0]!r}; known: {', '.join(sorted(known))}")
    if not given:
        raise RolesUnusable("give at least one role")
    if pair := clash(Role(r) for r in given):
        raise RolesUnusable(f"one person may not be both {' and '.join(sorted(pair))}")
    return tuple(Role(r) for r in given)

"""Signing in: password or one-time link; sessions; throttling of failures.

Passkeys (WebAuthn) fit beside :func:`with_password`: whatever proves who somebody is ends in
:func:`begin`, and nothing behind it knows how the proof was made.
"""

import hmac
from datetime import timedelta
from typing import NamedTuple

from smartborder.kernel.errors import AccessError, LimitError
from smartborder.kernel.text import Text
from smartborder.node.access.tokens import hashed, new_token
from smartborder.node.access.users import COLUMNS, User, password_matches, read
from smartborder.node.store.session import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
LINK_LIFE = timedelta(minutes=30)
_TOUCH = timedelta(minutes=1)
_WINDOW = timedelta(minutes=15)
_FAILURES_PER_LOGIN = 5
_FAILURES_PER_ADDRESS = 30


class NotSignedIn(AccessError):
    """No session, or it has ended: sign in, then try again."""

    code = "access.not-signed-in"
    title = Text("Please sign in", "Veuillez ouvrir une session")
    status = 401


class SignInRefused(AccessError):
    """Login name and password do not fit together, or the account is closed."""

    code = "access.sign-in-refused"
    title = Text("Sign-in refused", "Ouverture de session refusée")
    status = 403


class LinkSpent(AccessError):
    """The one-time link was used, has expired or never existed: ask for a new one."""

    code = "access.link-spent"
    title = Text("This link no longer works", "Ce lien ne fonctionne plus")
    status = 403


class TooManyFailures(LimitError):
    """Too many failed sign-ins from here or for this name: wait a quarter of an hour."""

    code = "access.too-many-failures"
    title = Text("Too many attempts", "Trop de tentatives")
    status = 429


class Begun(NamedTuple):
    """A session that has just begun; ``token`` goes into the cookie and is kept nowhere else."""

    user: User
    token: str


def with_password(s: Session, login: str, password: str, address: str) -> Begun | None:
    """Sign in with a password; None if it does not fit.

    The failure is noted in this transaction, so the caller must let it commit and only then
    tell the person.

    Args:
        s: a transaction under purpose ``access``.
        login: what was typed; never logged.
        password: what was typed; never logged.
        address: network address of the caller, kept only as a hash.

    Raises:
        TooManyFailures: after 5 failures for a login or 30 from an address in 15 minutes.

    """
    by_login, by_address = hashed(f"login:{login}"), hashed(f"address:{address}")
    since = s.now - _WINDOW
    s.run("DELETE FROM access.failure WHERE at < :since", since=since)
    counted = {
        bytes(row["key"]): row["n"]
        for row in s.rows(
            "SELECT key, count(*) AS n FROM access.failure WHERE key = ANY(:keys) GROUP BY key",
            keys=[by_login, by_address],
        )
    }
    if (
        counted.get(by_login, 0) >= _FAILURES_PER_LOGIN
        or counted.get(by_address, 0) >= _FAILURES_PER_ADDRESS
    ):
        raise TooManyFailures("wait 15 minutes, or ask an administrator for a one-time link")
    user = password_matches(s, login, password)
    if user is None:
        s.many("INSERT INTO access.failure (key, at) VALUES (:key, :at)",
               [{"key": by_login, "at": s.now}, {"key": by_address, "at": s.now}])  # fmt: skip
        return None
    s.run("DELETE FROM access.failure WHERE key = :key", key=by_login)
    return begin(s, user)


def make_link(s: Session, user: User, life: timedelta = LINK_LIFE) -> str:
    """A one-time sign-in token for ``user``; only its hash is kept.

    The address is ``/enter/<token>``; opening it shows a button, pressing that uses it up.
    """
    token = new_token()
    s.run("INSERT INTO access.link (token, user_id, made_at, expires_at)"
          " VALUES (:token, :user, :now, :ends)",
          token=hashed(token), user=user.id, now=s.now, ends=s.now + life)  # fmt: skip
    s.leaf("access.link-made", user.id, {"user": user.id, "by": f"{s.actor.kind}:{s.actor.id}"})
    return token


def link_owner(s: Session, token: str) -> User:
    """Whom a one-time link would sign in; does not use it up.

    Raises:
        LinkSpent: see there.

    """
    row = s.first(
        f"SELECT {COLUMNS} FROM access.link l JOIN access.user u ON u.id = l.user_id"
        " WHERE l.token = :token AND l.used_at IS NULL AND l.expires_at > :now"
        " AND u.closed_at IS NULL",
        token=hashed(token), now=s.now,
    )  # fmt: skip
    if row is None:
        raise LinkSpent("ask for a new one: smartborder user link LOGIN")
    return read(row)


def with_link(s: Session, token: str) -> Begun:
    """Sign in with a one-time link and use it up; of two at once, one wins.

    Raises:
        LinkSpent: see there.

    """
    user = link_owner(s, token)
    used = s.run("UPDATE access.link SET used_at = :now WHERE token = :token AND used_at IS NULL",
                 token=hashed(token), now=s.now)  # fmt: skip
    if not used:
        raise LinkSpent("this link has just been used")
    return begin(s, user)


def begin(s: Session, user: User) -> Begun:
    """Begin a session for somebody who has proved who they are."""
    token = new_token()
    s.run("DELETE FROM access.session WHERE expires_at < :now", now=s.now)
    s.run("INSERT INTO access.session (token, user_id, began_at, seen_at, expires_at)"
          " VALUES (:token, :user, :now, :now, :ends)",
          token=hashed(token), user=user.id, now=s.now, ends=s.now + LONGEST)  # fmt: skip
    s.leaf("access.signed-in", user.id, {"user": user.id})
    return Begun(user, token)


def resume(s: Session, token: str, *, attended: bool = True) -> User:
    """The person whose session this is, if it still runs (30 minutes idle, 12 hours in all).

    ``attended`` is False for what a page asks by itself: that does not keep a session alive.

    Raises:
        NotSignedIn: see there.

    """
    row = s.first(
        f"SELECT {COLUMNS}, s.token, s.seen_at FROM access.session s"
        " JOIN access.user u ON u.id = s.user_id"
        " WHERE s.token = :token AND s.ended_at IS NULL AND s.expires_at > :now"
        " AND s.seen_at > :idle AND u.closed_at IS NULL",
        token=hashed(token), now=s.now, idle=s.now - IDLE,
    )  # fmt: skip
    if row is None or not hmac.compare_digest(bytes(row["token"]), hashed(token)):
        raise NotSignedIn("sign in to continue")
    if attended and s.now - row["seen_at"] > _TOUCH:
        s.run("UPDATE access.session SET seen_at = :now WHERE token = :token",
              token=hashed(token), now=s.now)  # fmt: skip
    return read(row)


def end(s: Session, token: str) -> None:
    """End a session; unknown tokens are ignored."""
    s.run("UPDATE access.session SET ended_at = :now WHERE token = :token AND ended_at IS NULL",
          token=hashed(token), now=s.now)  # fmt: skip

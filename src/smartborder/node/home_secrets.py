"""The secrets folder of a node: made once, mode 0700, each file 0600, never logged.

Database passwords, the node's signing key, the key that wraps personal data at rest and the
key that backups are encrypted with. Losing the data key loses the data it wraps.
"""

import os
import secrets
from pathlib import Path

import msgspec
from joserfc.jwk import OKPKey

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text


class SecretUnavailable(EnvironmentFault):
    """A secret of the node is missing or this user may not read it: restore the secrets folder."""

    code = "home.secret-unavailable"
    title = Text("A secret of the node cannot be read", "Un secret du nœud est illisible")


class Passwords(msgspec.Struct, frozen=True, kw_only=True):
    """One password per database login; ``url`` is the given server's address, if one was given."""

    admin: str
    owner: str
    app: str
    auditor: str
    url: str | None = None


def write_new(folder: Path, node_id: str, database_url: str | None) -> None:
    """Make every secret of a new node; one that is there already is kept.

    Raises:
        PermissionError: the folder cannot be written.

    """
    signing = OKPKey.generate_key("Ed25519", private=True)
    key = {**signing.as_dict(private=True), "kid": f"{node_id}-{signing.thumbprint()[:12]}"}
    passwords = Passwords(
        admin=secrets.token_urlsafe(24),
        owner=secrets.token_urlsafe(24),
        app=secrets.token_urlsafe(24),
        auditor=secrets.token_urlsafe(24),
        url=database_url,
    )
    for name, content in (
        ("database.json", msgspec.json.encode(passwords)),
        ("signing-key.json", msgspec.json.encode(key)),
        ("data.key", secrets.token_bytes(32)),
        ("backup.key", secrets.token_bytes(32)),
    ):
        write(folder / name, content)


def write(path: Path, content: bytes) -> None:
    """A file only its owner can read; nothing happens if it exists."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def read(folder: Path, name: str) -> bytes:
    """One secret.

    Raises:
        SecretUnavailable: it is missing, or this user may not read it.

    """
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise SecretUnavailable(f"{error.strerror}", secret=name) from error


def read_passwords(folder: Path) -> Passwords:
    """The passwords of the database logins.

    Raises:
        SecretUnavailable: the file is missing, unreadable or damaged.

    """
    try:
        return msgspec.json.decode(read(folder, "database.json"), type=Passwords)
    except msgspec.MsgspecError as error:
        raise SecretUnavailable("the file is damaged", secret="database.json") from error  # noqa: S106

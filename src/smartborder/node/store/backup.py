"""An encrypted copy of a whole node in one file, and the way back.

The file holds the node's settings, the keys without which its records are unreadable, and the
database (``pg_dump`` custom format). Only ``secrets/backup.key`` opens it: keep a copy of that
key away from this machine. A record that was destroyed is still in backups written before;
keep backups no longer than the law lets the node keep its records.
"""

import base64
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from smartborder import __version__
from smartborder.kernel.errors import EnvironmentFault, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.node import home_secrets
from smartborder.node.home import HomeMissing, HomePermissions, NodeHome
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.store import migrate, programs, roles, sealed
from smartborder.node.store.database import Database
from smartborder.node.store.install import serving
from smartborder.node.store.sealed import BackupDamaged

_OWN = Database(kind="own", name="smartborder")
_KEYS = ("signing-key.json", "data.key")


class BackupExists(InputError):
    """The file is there already; a backup never overwrites another: choose another name."""

    code = "backup.exists"
    title = Text("The file exists already", "Le fichier existe déjà")


class BackupUnwritable(EnvironmentFault):
    """The backup could not be written: the message says why (rights, space)."""

    code = "backup.unwritable"
    title = Text("The backup could not be written", "La sauvegarde n'a pas pu être écrite")


class BackupOfOther(StateError):
    """The backup is of another node, or for other database roles: restore it into a new folder."""

    code = "backup.other-node"
    title = Text("Backup of another node", "Sauvegarde d'un autre nœud")


class BackupKeyNeeded(InputError):
    """There is no node here, so the key is not here either: give it with ``--key FILE``."""

    code = "backup.key-needed"
    title = Text("The backup key is needed", "La clé de sauvegarde est nécessaire")


class NodeRuns(StateError):
    """A running node cannot be replaced by a backup: stop it first."""

    code = "backup.node-runs"
    title = Text("The node is running", "Le nœud est en marche")


class _Contents(msgspec.Struct, frozen=True):
    """The first piece: what the database alone does not hold."""

    settings: dict[str, object]
    keys: dict[str, str]


def back_up(home: NodeHome, file: Path, at: datetime) -> int:
    """Write a backup; the node may run meanwhile, and the copy is of one instant.

    Args:
        home: the node.
        file: must not exist; written whole or not at all, readable by its owner only.
        at: the present instant, for the header.

    Returns:
        The size of the file in bytes.

    Raises:
        BackupExists: the file is there already.
        BackupUnwritable: the file could not be written.
        ProgramFailed: the database could not be copied.

    """
    if file.exists():
        raise BackupExists("a backup never overwrites a file", file=str(file))
    draft = file.with_name(f"{file.name}.part")
    try:
        with (
            serving(home),
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
        ):
            header = {
                "node_id": home.node_id,
                "at": iso(at),
                "software": __version__,
                "roles": home.database.role("app"),
            }
            sealed.seal(_pieces(home), out, home.backup_key(), secrets.token_bytes(16), header)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except OSError as error:
        raise BackupUnwritable(f"{error.strerror}", file=str(file)) from error
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def restore(
    file: Path, path: Path, key_file: Path | None = None, *, database_url: str | None = None
) -> NodeHome:
    """Bring a node back to what a backup holds; it is stopped afterwards.

    The database is rebuilt beside the present one and takes its place only when the whole file
    has proved sound, so a damaged backup changes nothing.

    Args:
        file: written by :func:`back_up`.
        path: the node's folder; made if there is none.
        key_file: the backup key, when the folder is lost.
        database_url: where a new folder's database shall be, if not on a server of its own.

    Raises:
        BackupDamaged: not a backup, damaged, cut off, or sealed with another key.
        BackupKeyNeeded: there is no node here and no key was given.
        BackupOfOther: the node here is another one.
        NodeRuns: the node here runs.

    """
    try:
        with file.open("rb") as source:
            header, salt, bound = sealed.header_of(source)
            try:
                home: NodeHome | None = NodeHome.load(path)
            except HomeMissing:
                home = None
            key = _key(home, key_file)
            pieces = sealed.unseal(source, key, salt, bound)
            contents = msgspec.json.decode(next(pieces), type=_Contents)
            if home is None:
                role = (Database.given(database_url) if database_url else _OWN).role("app")
                _check_same(header, str(header["node_id"]), role)
                home = _new_home(path, contents, key, database_url)
            _check_same(header, home.node_id, home.database.role("app"))
            if Supervisor(home).running().supervisor:
                raise NodeRuns("stop it first: smartborder node stop")
            with serving(home):
                _replace_database(home, pieces)
                _replace_keys(home, contents)
                migrate.upgrade(home)
    except FileNotFoundError as error:
        raise BackupDamaged("no such file", file=str(file)) from error
    except PermissionError as error:
        raise HomePermissions("cannot be read", place=str(file)) from error
    restored = home.changed(installed=True)
    restored.save()
    return restored


def _check_same(header: dict[str, object], node_id: str, role: str) -> None:
    if header["node_id"] != node_id:
        raise BackupOfOther(f"this backup is of node {header['node_id']}", here=node_id)
    if header["roles"] != role:
        raise BackupOfOther(f"this backup grants rights to {header['roles']}", here=role)


def _pieces(home: NodeHome) -> Iterator[bytes]:
    folder = home.path / "secrets"
    keys = {n: base64.b64encode(home_secrets.read(folder, n)).decode() for n in _KEYS}
    settings = msgspec.json.decode((home.path / "node.json").read_bytes())
    yield msgspec.json.encode(_Contents(settings, keys))
    command = [
        *programs.program(home, "pg_dump"),
        "--format=custom",
        f"--dbname={home.database.name}",
    ]
    with programs.running(home, command) as dump:
        while piece := dump.read(sealed.PIECE):
            yield piece


def _replace_database(home: NodeHome, pieces: Iterator[bytes]) -> None:
    """Rebuild beside, then swap; the old database goes last."""
    roles.install(home)
    name, beside, old = home.database.name, f"{home.database.name}_new", f"{home.database.name}_old"
    with roles.connect_admin(home) as admin:
        roles.drop_database(admin, beside)
        roles.drop_database(admin, old)
        roles.create_database(admin, beside)
        command = [*programs.program(home, "pg_restore"), "--exit-on-error", "--single-transaction"]
        try:
            with programs.running(home, [*command, f"--dbname={beside}"], stdin=True) as load:
                for piece in pieces:
                    load.write(piece)
        except BaseException:
            roles.drop_database(admin, beside)
            raise
        roles.rename_database(admin, name, old)
        roles.rename_database(admin, beside, name)
        roles.drop_database(admin, old)
    roles.secure(home)


def _replace_keys(home: NodeHome, contents: _Contents) -> None:
    """The keys the database was written with; what was there is kept beside."""
    for name in _KEYS:
        path = home.path / "secrets" / name
        content = base64.b64decode(contents.keys[name])
        if path.read_bytes() != content:
            path.replace(path.with_name(f"{name}.before-restore"))
            home_secrets.write(path, content)


def _key(home: NodeHome | None, key_file: Path | None) -> bytes:
    if key_file:
        return key_file.read_bytes()
    if home:
        return home.backup_key()
    raise BackupKeyNeeded("there is no node here; give the key with --key FILE")


def _new_home(path: Path, contents: _Contents, key: bytes, database_url: str | None) -> NodeHome:
    """A home like the lost one, with database passwords of its own."""
    old = NodeHome.of_settings(contents.settings, path)
    home = NodeHome.create(
        path,
        country=old.country,
        name=old.name,
        port=old.port,
        mode=old.mode,
        partner=old.partner,
        clock_offset_seconds=old.clock_offset_seconds,
        database_url=database_url,
        server=old.database.source,
    ).changed(web_workers=old.web_workers, host=old.host)
    home.save()
    (home.path / "secrets" / "backup.key").write_bytes(key)
    return home

"""An encrypted copy of a whole node, and the way back.

The copy holds the node's settings, its own keys, and the database (``pg_dump`` custom format)
without the keys of single records. Those are in a second file, of which only the newest state is
kept (:mod:`smartborder.node.store.key_file`): a record whose key was destroyed is dead in every
older copy. Only ``secrets/backup.key`` opens either: keep a copy of that key away from this
machine.
"""

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from smartborder import __version__
from smartborder.kernel.errors import EnvironmentFault, InputError, StateError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.node import home_secrets
from smartborder.node.custody import restored
from smartborder.node.home import HomeMissing, HomePermissions, NodeHome
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.store import key_file, migrate, programs, roles, sealed
from smartborder.node.store.database import Database
from smartborder.node.store.install import serving
from smartborder.node.store.sealed import BackupDamaged
from smartborder.node.store.session import SYSTEM, Store

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


def back_up(home: NodeHome, file: Path, at: datetime, keys: Path | None = None) -> int:
    """Write a backup; the node may run meanwhile, and the copy is of one instant.

    Args:
        home: the node.
        file: must not exist; written whole or not at all, readable by its owner only.
        at: the present instant, for the header.
        keys: the file of the records' keys, replaced by its newest state; beside ``file`` if
            none is given.

    Returns:
        The size of the copy in bytes.

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
                "record_keys": "apart",
            }
            sealed.seal(_pieces(home), out, home.backup_key(), secrets.token_bytes(16), header)
            out.flush()
            os.fsync(out.fileno())
            # After the copy: a record destroyed meanwhile is in the copy and opens no more.
            key_file.write(home, keys or key_file.beside(file, home.node_id), at)
        draft.replace(file)
    except OSError as error:
        raise BackupUnwritable(f"{error.strerror}", file=str(file)) from error
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def restore(
    file: Path, path: Path, backup_key: Path | None = None, *, keys: Path | None = None,
    database_url: str | None = None,
) -> NodeHome:  # fmt: skip
    """Bring a node back to what a backup holds; it is stopped afterwards.

    The database is rebuilt beside the present one and takes its place only when the whole file
    has proved sound, so a damaged backup changes nothing.

    Args:
        file: written by :func:`back_up`.
        path: the node's folder; made if there is none.
        backup_key: the file of the backup key, when the folder is lost.
        keys: the file of the records' keys; looked for beside ``file`` if none is given.
        database_url: where a new folder's database shall be, if not on a server of its own.

    Raises:
        BackupDamaged: not a backup, damaged, cut off, or sealed with another key.
        BackupKeyNeeded: there is no node here and no key was given.
        RecordKeysUnusable: the keys of the records are not there, of another node, or older.
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
            key = _key(home, backup_key)
            apart = _apart(file, header, keys)
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
                _replace_database(home, pieces, apart, key)
                _replace_keys(home, contents)
                migrate.upgrade(home)
                if apart:
                    with closing(Store(home, pool_size=1)) as store:
                        with store.act(SYSTEM, restored.PURPOSE) as s:
                            restored.destroy_again(s)
    except FileNotFoundError as error:
        raise BackupDamaged("no such file", file=str(file)) from error
    except PermissionError as error:
        raise HomePermissions("cannot be read", place=str(file)) from error
    changed = home.changed(installed=True)
    changed.save()
    return changed


def _apart(file: Path, header: dict[str, object], keys: Path | None) -> Path | None:
    """The file of the records' keys; a copy of an older software has them in itself."""
    if header.get("record_keys") != "apart":
        return None
    found = keys or key_file.beside(file, str(header["node_id"]))
    key_file.check(found, header)
    return found


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
        *(f"--exclude-table-data={table}" for table in key_file.TABLES),
        f"--dbname={home.database.name}",
    ]
    with programs.running(home, command) as dump:
        while piece := dump.read(sealed.PIECE):
            yield piece


def _replace_database(home: NodeHome, pieces: Iterator[bytes], keys: Path | None,
                      key: bytes) -> None:  # fmt: skip
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
            if keys:
                key_file.load(home, keys, key, beside)
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


def _key(home: NodeHome | None, given: Path | None) -> bytes:
    if given:
        return given.read_bytes()
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

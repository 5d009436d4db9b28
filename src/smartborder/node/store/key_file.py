"""The keys of single records in a file of their own, beside the backups, newest state only.

Each backup replaces it. Whoever keeps old states of it keeps destroyed records alive; whoever
loses it loses the sealed records of every backup. It is sealed with ``secrets/backup.key``.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.kernel.time import iso
from smartborder.node.home import NodeHome
from smartborder.node.store import programs, sealed
from smartborder.node.store.sealed import BackupDamaged

TABLES = ("custody.key", "custody.record_key")
_KIND = "record keys"


class RecordKeysUnusable(InputError):
    """A backup needs the keys of its records, as new as itself: give them by ``--record-keys``."""

    code = "backup.record-keys"
    title = Text("The keys of the records are needed", "Les clés des enregistrements sont requises")


def beside(file: Path, node_id: str) -> Path:
    """Where the keys are for backups in the folder of ``file``."""
    return file.with_name(f"{node_id}.record-keys")


def write(home: NodeHome, file: Path, at: datetime) -> None:
    """Replace ``file`` by the keys as they are now; its old state is gone.

    Raises:
        OSError: it could not be written.
        ProgramFailed: the database could not be read.

    """
    draft = file.with_name(f"{file.name}.part")
    header = {"node_id": home.node_id, "at": iso(at), "what": _KIND}
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            sealed.seal(_dumped(home), out, home.backup_key(), secrets.token_bytes(16), header)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def check(file: Path, backup: dict[str, object]) -> None:
    """Refuse keys that do not open a backup with this header.

    Raises:
        RecordKeysUnusable: no such file, of another node, or older than the backup.

    """
    try:
        with file.open("rb") as source:
            header, _, _ = sealed.header_of(source)
    except (FileNotFoundError, BackupDamaged) as error:
        raise RecordKeysUnusable(
            "no file of record keys: give it with --record-keys", file=str(file)
        ) from error
    if header.get("what") != _KIND or header.get("node_id") != backup["node_id"]:
        raise RecordKeysUnusable("keys of another node", file=str(file))
    # Both are written in one form, UTC to the second, so their texts are in order of time.
    if str(header["at"]) < str(backup["at"]):
        raise RecordKeysUnusable(f"keys of {header['at']}, older than the backup", file=str(file))


def load(home: NodeHome, file: Path, key: bytes, database: str) -> None:
    """Put the keys into a database that was restored without them.

    Raises:
        BackupDamaged: the file is damaged or sealed with another key.
        ProgramFailed: the database refused.

    """
    command = [*programs.program(home, "pg_restore"), "--exit-on-error", "--single-transaction",
               "--data-only", f"--dbname={database}"]  # fmt: skip
    with file.open("rb") as source:
        _, salt, bound = sealed.header_of(source)
        with programs.running(home, command, stdin=True) as target:
            for piece in sealed.unseal(source, key, salt, bound):
                target.write(piece)


def _dumped(home: NodeHome) -> Iterator[bytes]:
    command = [*programs.program(home, "pg_dump"), "--format=custom", "--data-only",
               *(f"--table={table}" for table in TABLES),
               f"--dbname={home.database.name}"]  # fmt: skip
    with programs.running(home, command) as dump:
        while piece := dump.read(sealed.PIECE):
            yield piece

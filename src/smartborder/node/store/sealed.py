"""A stream of bytes sealed with one key: what is changed, moved, missing or cut off is noticed.

Layout: ``SBSEALED1\\n``, one line of JSON anyone may read (what it is, and a salt), then pieces
of at most 1 MiB, each a 4-byte length and AES-256-GCM with magic and header as associated data.
The nonce counts the pieces and says which is the last (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár). The key is derived per file (HKDF-SHA256 over the salt), so no
nonce is ever used twice under one key.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

PIECE = 1024 * 1024
_MAGIC = b"SBSEALED1\n"
_HEADER_MAX = 64 * 1024
_TAG = 16


class BackupDamaged(InputError):
    """The file is no backup, is damaged or cut off, or was sealed with another key: use another."""

    code = "backup.damaged"
    title = Text("The backup cannot be opened", "La sauvegarde ne peut pas être ouverte")


def seal(
    pieces: Iterable[bytes], target: IO[bytes], key: bytes, salt: bytes, header: object
) -> None:
    """Write ``pieces`` to ``target``, sealed; :func:`unseal` gives the same pieces back.

    Args:
        pieces: at least one; none longer than 1 MiB.
        target: where to.
        key: 32 bytes.
        salt: 16 random bytes, never used before.
        header: JSON types; readable without the key, protected against change by it.

    """
    line = msgspec.json.encode({"header": header, "salt": salt.hex()}) + b"\n"
    target.write(_MAGIC + line)
    cipher, bound = _cipher(key, salt), _MAGIC + line
    todo = iter(pieces)
    number = 0
    piece: bytes | None = next(todo)
    while piece is not None:
        following = next(todo, None)
        sealed = cipher.encrypt(_nonce(number, last=following is None), piece, bound)
        target.write(struct.pack(">I", len(sealed)) + sealed)
        number, piece = number + 1, following


def header_of(source: IO[bytes]) -> tuple[dict[str, object], bytes, bytes]:
    """The readable header, the salt, and the bytes the pieces are bound to.

    Raises:
        BackupDamaged: this is no sealed file.

    """
    magic, line = source.read(len(_MAGIC)), source.readline(_HEADER_MAX)
    try:
        found = msgspec.json.decode(line)
        if magic != _MAGIC:
            raise BackupDamaged("this is not a backup of a node")
        return dict(found["header"]), bytes.fromhex(found["salt"]), magic + line
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        raise BackupDamaged("this is not a backup of a node") from error


def unseal(source: IO[bytes], key: bytes, salt: bytes, bound: bytes) -> Iterator[bytes]:
    """The pieces of a sealed file, each checked before it is given out.

    Whoever uses them must undo everything if this raises: an end that was cut off is noticed
    only there.

    Raises:
        BackupDamaged: another key, or bytes that are not those that were written.

    """
    cipher = _cipher(key, salt)
    number, length = 0, source.read(4)
    while True:
        size = int.from_bytes(length, "big")
        sealed = source.read(size) if _TAG <= size <= PIECE + _TAG else b""
        if len(length) != 4 or len(sealed) != size:
            raise BackupDamaged("the file is cut off or damaged", piece=number)
        length = source.read(4)
        try:
            yield cipher.decrypt(_nonce(number, last=not length), sealed, bound)
        except InvalidTag as error:
            raise BackupDamaged(
                "damaged, cut off, or sealed with another key", piece=number
            ) from error
        if not length:
            return
        number += 1


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"smartborder backup").derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">7xI?", number, last)

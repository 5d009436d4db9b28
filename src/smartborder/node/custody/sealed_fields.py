"""Personal values of a column, sealed: an administrator of the database sees bytes.

AES-256-GCM under a key of the column's own, derived from the node's data key, which is never in
the database. Sealed bytes are bound to their record: moved to another row they do not open.
"""

import secrets
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


def seal(key: bytes, data: bytes, bound_to: str) -> bytes:
    """``data`` as only ``key`` opens it, and only as what it was ``bound_to``."""
    return _seal(AESGCM(key), data, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """What :func:`seal` was given."""
    return _unseal(AESGCM(key), sealed, bound_to)


class SealedField:
    """One column of sealed JSON: its key is derived once for a transaction, not for each row."""

    def __init__(self, data_key: bytes, column: str) -> None:
        """For a column named in full, such as ``exchange.crossing.content``."""
        self._cipher = _cipher(data_key, column)
        self._column = column

    def seal(self, record: str, value: Any) -> bytes:
        """What the column keeps for ``record``."""
        return _seal(self._cipher, msgspec.json.encode(value), f"{self._column}:{record}")

    def open(self, record: str, sealed: bytes) -> Any:
        """What ``record`` says."""
        return msgspec.json.decode(_unseal(self._cipher, bytes(sealed), f"{self._column}:{record}"))


def _seal(cipher: AESGCM, data: bytes, bound_to: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, data, bound_to.encode())


def _unseal(cipher: AESGCM, sealed: bytes, bound_to: str) -> bytes:
    return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())


@lru_cache(32)
def _cipher(data_key: bytes, column: str) -> AESGCM:
    info = b"smartborder column " + column.encode()
    return AESGCM(HKDF(SHA256(), 32, None, info).derive(data_key))

"""Bytes under one key: AES-256-GCM with a random nonce, bound to what they belong to."""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def seal(key: bytes, data: bytes, bound_to: str) -> bytes:
    """``data`` as only ``key`` opens it, and only as what it was ``bound_to``."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """What :func:`seal` was given."""
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())

"""Secrets that are shown once and kept only as a hash.

A token is 256 random bits, so a plain SHA-256 of it cannot be searched; what lies in the
database opens nothing.
"""

import hashlib
import secrets


def new_token(prefix: str = "") -> str:
    """A fresh token: ``prefix`` and 43 characters that are safe in an address or a header."""
    return prefix + secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    """SHA-256 of a token, as kept in the database."""
    return hashlib.sha256(token.encode()).digest()

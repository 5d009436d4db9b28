"""Canonical JSON (RFC 8785, JCS): the same value always gives the same bytes.

What is hashed or signed is always these bytes. Floats are refused: a value that
needs one is carried as a decimal string, so no two nodes can round apart.
"""

import hashlib
from typing import Any

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text


class NotCanonical(InputError):
    """A value that has no canonical form: a float, a non-string key, an integer beyond 2**53."""

    code = "canonical.unsupported-value"
    title = Text("Value has no canonical form", "Valeur sans forme canonique")


_MAX_SAFE = 2**53 - 1
_encoder = msgspec.json.Encoder()


def canonical(value: Any) -> bytes:
    """``value`` (JSON types or msgspec structs) as RFC 8785 bytes.

    Raises:
        NotCanonical: for floats, integers beyond ±(2**53-1) and keys that are not text.

    """
    return _encoder.encode(_ordered(msgspec.to_builtins(value)))


def sha256_hex(data: bytes) -> str:
    """SHA-256 of ``data`` as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def _ordered(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is dict:
        return {k: _ordered(value[k]) for k in _sorted(value)}
    if kind is list or kind is tuple:
        return [_ordered(v) for v in value]
    if kind is int and abs(value) <= _MAX_SAFE:
        return value
    raise NotCanonical(f"{kind.__name__} has no canonical form")


def _sorted(value: dict[Any, Any]) -> list[str]:
    """The keys by their UTF-16 code units (RFC 8785 3.2.3); for ASCII that is plain order."""
    for key in value:
        if type(key) is not str:
            raise NotCanonical(f"key {key!r} is not text")
    if all(map(str.isascii, value)):
        return sorted(value)
    return sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))

"""How a leaf and the chain are hashed; the same here, in an export and in a verifier."""

import hashlib

from smartborder.kernel.canonical import canonical

GENESIS = bytes(32)


def leaf_hash(leaf: str, kind: str, record: str, commitment: bytes, actor: str, at: str) -> bytes:
    """RFC 6962 leaf hash (0x00 prefix) over the canonical leaf; no personal value is in it.

    ``at`` is the instant as ``2026-11-24T03:02:53Z``.
    """
    content = canonical(
        {
            "leaf": leaf,
            "kind": kind,
            "record": record,
            "commitment": commitment.hex(),
            "actor": actor,
            "at": at,
        }
    )
    return hashlib.sha256(b"\x00" + content).digest()


def chain_hash(previous: bytes, leaf: bytes) -> bytes:
    """The link: SHA-256 over the previous link and this leaf's hash."""
    return hashlib.sha256(b"\x02" + previous + leaf).digest()

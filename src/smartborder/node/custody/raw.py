"""Raw messages in custody: each sealed under its own key, each with its delete-by.

Destroying the key destroys the message everywhere at once, backups included.
"""

import secrets
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.store.session import Session

_NONCE = 12


class Destroyed(StateError):
    """The raw message was destroyed on its delete-by date; the ledger shows that it existed."""

    code = "custody.destroyed"
    title = Text("Destroyed as the law requires", "Détruit comme la loi l'exige")
    status = 410


def _seal(key: bytes, data: bytes, bound_to: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, bound_to.encode())


def _open(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode())


def keep(s: Session, node_key: bytes, record: str, data: bytes, *, source: str, purpose: str,
         delete_by: datetime) -> None:  # fmt: skip
    """Seal ``data`` under a key of its own, wrapped by the node's data key."""
    key = AESGCM.generate_key(256)
    s.later("INSERT INTO custody.key VALUES (:id, :wrapped)", id=record,
            wrapped=_seal(node_key, key, record))  # fmt: skip
    s.later(
        "INSERT INTO custody.raw VALUES (:id, :source, :purpose, :sealed, :now, :delete_by)",
        id=record,
        source=source,
        purpose=purpose,
        sealed=_seal(key, data, record),
        now=s.now,
        delete_by=delete_by,
    )


def fetch(s: Session, node_key: bytes, record: str) -> bytes:
    """The raw message; the read is audited.

    Raises:
        Destroyed: when its key is gone.
    """
    row = s.first(
        "SELECT r.sealed, k.wrapped FROM custody.raw r JOIN custody.key k USING (id)"
        " WHERE id = :id",
        id=record,
    )
    if row is None:
        raise Destroyed("this raw message is no longer held")
    s.saw("raw", [record])
    key = _open(node_key, bytes(row["wrapped"]), record)
    return _open(key, bytes(row["sealed"]), record)

"""Raw messages in custody: each sealed under its own key, each with its delete-by.

Destroying the key destroys the message everywhere at once, backups included.
"""

from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.custody.seals import seal, unseal
from smartborder.node.store.session import Session


class Destroyed(StateError):
    """The raw message was destroyed on its delete-by date; the ledger shows that it existed."""

    code = "custody.destroyed"
    title = Text("Destroyed as the law requires", "Détruit comme la loi l'exige")
    status = 410


def keep(s: Session, node_key: bytes, record: str, data: bytes, *, source: str, purpose: str,
         delete_by: datetime, returns: bool = False) -> None:  # fmt: skip
    """Seal ``data`` under a key of its own, wrapped by the node's data key.

    Args:
        s: the transaction.
        node_key: the node's data key.
        record: its number.
        data: what is sealed.
        source: where it came from.
        purpose: what it may be used for.
        delete_by: when key and bytes go.
        returns: it may have come before a backup that was restored, and its key be here still.

    """
    wrapped = None
    if returns:
        wrapped = s.value("SELECT wrapped FROM custody.key WHERE id = :id", id=record)
    if wrapped is None:
        key = AESGCM.generate_key(256)
        s.later("INSERT INTO custody.key VALUES (:id, :wrapped)", id=record,
                wrapped=seal(node_key, key, record))  # fmt: skip
    else:
        key = unseal(node_key, bytes(wrapped), record)
    s.later(
        "INSERT INTO custody.raw VALUES (:id, :source, :purpose, :sealed, :now, :delete_by)",
        id=record,
        source=source,
        purpose=purpose,
        sealed=seal(key, data, record),
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
    key = unseal(node_key, bytes(row["wrapped"]), record)
    return unseal(key, bytes(row["sealed"]), record)

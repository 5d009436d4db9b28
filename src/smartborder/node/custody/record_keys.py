"""One key for each sealed record: it dies with the record, which then opens nowhere any more.

The keys lie in a table of their own, wrapped by the node's data key, and are never in a backup
of the records (:mod:`smartborder.node.store.backup` writes them apart, newest state only). So a
record that was destroyed is dead in every older backup too.
"""

from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from smartborder.node.custody.seals import seal, unseal
from smartborder.node.store.session import Session


def make(s: Session, records: Sequence[str]) -> list[bytes]:
    """Fresh keys for new records, in their order."""
    keys = [AESGCM.generate_key(256) for _ in records]
    s.insert("custody.record_key", ("id", "wrapped"), [
        (record, wrap(s.data_key, record, key)) for record, key in zip(records, keys, strict=True)
    ])  # fmt: skip
    return keys


def of(s: Session, record: str) -> bytes:
    """The key of a record that may have one; a fresh one if it has none."""
    wrapped = s.value("SELECT wrapped FROM custody.record_key WHERE id = :id", id=record)
    return make(s, [record])[0] if wrapped is None else unwrap(s.data_key, record, wrapped)


def destroy(s: Session, records: Sequence[str]) -> None:
    """From here on nothing opens what was sealed for ``records``, here or in any backup."""
    s.run("DELETE FROM custody.record_key WHERE id = ANY(:records)", records=list(records))


def wrap(data_key: bytes, record: str, key: bytes) -> bytes:
    """A record's key as the database keeps it."""
    return seal(data_key, key, f"record key:{record}")


def unwrap(data_key: bytes, record: str, wrapped: bytes) -> bytes:
    """What :func:`wrap` was given. Never remembered: a key that was destroyed is nowhere."""
    return unseal(data_key, bytes(wrapped), f"record key:{record}")

"""Giving leaves their order: one at a time, each linked by hash to the one before, all in a tree.

A leaf is written by the transaction it commits to; its place in the order is given a moment
later by one sequencer, so that acts never wait for each other on the ledger.
"""

import hashlib
from datetime import datetime

from smartborder.kernel import merkle
from smartborder.kernel.canonical import canonical
from smartborder.kernel.time import iso
from smartborder.node.ledger import heads
from smartborder.node.store.session import SYSTEM, Store

_LOCK = 0x5B1ED6E5
GENESIS = bytes(32)


def leaf_hash(leaf: str, kind: str, record: str, commitment: bytes, actor: str,
              at: datetime) -> bytes:  # fmt: skip
    """RFC 6962 leaf hash (0x00 prefix) over the canonical leaf; no personal value is in it."""
    content = canonical(
        {
            "leaf": leaf,
            "kind": kind,
            "record": record,
            "commitment": commitment.hex(),
            "actor": actor,
            "at": iso(at),
        }
    )
    return hashlib.sha256(b"\x00" + content).digest()


def chain_hash(previous: bytes, leaf: bytes) -> bytes:
    """The link: SHA-256 over the previous link and this leaf's hash."""
    return hashlib.sha256(b"\x02" + previous + leaf).digest()


def sequence(store: Store, limit: int = 5000) -> int:
    """Give up to ``limit`` pending leaves their place; the number that got one."""
    with store.act(SYSTEM, "ledger") as s:
        if not s.value("SELECT pg_try_advisory_xact_lock(:lock)", lock=_LOCK):
            return 0
        head = s.first("SELECT seq, chain FROM ledger.entry ORDER BY seq DESC LIMIT 1")
        seq, chain = (head["seq"], bytes(head["chain"])) if head else (-1, GENESIS)
        leaves = s.rows(
            "SELECT l.* FROM ledger.pending p JOIN ledger.leaf l ON l.id = p.leaf"
            " ORDER BY l.id LIMIT :limit",
            limit=limit,
        )
        entries = []
        for leaf in leaves:
            hashed = leaf_hash(leaf["id"], leaf["kind"], leaf["record"],
                               bytes(leaf["commitment"]), leaf["actor"], leaf["at"])  # fmt: skip
            chain = chain_hash(chain, hashed)
            seq += 1
            entries.append((seq, leaf["id"], hashed, chain))
        grown = merkle.grow(seq + 1 - len(entries), [e[2] for e in entries], heads.reader(s))
        s.copy("ledger.entry", ("seq", "leaf", "hash", "chain"), entries)
        s.copy("ledger.node", ("level", "place", "hash"), [n for n in grown if n[0] > 0])
        s.run(
            "DELETE FROM ledger.pending WHERE leaf = ANY(:done)", done=[lf["id"] for lf in leaves]
        )
        return len(entries)

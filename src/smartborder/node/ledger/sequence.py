"""Giving leaves their order: one at a time, each linked by hash to the one before, all in a tree.

A leaf is written by the transaction it commits to; its place in the order is given a moment
later by one sequencer, so that acts never wait for each other on the ledger.
"""

from smartborder.kernel import merkle
from smartborder.kernel.time import iso
from smartborder.node.ledger import heads
from smartborder.node.ledger.leaves import GENESIS, chain_hash, leaf_hash
from smartborder.node.store.session import SYSTEM, Store

_LOCK = 0x5B1ED6E5


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
            hashed = leaf_hash(
                leaf["id"], leaf["kind"], leaf["record"], bytes(leaf["commitment"]), leaf["actor"],
                iso(leaf["at"]),
            )  # fmt: skip
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

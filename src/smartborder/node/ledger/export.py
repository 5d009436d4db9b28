"""A node's ledger as a file that anybody can check without the node: JSON Lines.

First a line about the node, then every entry in order, then the heads that the partner
counter-signed, last the head of the whole file under the node's signature.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from smartborder.kernel import merkle
from smartborder.kernel.canonical import canonical
from smartborder.kernel.time import iso
from smartborder.node.exchange.keys import public_signing_key, signer
from smartborder.node.home import NodeHome
from smartborder.node.ledger.heads import reader
from smartborder.node.store.session import Session

FORMAT = "smartborder-ledger"
VERSION = 1
_CHUNK = 5000


def lines(s: Session, home: NodeHome) -> Iterator[bytes]:
    """The lines of the file, each with its newline; entries without a place yet are left out."""
    whole = hashlib.sha256()
    head: dict[str, Any] = {}
    for value in _values(s, home):
        if "head" in value:
            head = {**value["head"], "file": whole.hexdigest()}
            value = {"head": head, "signature": signer(home)(canonical(head))}
        line = msgspec.json.encode(value) + b"\n"
        whole.update(line)
        yield line


def _values(s: Session, home: NodeHome) -> Iterator[dict[str, Any]]:
    size = s.value("SELECT coalesce(max(seq), -1) + 1 FROM ledger.entry")
    yield {
        "format": FORMAT,
        "version": VERSION,
        "node": home.node_id,
        "made_at": iso(s.now),
        "key": public_signing_key(home),
    }
    chain = b""
    for start in range(0, size, _CHUNK):
        for row in s.rows(
            "SELECT e.seq, e.hash, e.chain, l.* FROM ledger.entry e JOIN ledger.leaf l"
            " ON l.id = e.leaf WHERE e.seq >= :start AND e.seq < :end ORDER BY e.seq",
            start=start,
            end=min(start + _CHUNK, size),
        ):
            chain = bytes(row["chain"])
            yield {
                "seq": row["seq"],
                "leaf": row["id"],
                "kind": row["kind"],
                "record": row["record"],
                "commitment": bytes(row["commitment"]).hex(),
                "actor": row["actor"],
                "at": iso(row["at"]),
                "hash": bytes(row["hash"]).hex(),
                "chain": chain.hex(),
            }
    for row in s.rows("SELECT partner, ours, theirs FROM ledger.head WHERE size <= :size"
                      " ORDER BY partner, size", size=size):  # fmt: skip
        signed = {"by": row["partner"], "ours": row["ours"], "theirs": row["theirs"]}
        yield {"counter_signed": signed}
    root = merkle.root(size, reader(s)).hex()
    yield {"head": {"node": home.node_id, "size": size, "root": root, "chain": chain.hex(),
                    "at": iso(s.now)}}  # fmt: skip

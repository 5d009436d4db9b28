"""The proof that one record is in the ledger, for who may see that record and nothing else.

An inclusion proof (RFC 6962 section 2.1.1) names one entry and the hashes beside its way to a head
under the node's signature. Whoever holds it needs neither the ledger nor the node.
"""

from collections.abc import Mapping

import msgspec

from smartborder.kernel import merkle
from smartborder.kernel.canonical import canonical
from smartborder.kernel.time import iso
from smartborder.node.exchange.signing import UnusableKey, checked, signer, verifier
from smartborder.node.home import NodeHome
from smartborder.node.ledger import heads
from smartborder.node.ledger.leaves import leaf_hash
from smartborder.node.store.session import Session


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many entries the ledger had, and the root that binds them."""

    node: str
    size: int
    root: str
    at: str


class Proof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry, its place, and the hashes (hex) from it up to the root of the head."""

    leaf: str
    kind: str
    record: str
    commitment: str
    actor: str
    at: str
    seq: int
    path: tuple[str, ...]
    head: Head
    signature: str


def prove(s: Session, home: NodeHome, leaf: str) -> Proof:
    """The proof for one leaf, under the head of this moment.

    Raises:
        NotFound: there is no such leaf, or it has no place yet.

    """
    row = s.one(
        "SELECT l.*, e.seq FROM ledger.leaf l JOIN ledger.entry e ON e.leaf = l.id"
        " WHERE l.id = :leaf",
        leaf=leaf,
    )
    size, root = heads.current(s)
    path = merkle.inclusion_proof(row["seq"], size, heads.reader(s))
    head = Head(node=home.node_id, size=size, root=root.hex(), at=iso(s.now))
    return Proof(
        leaf=row["id"], kind=row["kind"], record=row["record"],
        commitment=bytes(row["commitment"]).hex(), actor=row["actor"], at=iso(row["at"]),
        seq=row["seq"], path=tuple(step.hex() for step in path), head=head,
        signature=signer(home)(canonical(head)),
    )  # fmt: skip


def holds(proof: Proof, key: Mapping[str, str]) -> bool:
    """Whether the entry is in the ledger whose head this key signed."""
    try:
        keys = {str(key.get("kid")): checked(key)}
        hashed = leaf_hash(proof.leaf, proof.kind, proof.record, bytes.fromhex(proof.commitment),
                           proof.actor, proof.at)  # fmt: skip
        path = [bytes.fromhex(step) for step in proof.path]
        root = bytes.fromhex(proof.head.root)
    except (UnusableKey, ValueError):
        return False
    signed = verifier(keys)(canonical(proof.head), proof.signature)
    return signed and merkle.verify_inclusion(proof.seq, proof.head.size, hashed, path, root)

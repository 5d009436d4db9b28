"""Heads of the ledger: how many entries it has and the root that binds them all.

The partner counter-signs our heads and we its own. A head that was counter-signed can never be
taken back: every later head must prove that it begins with that one.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from smartborder.kernel import merkle
from smartborder.kernel.errors import StateError
from smartborder.kernel.text import Text
from smartborder.node.store.session import Session


class HeadsDisagree(StateError):
    """Two heads of one ledger have the same size and different roots: it was rewritten."""

    code = "ledger.heads-disagree"
    title = Text("Two heads of one ledger disagree", "Deux têtes d'un même registre divergent")


def reader(s: Session) -> merkle.NodeReader:
    """Hashes of complete subtrees by their address."""

    def node(level: int, place: int) -> merkle.Hash:
        if level == 0:
            found = s.value("SELECT hash FROM ledger.entry WHERE seq = :seq", seq=place)
        else:
            found = s.value(
                "SELECT hash FROM ledger.node WHERE level = :level AND place = :place",
                level=level,
                place=place,
            )
        return bytes(found)

    return node


def current(s: Session) -> tuple[int, bytes]:
    """How many entries the ledger has, and their root."""
    last = s.value("SELECT max(seq) FROM ledger.entry")
    size = 0 if last is None else last + 1
    return size, merkle.root(size, reader(s))


def keep_countersigned(s: Session, size: int, root: bytes, partner: str, theirs: Any,
                       ours: Any) -> None:  # fmt: skip
    """Keep the partner's signature over a head of ours; one per size is enough."""
    s.run(
        "INSERT INTO ledger.head (size, root, partner, ours, theirs, at) VALUES (:size, :root,"
        " :partner, :ours, :theirs, :now) ON CONFLICT DO NOTHING",
        size=size,
        root=root,
        partner=partner,
        ours=msgspec.json.encode(ours).decode(),
        theirs=msgspec.json.encode(theirs).decode(),
        now=s.now,
    )


def since_last(s: Session, partner: str, size: int) -> tuple[int, tuple[bytes, ...]]:
    """The last head that the partner counter-signed, and the proof that we begin with it.

    A ledger that is smaller than that head was restored from a backup: it proves nothing, and
    the partner will say so.
    """
    last = s.value("SELECT max(size) FROM ledger.head WHERE partner = :p AND size <= :size",
                   p=partner, size=size)  # fmt: skip
    if last is None:
        return 0, ()
    return last, merkle.consistency_proof(last, size, reader(s))


def keep_theirs(s: Session, partner: str, size: int, root: str, said: Any, since: int = 0,
                proof: Sequence[str] = ()) -> None:  # fmt: skip
    """Keep a head that the partner signed, once it is proved to extend the one before.

    Raises:
        HeadsDisagree: it signed another root for the same size before, or the proof fails.

    """
    before = _root(s, partner, size)
    if before is not None and before != root:
        raise HeadsDisagree("the partner's ledger was rewritten", partner=partner, size=size)
    known = _root(s, partner, since) if since else None
    if known is not None:
        path = [bytes.fromhex(x) for x in proof]
        if not merkle.verify_consistency(since, size, bytes.fromhex(known), bytes.fromhex(root),
                                         path):  # fmt: skip
            raise HeadsDisagree("the partner's ledger was rewritten", partner=partner, size=size)
    if before is None:
        s.run(
            "INSERT INTO ledger.partner_head (partner, size, root, said, at)"
            " VALUES (:partner, :size, :root, :said, :now)",
            partner=partner,
            size=size,
            root=root,
            said=msgspec.json.encode(said).decode(),
            now=s.now,
        )


def _root(s: Session, partner: str, size: int) -> str | None:
    found: str | None = s.value(
        "SELECT root FROM ledger.partner_head WHERE partner = :p AND size = :size",
        p=partner,
        size=size,
    )
    return found

"""Checking an exported ledger from outside: no node, no database, no trust in either.

Every entry is hashed anew, linked to the one before and put into the tree; the heads must bind
them. The first thing that does not hold is named, by entry where there is one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from smartborder.kernel import merkle
from smartborder.kernel.canonical import canonical
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.exchange.signing import UnusableKey, checked, verifier
from smartborder.node.ledger.export import FORMAT, VERSION
from smartborder.node.ledger.leaves import GENESIS, chain_hash, leaf_hash


class NotALedger(InputError):
    """The file is no exported ledger, or of a version this program does not read."""

    code = "ledger.not-a-ledger"
    title = Text("Not an exported ledger", "Pas un registre exporté")


class Bad(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing that does not hold.

    Attributes:
        line: of the file, from 1.
        seq: number of the entry; None if it is no entry.
        leaf: id of the leaf as far as it can be read.

    """

    line: int
    seq: int | None
    leaf: str | None
    reason: Text


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found.

    Attributes:
        entries: how many entries hold, up to the first that does not.
        counter_signed: how many heads other nodes counter-signed, by node.
        key_pinned: whether the node's key came from the caller and not from the file itself.

    """

    ok: bool
    node: str
    entries: int
    root: str
    counter_signed: dict[str, int]
    key_pinned: bool
    bad: Bad | None = None


_ENTRY = ("seq", "leaf", "kind", "record", "commitment", "actor", "at", "hash", "chain")
_HASHES = ("commitment", "hash", "chain")
_CONTENT = Text(
    "what it says is not what was recorded", "ce qu'elle dit n'est pas ce qui fut consigné"
)
_CHAIN = Text(
    "it does not follow from the entry before", "elle ne découle pas de l'écriture précédente"
)
_PLACE = Text("it is out of place: one is missing, doubled or moved",
              "elle n'est pas à sa place : une manque, se répète ou a été déplacée")  # fmt: skip
_UNREADABLE = Text("it cannot be read", "elle est illisible")
_SIGNED = Text("the signature over the head is not the node's",
               "la signature de la tête n'est pas celle du nœud")  # fmt: skip
_HEAD = Text("the head does not bind these entries", "la tête ne lie pas ces écritures")
_COUNTER = Text("a counter-signed head disagrees with the entries",
                "une tête contresignée contredit les écritures")  # fmt: skip
_FILE = Text("something in the file is not as it was written",
             "quelque chose dans le fichier n'est pas tel qu'écrit")  # fmt: skip
_CUT = Text("the file ends before its head", "le fichier se termine avant sa tête")


def verify(
    file: Iterable[bytes],
    *,
    key: Mapping[str, str] | None = None,
    partner: Mapping[str, str] | None = None,
) -> Verified:
    """Check an exported ledger, line by line.

    Args:
        file: its lines.
        key: the node's public key, if the caller has it from elsewhere.
        partner: the other node's public key: then its counter-signatures are checked too.

    Raises:
        NotALedger: the first line is not that of a ledger.

    """
    source = enumerate(file, start=1)
    opening = next(source, (1, b""))[1]
    first = _decode(opening)
    if first is None or first.get("format") != FORMAT or first.get("version") != VERSION:
        raise NotALedger(f"the first line must say {FORMAT}, version {VERSION}")
    own = dict(key or first.get("key") or {})
    check = _Check(opening, str(first.get("node")), own, key is not None, partner)
    for number, line in source:
        if check.take(number, line) or check.done:
            break
    return check.result()


class _Check:
    """A file under way."""

    def __init__(self, first: bytes, node: str, key: dict[str, str], pinned: bool,
                 partner: Mapping[str, str] | None) -> None:  # fmt: skip
        self.node, self.key, self.pinned, self.partner = node, key, pinned, partner
        self.file = hashlib.sha256(first)
        self.hashes: list[bytes] = []
        self.chain = GENESIS
        self.counter: dict[str, int] = {}
        self.heads: list[tuple[int, int, str]] = []
        self.bad: Bad | None = None
        self.done = False
        self.line = 1
        self.root = merkle.EMPTY_ROOT

    def take(self, number: int, line: bytes) -> bool:
        """Look at one line; True if something does not hold."""
        self.line = number
        found = _decode(line)
        if found is not None and "head" in found:
            self._head(found)
        elif found is not None and "counter_signed" in found:
            self._counter_signed(found["counter_signed"])
        else:
            self._entry(found)
        self.file.update(line)
        return self.bad is not None

    def _entry(self, found: dict[str, Any] | None) -> None:
        if found is None or set(found) != set(_ENTRY):
            return self._stop(_UNREADABLE, found)
        try:
            commitment = bytes.fromhex(found["commitment"])
            recorded, link = bytes.fromhex(found["hash"]), bytes.fromhex(found["chain"])
            if [x.hex() for x in (commitment, recorded, link)] != [found[n] for n in _HASHES]:
                return self._stop(_UNREADABLE, found)
            hashed = leaf_hash(found["leaf"], found["kind"], found["record"], commitment,
                               found["actor"], found["at"])  # fmt: skip
        except (ValueError, TypeError, InputError):
            return self._stop(_UNREADABLE, found)
        if found["seq"] != len(self.hashes):
            return self._stop(_PLACE, found)
        if hashed != recorded:
            return self._stop(_CONTENT, found)
        self.chain = chain_hash(self.chain, hashed)
        if self.chain != link:
            return self._stop(_CHAIN, found)
        self.hashes.append(hashed)
        return None

    def _counter_signed(self, found: Any) -> None:
        try:
            ours, theirs, by = found["ours"]["statement"], found["theirs"], str(found["by"])
            size, root = int(ours["ledger_size"]), str(ours["ledger_root"])
            signature = theirs["countersignature"]
        except (KeyError, TypeError, ValueError):
            return self._stop(_COUNTER, None)
        if self.partner and not _signed(self.partner, found["ours"]["statement"], signature):
            return self._stop(_COUNTER, None)
        self.heads.append((self.line, size, root))
        self.counter[by] = self.counter.get(by, 0) + 1
        return None

    def _head(self, found: dict[str, Any]) -> None:
        self.done = True
        head = found["head"]
        node = merkle.memory_nodes(self.hashes)
        self.root = merkle.root(len(self.hashes), node)
        if not isinstance(head, dict):
            return self._stop(_HEAD, None)
        said = (head.get("size"), head.get("root"), head.get("node"))
        if said != (len(self.hashes), self.root.hex(), self.node):
            return self._stop(_HEAD, None)
        if head.get("file") != self.file.hexdigest():
            return self._stop(_FILE, None)
        if not _signed(self.key, head, found.get("signature")):
            return self._stop(_SIGNED, None)
        for line, size, root in self.heads:
            if size > len(self.hashes) or merkle.root(size, node).hex() != root:
                self.line = line
                return self._stop(_COUNTER, None)
        return None

    def _stop(self, reason: Text, found: dict[str, Any] | None) -> None:
        leaf = found.get("leaf") if found else None
        is_entry = reason in (_UNREADABLE, _CONTENT, _CHAIN, _PLACE)
        self.bad = Bad(line=self.line, seq=len(self.hashes) if is_entry else None,
                       leaf=leaf if isinstance(leaf, str) else None, reason=reason)  # fmt: skip

    def result(self) -> Verified:
        if not self.done and self.bad is None:
            self._stop(_CUT, None)
        return Verified(
            ok=self.bad is None, node=self.node, entries=len(self.hashes), root=self.root.hex(),
            counter_signed=self.counter, key_pinned=self.pinned, bad=self.bad,
        )  # fmt: skip


def _signed(key: Mapping[str, str], head: Any, signature: Any) -> bool:
    try:
        keys = {str(key.get("kid")): checked(key)}
    except (UnusableKey, TypeError):
        return False
    return isinstance(signature, str) and verifier(keys)(canonical(head), signature)


def _decode(line: bytes) -> dict[str, Any] | None:
    """A line that is written exactly as an export writes it; anything else is unreadable."""
    try:
        found = msgspec.json.decode(line)
        same = msgspec.json.encode(found) == line.rstrip(b"\n")
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return found if isinstance(found, dict) and same else None

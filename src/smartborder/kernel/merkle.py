"""Merkle tree hashing and proofs (RFC 6962 section 2.1, algorithms of RFC 9162 section 2.1).

A tree is named by its number of leaves and its root. Complete subtrees have an address
``(level, index)``: level 0 are the leaves, and ``(k, i)`` covers the leaves ``i * 2**k`` up to
``(i + 1) * 2**k``. A store keeps their hashes by address and hands them over through a
:data:`NodeReader`, so that a proof over millions of leaves reads a few dozen of them.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

Hash = bytes
"""A SHA-256 value, 32 bytes."""
NodeReader = Callable[[int, int], Hash]
"""The hash of the complete subtree at (level, index)."""
NewNode = tuple[int, int, Hash]
"""A subtree that has become complete: level, index, hash."""

EMPTY_ROOT: Hash = hashlib.sha256(b"").digest()
"""The root of a tree without leaves (RFC 6962 section 2.1)."""


def leaf_hash(data: bytes) -> Hash:
    """The hash of one leaf; its prefix keeps a leaf from passing for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(size: int, leaves: Sequence[Hash], node: NodeReader) -> list[NewNode]:
    """The nodes that become complete when leaf hashes are appended to a tree of ``size`` leaves.

    The leaves come first at their addresses. ``node`` is asked only for subtrees that were
    complete before.
    """
    made: list[NewNode] = []
    fresh: dict[tuple[int, int], Hash] = {}
    for offset, leaf in enumerate(leaves):
        level, index, value = 0, size + offset, leaf
        made.append((level, index, value))
        fresh[level, index] = value
        while index % 2 == 1:
            sibling = (level, index - 1)
            left = fresh[sibling] if sibling in fresh else node(*sibling)
            level, index, value = level + 1, index // 2, node_hash(left, value)
            made.append((level, index, value))
            fresh[level, index] = value
    return made


def memory_nodes(leaves: Iterable[Hash]) -> NodeReader:
    """A reader over leaf hashes held in memory; for batches and tests."""
    held = {(level, index): value for level, index, value in grow(0, list(leaves), _nothing)}
    return lambda level, index: held[level, index]


def _nothing(level: int, index: int) -> Hash:
    raise LookupError(f"node {level}/{index} is not complete")


def root(size: int, node: NodeReader) -> Hash:
    """The root of the first ``size`` leaves."""
    return _range_root(0, size, node) if size else EMPTY_ROOT


def root_of(leaves: Sequence[Hash]) -> Hash:
    """The root over leaf hashes held in memory."""
    return root(len(leaves), memory_nodes(leaves))


def _split(size: int) -> int:
    """The largest power of two smaller than ``size`` (RFC 6962: k)."""
    return 1 << ((size - 1).bit_length() - 1)


def _range_root(start: int, end: int, node: NodeReader) -> Hash:
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_root(start, middle, node), _range_root(middle, end, node))


def inclusion_proof(index: int, size: int, node: NodeReader) -> tuple[Hash, ...]:
    """The audit path of leaf ``index`` in a tree of ``size`` leaves, from the leaf upwards.

    Raises:
        ValueError: if there is no such leaf.

    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    path: list[Hash] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start = middle
    return tuple(reversed(path))


def root_from_inclusion(index: int, size: int, leaf: Hash, path: Sequence[Hash]) -> Hash | None:
    """The root that ``path`` proves for ``leaf``; None if the path does not fit the tree.

    RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    position, last, value = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if position % 2 == 1 or position == last:
            value = node_hash(step, value)
            while position % 2 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, step)
        position, last = position >> 1, last >> 1
    return value if last == 0 else None


def verify_inclusion(
    index: int, size: int, leaf: Hash, path: Sequence[Hash], expected: Hash
) -> bool:
    """True if ``path`` proves that ``leaf`` is at ``index`` of the tree with root ``expected``."""
    return root_from_inclusion(index, size, leaf, path) == expected


def consistency_proof(old: int, new: int, node: NodeReader) -> tuple[Hash, ...]:
    """Proof that the tree of ``new`` leaves begins with the tree of ``old`` leaves.

    RFC 6962 section 2.1.2. Empty if both are the same or the old tree is empty.

    Raises:
        ValueError: if ``old`` is larger than ``new``.

    """
    if not 0 <= old <= new:
        raise ValueError("the old tree is larger than the new one")
    if old in (0, new):
        return ()
    path: list[Hash] = []
    start, end, known = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start, known = middle, False
    if not known:
        path.append(_range_root(start, end, node))
    return tuple(reversed(path))


def verify_consistency(
    old: int, new: int, old_root: Hash, new_root: Hash, path: Sequence[Hash]
) -> bool:
    """True if ``path`` proves that nothing of the old tree was changed or dropped.

    RFC 9162 section 2.1.4.2.
    """
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position % 2 == 1:
        position, last = position >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position % 2 == 1 or position == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while position % 2 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, step)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root

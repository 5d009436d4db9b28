"""Tree hashes and proofs, against the published vectors and a definition written out anew."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from smartborder.kernel import merkle

# The eight leaves and roots of Certificate Transparency's reference tests
# (google/certificate-transparency, merkle_tree_test.cc).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
HASHED = [merkle.leaf_hash(leaf) for leaf in LEAVES]
NODES = merkle.memory_nodes(HASHED)


def reference_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, written as it is defined there."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    halves = reference_root(leaves[:k]) + reference_root(leaves[k:])
    return hashlib.sha256(b"\x01" + halves).digest()


def reference_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if index < k:
        return [*reference_path(index, leaves[:k]), reference_root(leaves[k:])]
    return [*reference_path(index - k, leaves[k:]), reference_root(leaves[:k])]


def reference_consistency(old: int, leaves: list[bytes], complete: bool = True) -> list[bytes]:
    """RFC 6962 section 2.1.2, SUBPROOF."""
    if old == len(leaves):
        return [] if complete else [reference_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if old <= k:
        return [*reference_consistency(old, leaves[:k], complete), reference_root(leaves[k:])]
    return [*reference_consistency(old - k, leaves[k:], False), reference_root(leaves[:k])]


def test_the_empty_tree() -> None:
    assert merkle.root_of([]).hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert merkle.root_of(HASHED[:size]).hex() == ROOTS[size - 1]
    assert merkle.root(size, NODES).hex() == ROOTS[size - 1]


def test_published_paths() -> None:
    assert [step.hex() for step in merkle.inclusion_proof(0, 8, NODES)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in merkle.consistency_proof(6, 8, NODES)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", range(1, 40))
def test_every_proof_of_small_trees(size: int) -> None:
    leaves = [bytes([i]) for i in range(size)]
    hashed = [merkle.leaf_hash(leaf) for leaf in leaves]
    node = merkle.memory_nodes(hashed)
    top = reference_root(leaves)
    assert merkle.root(size, node) == top
    for index in range(size):
        path = merkle.inclusion_proof(index, size, node)
        assert list(path) == reference_path(index, leaves)
        assert merkle.verify_inclusion(index, size, hashed[index], path, top)
        for other in range(size):
            if other != index:
                assert not merkle.verify_inclusion(other, size, hashed[index], path, top)
    for old in range(size + 1):
        proof = merkle.consistency_proof(old, size, node)
        if old:
            assert list(proof) == reference_consistency(old, leaves)
        older = reference_root(leaves[:old])
        assert merkle.verify_consistency(old, size, older, top, proof)
        assert not merkle.verify_consistency(old, size, b"\x01" * 32, top, proof)
        if 0 < old < size:
            assert not merkle.verify_consistency(old, size, older, b"\x01" * 32, proof)


def test_an_empty_old_tree_proves_nothing_about_the_new_one() -> None:
    assert merkle.verify_consistency(0, 8, merkle.EMPTY_ROOT, bytes.fromhex(ROOTS[7]), ())
    assert not merkle.verify_consistency(0, 8, b"\x00" * 32, bytes.fromhex(ROOTS[7]), ())


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0)])
def test_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion_proof(index, size, NODES)
    assert merkle.root_from_inclusion(index, size, HASHED[0], ()) is None


def test_no_proof_of_a_tree_that_shrinks() -> None:
    with pytest.raises(ValueError, match="larger"):
        merkle.consistency_proof(5, 4, NODES)
    assert not merkle.verify_consistency(5, 4, HASHED[0], HASHED[0], ())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_growing_in_any_steps_gives_the_same_tree(data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=8))
    held: dict[tuple[int, int], bytes] = {}
    leaves: list[bytes] = []
    for count in steps:
        fresh = [len(leaves).to_bytes(4, "big") + bytes([i]) for i in range(count)]
        made = merkle.grow(
            len(leaves),
            [merkle.leaf_hash(leaf) for leaf in fresh],
            lambda level, index: held[level, index],
        )
        for level, index, value in made:
            assert (level, index) not in held
            held[level, index] = value
        leaves += fresh
    got = merkle.root(len(leaves), lambda level, index: held[level, index])
    assert got == reference_root(leaves)


@settings(max_examples=300, deadline=None)
@given(st.integers(2, 200), st.data())
def test_any_flipped_bit_breaks_a_proof(size: int, data: st.DataObject) -> None:
    hashed = [merkle.leaf_hash(i.to_bytes(2, "big")) for i in range(size)]
    node = merkle.memory_nodes(hashed)
    top = merkle.root(size, node)
    index = data.draw(st.integers(0, size - 1))
    path = list(merkle.inclusion_proof(index, size, node))
    step = data.draw(st.integers(0, len(path) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(path[step], "big") ^ (1 << bit)).to_bytes(32, "big")
    assert not merkle.verify_inclusion(
        index, size, hashed[index], [*path[:step], flipped, *path[step + 1 :]], top
    )
    assert not merkle.verify_inclusion(index, size, hashed[index], path[:-1], top)
    assert not merkle.verify_inclusion(index, size, hashed[index], [*path, top], top)


@pytest.mark.filterwarnings("ignore:get_state is deprecated")  # called by the oracle itself
@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=2, max_size=300), st.data())
def test_another_implementation_finds_the_same_roots_and_paths(leaves, data):
    theirs = InmemoryTree.init_from_entries(leaves, algorithm="sha256")
    hashed = [merkle.leaf_hash(leaf) for leaf in leaves]
    nodes = merkle.memory_nodes(hashed)
    new = data.draw(st.integers(2, len(leaves)))
    old = data.draw(st.integers(1, new - 1))
    assert merkle.root(new, nodes) == theirs.get_root(new)
    index = data.draw(st.integers(0, new - 1))
    path = merkle.inclusion_proof(index, new, nodes)
    assert merkle.verify_inclusion(index, new, hashed[index], path, theirs.get_root(new))
    assert sorted([hashed[index], *path]) == sorted(theirs.prove_inclusion(index + 1, new).path)
    grown = merkle.consistency_proof(old, new, nodes)
    assert merkle.verify_consistency(old, new, theirs.get_root(old), theirs.get_state(new), grown)

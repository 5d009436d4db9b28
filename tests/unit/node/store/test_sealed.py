"""A sealed file gives back exactly what was put in, or says that it is damaged."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartborder.node.store import sealed
from smartborder.node.store.sealed import BackupDamaged

KEY, SALT = bytes(range(32)), bytes(16)


def seal(pieces: list[bytes]) -> bytes:
    out = io.BytesIO()
    sealed.seal(pieces, out, KEY, SALT, {"node_id": "CAN"})
    return out.getvalue()


def unseal(content: bytes, key: bytes = KEY) -> list[bytes]:
    source = io.BytesIO(content)
    _, salt, bound = sealed.header_of(source)
    return list(sealed.unseal(source, key, salt, bound))


PIECES = st.lists(st.binary(max_size=40), min_size=1, max_size=4)


@given(PIECES)
def test_there_and_back(pieces):
    assert unseal(seal(pieces)) == pieces


@given(PIECES, st.data())
def test_any_changed_bit_is_noticed(pieces, data):
    content = bytearray(seal(pieces))
    place = data.draw(st.integers(0, len(content) * 8 - 1))
    content[place // 8] ^= 1 << place % 8
    with pytest.raises(BackupDamaged):
        unseal(bytes(content))


@given(PIECES, st.data())
def test_any_missing_end_is_noticed(pieces, data):
    content = seal(pieces)
    with pytest.raises(BackupDamaged):
        unseal(content[: data.draw(st.integers(0, len(content) - 1))])


@given(PIECES, st.binary(min_size=1, max_size=30))
def test_anything_added_is_noticed(pieces, more):
    with pytest.raises(BackupDamaged):
        unseal(seal(pieces) + more)


def test_pieces_cannot_change_places():
    content = seal([b"a" * 20, b"b" * 20, b"c"])
    start = content.index(b"\n", 10) + 1
    size = 4 + 20 + 16
    head, first, second = content[:start], content[start:][:size], content[start + size :][:size]
    with pytest.raises(BackupDamaged):
        unseal(head + second + first + content[start + 2 * size :])


def test_another_key_is_refused():
    with pytest.raises(BackupDamaged, match="another key"):
        unseal(seal([b"x"]), bytes(32))


def test_nothing_of_the_content_is_readable():
    assert b"traveller" not in seal([b"traveller" * 9])

"""Sealed parts agree with the general JOSE library both ways, and any change is noticed."""

import secrets
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import OKPKey

from smartborder.model.exchange import EnvelopeRefused
from smartborder.node.exchange.sealing import LARGEST, Seal, Unseal, seal, unseal

OWN = X25519PrivateKey.generate()
JOSE = OKPKey.import_key(OWN)
ALGORITHMS = ["ECDH-ES", "A256GCM"]


def sealed(part):
    return seal(part, OWN.public_key(), secrets.token_bytes(12))


def test_the_general_library_opens_what_we_seal():
    assert (
        jwe.decrypt_compact(sealed(b"padded"), JOSE, algorithms=ALGORITHMS).plaintext == b"padded"
    )


def test_we_open_what_the_general_library_seals():
    head = {"alg": "ECDH-ES", "enc": "A256GCM"}
    part = jwe.encrypt_compact(head, b"padded", JOSE, algorithms=ALGORITHMS)
    assert unseal(part.encode(), OWN) == b"padded"


def test_the_parts_of_a_batch_share_an_agreement_and_each_has_its_own_nonce():
    batch, opened = Seal(OWN.public_key()), Unseal(OWN)
    parts = [batch(b"same", secrets.token_bytes(12)) for _ in range(100)]
    assert len({p.split(b".")[0] for p in parts}) == 1
    assert len({p.split(b".")[2] for p in parts}) == len({p.split(b".")[3] for p in parts}) == 100
    assert {opened(p) for p in parts} == {b"same"}
    assert jwe.decrypt_compact(parts[7], JOSE, algorithms=ALGORITHMS).plaintext == b"same"
    assert sealed(b"same").split(b".")[0] != sealed(b"same").split(b".")[0]
    stranger = Unseal(X25519PrivateKey.generate())
    with pytest.raises(EnvelopeRefused):
        stranger(parts[0])


@settings(max_examples=40)
@given(st.binary(max_size=400), st.integers(0), st.integers(0, 7))
def test_any_flipped_bit_is_noticed(part, place, bit):
    damaged = bytearray(sealed(part))
    damaged[place % len(damaged)] ^= 1 << bit
    try:
        assert unseal(bytes(damaged), OWN) == part  # a bit that base64 does not carry
    except EnvelopeRefused:
        return
    assert place % len(damaged) in ends(bytes(damaged))


def ends(text):
    """The last sign of each of the five parts: its lowest bits may be padding."""
    at, found = -1, set()
    for piece in text.split(b"."):
        at += len(piece) + 1
        found.add(at - 1)
    return found


@pytest.mark.parametrize(
    "head",
    [
        {"alg": "ECDH-ES", "enc": "A256GCM", "zip": "DEF"},
        {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"},
        {"alg": "ECDH-ES", "enc": "A128GCM"},
    ],
)
def test_compressed_or_otherwise_sealed_parts_are_refused_unread(head):
    known = [head["alg"], head["enc"], "DEF"]
    bomb = jwe.encrypt_compact(head, bytes(200_000), JOSE, algorithms=known)
    with pytest.raises(EnvelopeRefused):
        unseal(bomb.encode(), OWN)


def test_too_large_a_part_is_refused_before_it_is_decoded():
    began = time.process_time()
    with pytest.raises(EnvelopeRefused, match="at most"):
        unseal(b"." * (LARGEST + 1), OWN)
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize("part", [b"", b"....", b"a.b.c", b"\xff" * 40, b"e30....", b"=.=.=.=.="])
def test_junk_is_refused(part):
    with pytest.raises(EnvelopeRefused):
        unseal(part, OWN)

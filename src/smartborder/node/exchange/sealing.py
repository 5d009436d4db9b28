"""Sealed parts: JWE compact (RFC 7516), ECDH-ES over X25519 (RFC 7518 4.6, RFC 8037), A256GCM.

Written on the primitives, because a part is opened for every message and the general library
takes four times as long; a test opens what it sealed with that library, and the other way.
"""

import base64
import binascii

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash

from smartborder.model.exchange import EnvelopeRefused

LARGEST = 2_000_000
"""Bytes of a sealed part; checked before anything is decoded. Nothing is ever compressed."""
_ALG, _ENC = "ECDH-ES", "A256GCM"
_NONCE, _TAG = 12, 16


class _Ephemeral(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kty: str
    crv: str
    x: str


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The protected header; one with ``zip`` or anything else we do not write is refused."""

    alg: str
    enc: str
    epk: _Ephemeral


def seal(part: bytes, receiver: X25519PublicKey, nonce: bytes) -> bytes:
    """``part`` so that only the holder of ``receiver`` can read it; equal sizes stay equal.

    ``nonce`` is 12 fresh random bytes.
    """
    ephemeral = X25519PrivateKey.generate()
    public = _Ephemeral("OKP", "X25519", _text(ephemeral.public_key().public_bytes_raw()))
    head = _text(msgspec.json.encode(_Head(_ALG, _ENC, public)))
    key = _derive(ephemeral.exchange(receiver))
    sealed = AESGCM(key).encrypt(nonce, part, head.encode())
    body, tag = sealed[:-_TAG], sealed[-_TAG:]
    return f"{head}..{_text(nonce)}.{_text(body)}.{_text(tag)}".encode()


def unseal(part: bytes, own: X25519PrivateKey) -> bytes:
    """What was sealed for the holder of ``own``.

    Raises:
        EnvelopeRefused: it was not sealed for this node, was changed, or is too large.

    """
    if len(part) > LARGEST:
        raise EnvelopeRefused(f"a part has at most {LARGEST} bytes")
    try:
        head, wrapped, nonce, body, tag = part.split(b".")
        said = msgspec.json.decode(_bytes(head), type=_Head)
        if (said.alg, said.enc, wrapped, said.epk.crv) != (_ALG, _ENC, b"", "X25519"):
            raise EnvelopeRefused("a part is sealed in another way")
        shared = own.exchange(X25519PublicKey.from_public_bytes(_bytes(said.epk.x.encode())))
        return AESGCM(_derive(shared)).decrypt(_bytes(nonce), _bytes(body) + _bytes(tag), head)
    except (ValueError, InvalidTag, msgspec.MsgspecError) as error:
        raise EnvelopeRefused("a part was not sealed for this node") from error


def _derive(shared: bytes) -> bytes:
    """The content key (Concat KDF, RFC 7518 4.6.2: direct agreement, no party information)."""

    def counted(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    info = counted(_ENC.encode()) + counted(b"") + counted(b"") + (256).to_bytes(4, "big")
    return ConcatKDFHash(SHA256(), 32, info).derive(shared)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error

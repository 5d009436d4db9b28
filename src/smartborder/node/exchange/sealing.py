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


class Seal:
    """One key agreement with a receiver: it seals the parts of one batch, and is then let go.

    Every part has a nonce of its own, so one key serves all of them (NIST SP 800-38D 8.2.2).
    """

    def __init__(self, receiver: X25519PublicKey) -> None:
        """With a fresh ephemeral key."""
        ephemeral = X25519PrivateKey.generate()
        public = _Ephemeral("OKP", "X25519", _text(ephemeral.public_key().public_bytes_raw()))
        self._head = _text(msgspec.json.encode(_Head(_ALG, _ENC, public)))
        self._key = AESGCM(_derive(ephemeral.exchange(receiver)))

    def __call__(self, part: bytes, nonce: bytes) -> bytes:
        """``part`` so that only the receiver can read it; ``nonce`` is 12 fresh random bytes."""
        sealed = self._key.encrypt(nonce, part, self._head.encode())
        body, tag = sealed[:-_TAG], sealed[-_TAG:]
        return f"{self._head}..{_text(nonce)}.{_text(body)}.{_text(tag)}".encode()


def seal(part: bytes, receiver: X25519PublicKey, nonce: bytes) -> bytes:
    """One part under a key agreement of its own; equal sizes stay equal."""
    return Seal(receiver)(part, nonce)


class Unseal:
    """Opens what was sealed for the holder of ``own``; parts of one batch share an agreement."""

    def __init__(self, own: X25519PrivateKey) -> None:
        """It keeps what was agreed while it lives: for one batch."""
        self._own = own
        self._agreed: dict[bytes, AESGCM] = {}

    def __call__(self, part: bytes) -> bytes:
        """What was sealed.

        Raises:
            EnvelopeRefused: it was not sealed for this node, was changed, or is too large.

        """
        if len(part) > LARGEST:
            raise EnvelopeRefused(f"a part has at most {LARGEST} bytes")
        try:
            head, wrapped, nonce, body, tag = part.split(b".")
            if wrapped:
                raise EnvelopeRefused("a part is sealed in another way")
            key = self._agreed.get(head) or self._agree(head)
            return key.decrypt(_bytes(nonce), _bytes(body) + _bytes(tag), head)
        except (ValueError, InvalidTag, msgspec.MsgspecError) as error:
            raise EnvelopeRefused("a part was not sealed for this node") from error

    def _agree(self, head: bytes) -> AESGCM:
        said = msgspec.json.decode(_bytes(head), type=_Head)
        if (said.alg, said.enc, said.epk.crv) != (_ALG, _ENC, "X25519"):
            raise EnvelopeRefused("a part is sealed in another way")
        public = X25519PublicKey.from_public_bytes(_bytes(said.epk.x.encode()))
        self._agreed[head] = AESGCM(_derive(self._own.exchange(public)))
        return self._agreed[head]


def unseal(part: bytes, own: X25519PrivateKey) -> bytes:
    """What was sealed for the holder of ``own``; refuses as :class:`Unseal` does."""
    return Unseal(own)(part)


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

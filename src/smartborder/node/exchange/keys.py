"""Keys of the exchange: ours to sign and to open with, the partner's pinned ones to verify.

Signatures are JWS with detached content (RFC 7515 appendix F), Ed25519 (RFC 8037, RFC 9864).
Parts are JWE compact (:mod:`sealing`).
"""

import base64
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from smartborder.agreements.envelope import Sign, Verify
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node.exchange import sealing
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

_SIGNED = ["Ed25519"]


class UnusableKey(InputError):
    """The key is no public Ed25519 key with a ``kid``: ask the partner for its signing key."""

    code = "exchange.unusable-key"
    title = Text("Key cannot be used", "Clé inutilisable")


def signer(home: NodeHome) -> Sign:
    """Signs with this node's key."""
    key = home.signing_key()
    header = {"alg": "Ed25519", "kid": key.as_dict(private=False)["kid"]}

    def sign(data: bytes) -> str:
        return jws.detach_content(jws.serialize_compact(header, data, key, algorithms=_SIGNED))

    return sign


def public_signing_key(home: NodeHome) -> dict[str, str]:
    """Our public signing key as the partner pins it."""
    return {k: str(v) for k, v in home.signing_key().as_dict(private=False).items()}


def verifier(keys: Mapping[str, OKPKey]) -> Verify:
    """Verifies with pinned keys by ``kid``; a key we have not pinned verifies nothing."""

    def verify(data: bytes, signature: str) -> bool:
        key = keys.get(_kid(signature) or "")
        if key is None:
            return False
        try:
            jws.deserialize_compact(signature, key, algorithms=_SIGNED, payload=data)
        except (JoseError, ValueError, TypeError):
            return False
        return True

    return verify


def pin(s: Session, partner: str, jwk: Mapping[str, str], *, valid_from: datetime,
        valid_to: datetime | None = None, by: str) -> str:  # fmt: skip
    """Trust one more signing key of a partner; its ``kid``. Overlap of two keys is allowed.

    Raises:
        UnusableKey: if it is no public Ed25519 key.

    """
    if jwk.get("crv") != "Ed25519" or "d" in jwk or not jwk.get("kid"):
        raise UnusableKey("give the public Ed25519 key as a JWK with its kid")
    s.run("INSERT INTO exchange.partner (node_id) VALUES (:id) ON CONFLICT DO NOTHING", id=partner)
    s.run(
        "INSERT INTO exchange.partner_key (kid, partner, jwk, valid_from, valid_to, pinned_by)"
        " VALUES (:kid, :partner, :jwk, :from, :to, :by) ON CONFLICT DO NOTHING",
        kid=jwk["kid"],
        partner=partner,
        jwk=msgspec.json.encode(dict(jwk)).decode(),
        **{"from": valid_from, "to": valid_to},
        by=by,
    )
    s.leaf("partner-key", jwk["kid"], {"partner": partner, "jwk": dict(jwk)})
    return jwk["kid"]


def revoke(s: Session, kid: str) -> None:
    """Stop trusting a key from now on, also for what it signed before and arrives later."""
    s.run("UPDATE exchange.partner_key SET revoked_at = :now WHERE kid = :kid"
          " AND revoked_at IS NULL", kid=kid, now=s.now)  # fmt: skip
    s.leaf("partner-key", kid, {"revoked": True})


def pinned(s: Session, partner: str) -> dict[str, OKPKey]:
    """The keys of a partner that may sign now, by ``kid``."""
    rows = s.rows(
        "SELECT jwk FROM exchange.partner_key WHERE partner = :partner AND revoked_at IS NULL"
        " AND valid_from <= :now AND (valid_to IS NULL OR valid_to > :now)",
        partner=partner,
        now=s.now,
    )
    return {r["jwk"]["kid"]: _imported(msgspec.json.encode(r["jwk"])) for r in rows}


@lru_cache(64)
def _imported(jwk: bytes) -> OKPKey:
    return OKPKey.import_key(msgspec.json.decode(jwk, type=dict[str, Any]))


def encryption_key(home: NodeHome) -> OKPKey:
    """Our X25519 key, derived from the data key: only this node can open what it is sent."""
    return _encryption_key(home.data_key(), home.node_id)


@cache
def _encryption_key(data_key: bytes, node_id: str) -> OKPKey:
    found = OKPKey.import_key(_private(data_key))
    content = {**found.as_dict(private=True), "kid": f"{node_id}-{found.thumbprint()[:12]}"}
    return OKPKey.import_key(content)


def pair_key(home: NodeHome, partner: str) -> bytes:
    """The key of the pseudonyms that we give subjects towards one partner."""
    info = b"smartborder pseudonyms " + partner.encode()
    return HKDF(SHA256(), 32, None, info).derive(home.data_key())


def seal(part: bytes, key: Mapping[str, str]) -> bytes:
    """``part`` so that only the holder of the X25519 key (public JWK) can read it."""
    return sealing.seal(part, _public(key["x"]), secrets.token_bytes(12))


def opener(home: NodeHome) -> Callable[[bytes], bytes]:
    """Opens what the partner sealed for us; refuses (EnvelopeRefused) whatever else."""
    own = _private(home.data_key())
    return lambda part: sealing.unseal(part, own)


@lru_cache(16)
def _public(x: str) -> X25519PublicKey:
    raw = base64.urlsafe_b64decode(x + "=" * (-len(x) % 4))
    return X25519PublicKey.from_public_bytes(raw)


@cache
def _private(data_key: bytes) -> X25519PrivateKey:
    raw = HKDF(SHA256(), 32, None, b"smartborder exchange parts").derive(data_key)
    return X25519PrivateKey.from_private_bytes(raw)


def _kid(signature: str) -> str | None:
    """The ``kid`` that a compact JWS names, unverified: it only picks a pinned key."""
    head = signature.split(".", 1)[0]
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, msgspec.MsgspecError):
        return None
    kid = found.get("kid") if isinstance(found, dict) else None
    return kid if isinstance(kid, str) else None

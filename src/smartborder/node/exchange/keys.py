"""Keys of the exchange: the partner's pinned ones, and ours to open with.

How they sign is in :mod:`signing`, how parts are sealed in :mod:`sealing`.
"""

import base64
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc.jwk import OKPKey

from smartborder.model.exchange import EnvelopeRefused
from smartborder.node.exchange import sealing
from smartborder.node.exchange.signing import (
    Key,
    checked,
    imported,
    public_signing_key,
    signer,
    verifier,
)
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Session

__all__ = [
    "encryption_key",
    "fresh_nonce",
    "opener",
    "pair_key",
    "pin",
    "pinned",
    "public",
    "public_signing_key",
    "revoke",
    "seal",
    "sealer",
    "signer",
    "text_of",
    "verifier",
]  # fmt: skip


def pin(s: Session, partner: str, jwk: Mapping[str, str], *, valid_from: datetime,
        valid_to: datetime | None = None, by: str) -> str:  # fmt: skip
    """Trust one more signing key of a partner; its ``kid``. Overlap of two keys is allowed.

    Raises:
        UnusableKey: if it is no public Ed25519 or P-256 key.

    """
    checked(jwk)
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
    s.known.pop(("keys", partner), None)
    s.leaf("partner-key", jwk["kid"], {"partner": partner, "jwk": dict(jwk)})
    return jwk["kid"]


def revoke(s: Session, kid: str) -> None:
    """Stop trusting a key from now on, also for what it signed before and arrives later."""
    s.known.clear()
    s.run("UPDATE exchange.partner_key SET revoked_at = :now WHERE kid = :kid"
          " AND revoked_at IS NULL", kid=kid, now=s.now)  # fmt: skip
    s.leaf("partner-key", kid, {"revoked": True})


def pinned(s: Session, partner: str) -> dict[str, Key]:
    """The keys of a partner that may sign now, by ``kid``."""
    if ("keys", partner) not in s.known:
        know(s, partner, [r["jwk"] for r in s.rows(PINNED, partner=partner, now=s.now)])
    found: dict[str, Key] = s.known["keys", partner]
    return found


PINNED = (
    "SELECT jwk FROM exchange.partner_key WHERE partner = :partner AND revoked_at IS NULL"
    " AND valid_from <= :now AND (valid_to IS NULL OR valid_to > :now)"
)


def know(s: Session, partner: str, jwks: Iterable[Mapping[str, str]]) -> None:
    """For the rest of the transaction these are the partner's pinned keys (``PINNED``)."""
    s.known["keys", partner] = {k["kid"]: imported(msgspec.json.encode(k)) for k in jwks}


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
    return sealing.seal(part, public(key["x"]), fresh_nonce())


def sealer(key: Mapping[str, str]) -> Callable[[bytes], bytes]:
    """Seals the parts of one batch for the holder of the X25519 key (public JWK)."""
    agreed = sealing.Seal(public(key["x"]))
    return lambda part: agreed(part, fresh_nonce())


def opener(home: NodeHome) -> Callable[[bytes], bytes]:
    """Opens what the partner sealed for us in a batch; refuses (EnvelopeRefused) whatever else."""
    return sealing.Unseal(_private(home.data_key()))


def fresh_nonce() -> bytes:
    """Twelve random bytes, for one seal."""
    return secrets.token_bytes(12)


def text_of(raw: bytes) -> str:
    """A public key's bytes as a JWK has them."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@lru_cache(16)
def public(x: str) -> X25519PublicKey:
    """The X25519 key of a JWK's ``x``.

    Raises:
        EnvelopeRefused: it is none.

    """
    try:
        raw = base64.urlsafe_b64decode(x + "=" * (-len(x) % 4))
        return X25519PublicKey.from_public_bytes(raw)
    except ValueError as error:
        raise EnvelopeRefused("no X25519 key") from error


@cache
def _private(data_key: bytes) -> X25519PrivateKey:
    raw = HKDF(SHA256(), 32, None, b"smartborder exchange parts").derive(data_key)
    return X25519PrivateKey.from_private_bytes(raw)

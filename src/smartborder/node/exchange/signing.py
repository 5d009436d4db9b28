"""Signatures between nodes: detached JWS (RFC 7515 appendix F), Ed25519, or ES256 at FIPS sites.

Ed25519 as in RFC 8037 and RFC 9864, ES256 as in RFC 7518 3.4. A key signs with the algorithm of
its own kind and no other, so the header of a signature never chooses.
"""

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from smartborder.agreements.envelope import Sign, Verify
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.node import home_secrets as secrets
from smartborder.node.home import NodeHome

Key = OKPKey | ECKey
OWN = "exchange-key.json"
"""The secret with this node's exchange key; without it the node's signing key serves."""
NEXT = "exchange-key-next.json"
"""The key that was made and given to the partner, and does not sign yet."""
_KINDS: Mapping[tuple[str, str], tuple[str, Callable[[dict[str, Any]], Key]]] = {
    ("OKP", "Ed25519"): ("Ed25519", OKPKey.import_key),
    ("EC", "P-256"): ("ES256", ECKey.import_key),
}


class UnusableKey(InputError):
    """The key is no public Ed25519 or P-256 key with a ``kid``: ask the partner for its key."""

    code = "exchange.unusable-key"
    title = Text("Key cannot be used", "Clé inutilisable")


def make(home: NodeHome, algorithm: str) -> dict[str, str]:
    """Make a new exchange key of this node; its public half, for the partner to pin.

    Raises:
        UnusableKey: neither Ed25519 nor ES256, or one that was made before still waits.

    """
    made: Key
    if algorithm == "ES256":
        made = ECKey.generate_key("P-256", private=True)
    elif algorithm == "Ed25519":
        made = OKPKey.generate_key("Ed25519", private=True)
    else:
        raise UnusableKey("use Ed25519 or ES256")
    place = home.path / "secrets" / NEXT
    if place.exists():
        raise UnusableKey("a key was made and is not in use yet: switch to it first")
    kid = f"{home.node_id}-{made.thumbprint()[:12]}"
    secrets.write(place, msgspec.json.encode({**made.as_dict(private=True), "kid": kid}))
    return _public({**made.as_dict(private=False), "kid": kid})


def switch(home: NodeHome) -> dict[str, str]:
    """Sign with the key that was made; what the old one signed stays good where it is pinned.

    Raises:
        UnusableKey: none was made.

    """
    waiting = home.path / "secrets" / NEXT
    if not waiting.exists():
        raise UnusableKey("make a key first, and let the partner pin it")
    waiting.replace(home.path / "secrets" / OWN)
    return public_signing_key(home)


def signer(home: NodeHome) -> Sign:
    """Signs with this node's exchange key."""
    key = _own(home)
    content = key.as_dict(private=False)
    algorithm = _kind(content)[0]
    header = {"alg": algorithm, "kid": content["kid"]}

    def sign(data: bytes) -> str:
        return jws.detach_content(jws.serialize_compact(header, data, key, algorithms=[algorithm]))

    return sign


def public_signing_key(home: NodeHome) -> dict[str, str]:
    """Our public exchange key as the partner pins it."""
    return _public(_own(home).as_dict(private=False))


def verifier(keys: Mapping[str, Key]) -> Verify:
    """Verifies with pinned keys by ``kid``; a key we have not pinned verifies nothing."""

    def verify(data: bytes, signature: str) -> bool:
        key = keys.get(_kid(signature) or "")
        if key is None:
            return False
        algorithm = _kind(key.as_dict(private=False))[0]
        try:
            jws.deserialize_compact(signature, key, algorithms=[algorithm], payload=data)
        except (JoseError, ValueError, TypeError):
            return False
        return True

    return verify


def checked(jwk: Mapping[str, str]) -> Key:
    """A public key that may be pinned.

    Raises:
        UnusableKey: another kind, a private one, or one without ``kid``.

    """
    if "d" in jwk or not jwk.get("kid") or (jwk.get("kty"), jwk.get("crv")) not in _KINDS:
        raise UnusableKey("give the public Ed25519 or P-256 key as a JWK with its kid")
    try:
        return imported(msgspec.json.encode(dict(jwk)))
    except (JoseError, ValueError, KeyError) as error:
        raise UnusableKey("the JWK cannot be read") from error


@lru_cache(64)
def imported(jwk: bytes) -> Key:
    """A key from its JWK as JSON; importing takes longer than signing."""
    content = msgspec.json.decode(jwk, type=dict[str, Any])
    return _kind(content)[1](content)


def _own(home: NodeHome) -> Key:
    try:
        return imported((home.path / "secrets" / OWN).read_bytes())
    except FileNotFoundError:
        return home.signing_key()


def _kind(content: Mapping[str, Any]) -> tuple[str, Callable[[dict[str, Any]], Key]]:
    found = _KINDS.get((str(content.get("kty")), str(content.get("crv"))))
    if found is None:
        raise UnusableKey("neither Ed25519 nor P-256")
    return found


def _public(content: Mapping[str, Any]) -> dict[str, str]:
    return {k: str(v) for k, v in content.items()}


def _kid(signature: str) -> str | None:
    """The ``kid`` that a compact JWS names, unverified: it only picks a pinned key."""
    head = signature.split(".", 1)[0]
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, msgspec.MsgspecError):
        return None
    kid = found.get("kid") if isinstance(found, dict) else None
    return kid if isinstance(kid, str) else None

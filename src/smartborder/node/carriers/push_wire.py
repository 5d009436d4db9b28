"""One POST to a client's address: signed, pinned to the address looked at, led nowhere else.

Signed as Standard Webhooks does with a public key (``v1a``): Ed25519 over ``id.timestamp.body``,
so the receiver needs no secret of ours and we keep none of his. The key is for pushes alone and
comes from the node's data key (HKDF, RFC 5869): a restored node signs as it did before, and keys
of the exchange with the partner country may change without any carrier noticing.
"""

import base64
import http.client
import socket
import ssl
import threading
from contextlib import suppress
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.carriers.push_address import AddressRefused, Target, resolved

WAIT = 4.0
"""Seconds for each step of a connection."""
WHOLE = 10.0
"""Seconds for all of it: an address that answers a byte at a time holds nobody up."""


class NotDelivered(EnvironmentFault):
    """The client's address did not take the reply; the push is tried again, then set aside."""

    code = "push.not-delivered"
    title = Text("Reply not delivered", "Réponse non remise")


def signing_key(data_key: bytes) -> Ed25519PrivateKey:
    """The node's key for pushes."""
    derived = HKDF(SHA256(), length=32, salt=None, info=b"smartborder push of replies, 1")
    return Ed25519PrivateKey.from_private_bytes(derived.derive(data_key))


def public_key(key: Ed25519PrivateKey) -> str:
    """Our public key as Standard Webhooks writes it: ``whpk_`` and 32 bytes in base64."""
    return "whpk_" + base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(key: Ed25519PrivateKey, push: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that say what this is, when it was sent, and that it comes from us."""
    stamp = str(int(at.timestamp()))
    signature = key.sign(b".".join((push.encode(), stamp.encode(), body)))
    return {
        "webhook-id": push,
        "webhook-timestamp": stamp,
        "webhook-signature": "v1a," + base64.b64encode(signature).decode(),
    }


def post(target: Target, permitted: Any, headers: dict[str, str], body: bytes, *,
         tls: ssl.SSLContext | None = None) -> None:  # fmt: skip
    """Send; any answer of the 2xx kind is a delivery. Redirects are not followed.

    Raises:
        NotDelivered: no answer in time, or another one; the detail says which, never a value.

    """
    try:
        address = resolved(target.host, target.port, permitted)
        connection = _Pinned(target, address, tls)
        watch = threading.Timer(WHOLE, connection.cut)
        watch.start()
        try:
            connection.request("POST", target.path, body, headers)
            status = connection.getresponse().status
        finally:
            watch.cancel()
            connection.close()
    except AddressRefused as error:
        raise NotDelivered("address-refused") from error
    except ssl.SSLError as error:
        raise NotDelivered("tls") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotDelivered("no-answer") from error
    if not 200 <= status < 300:
        raise NotDelivered(f"status-{status}")


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name it was looked up by."""

    def __init__(self, target: Target, address: str, tls: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=WAIT)
        self.default_port = 443 if target.scheme == "https" else 80
        self._address = address
        self._tls = tls or ssl.create_default_context() if target.scheme == "https" else None

    def connect(self) -> None:
        """Connect to the address; TLS checks the name."""
        plain = socket.create_connection((self._address, self.port), WAIT)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain

    def cut(self) -> None:
        """End it now, whatever it waits for."""
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)

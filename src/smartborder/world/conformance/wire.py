"""The carrier's line to a node: plain HTTP with a key."""

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec

from smartborder.kernel.errors import EnvironmentFault, InputError
from smartborder.kernel.text import Text

_TIMEOUT = 30


class NotReached(EnvironmentFault):
    """Nobody answers at this address: is the node started, is the address right?"""

    code = "certify.not-reached"
    title = Text("The node does not answer", "Le nœud ne répond pas")


class Refused(InputError):
    """The node refused what the set needs; its own code and words are in the detail."""

    code = "certify.refused"
    title = Text("The node refused", "Le nœud a refusé")


class BadAddress(InputError):
    """The address or the key cannot be used as typed."""

    code = "certify.bad-address"
    title = Text("Address or key unusable", "Adresse ou clé inutilisable")


class Answered(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    body: bytes

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            Refused: the node answered with an error, or with no JSON.

        """
        try:
            value = msgspec.json.decode(self.body)
        except msgspec.DecodeError as error:
            raise Refused(f"HTTP {self.status} without JSON") from error
        if self.status >= 400:
            known = value if isinstance(value, dict) else {}
            raise Refused(f"{known.get('code', self.status)}: {known.get('detail', '')}")
        return value


class Wire(Protocol):
    """Something that carries a request to the node and its answer back."""

    def ask(self, method: str, path: str, body: bytes = b"") -> Answered:
        """Send one request."""


class HttpWire:
    """A node at an address."""

    def __init__(self, url: str, key: str) -> None:
        """``url``: where the node listens, such as ``https://node.example``; ``key``: the key.

        Raises:
            BadAddress: it is no address, or the key has signs that no key has.

        """
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname)
            usable = usable and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise BadAddress("--url is where the node listens, such as https://node.example")
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise BadAddress("--key is the key as it was shown, without blanks or line ends")
        self._url = url.rstrip("/")
        self._key = key

    def ask(self, method: str, path: str, body: bytes = b"") -> Answered:
        """Send one request.

        Raises:
            NotReached: nobody answers.

        """
        request = urllib.request.Request(  # noqa: S310  (scheme checked above)
            self._url + path,
            data=body if method == "POST" else None,
            method=method,
            headers={
                "Authorization": f"Bearer {self._key}",
                "Content-Type": "application/edifact",
                "Accept": "application/json, application/edifact",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                return Answered(answer.status, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answered(error.code, error.read())
        except (urllib.error.URLError, HTTPException, OSError) as error:
            raise NotReached("check the address and that the node is started") from error

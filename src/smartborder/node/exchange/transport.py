"""How bytes reach the partner: HTTP here, anything with ``post`` in tests."""

import http.client
import ssl
from typing import Protocol
from urllib.parse import urlsplit

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.exchange.wire import MAX_BODY

TIMEOUT = 4.0
"""Seconds without an answer after which the partner counts as unreachable."""


class PartnerUnreachable(EnvironmentFault):
    """No answer from the partner's node; what is due to it waits in the outbox."""

    code = "exchange.unreachable"
    title = Text("Partner not reachable", "Partenaire injoignable")


class PartnerRefused(EnvironmentFault):
    """The partner's node answered and refused; the code says why, an officer must look."""

    code = "exchange.refused-by-partner"
    title = Text("Refused by the partner", "Refusé par le partenaire")


class Transport(Protocol):
    """Sends a body to a path of one partner's node and gives the answer's body."""

    def post(self, path: str, body: bytes) -> bytes:
        """The answer.

        Raises:
            PartnerUnreachable: no answer; nothing is known about what the partner did.
            PartnerRefused: an answer that is a refusal.

        """


class HttpTransport:
    """HTTP or HTTPS, one connection per call.

    ``tls`` is the context for ``https`` addresses: it carries our client certificate and the
    partner's pinned authority (mutual TLS); signatures hold without it.
    """

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        """``url``: the partner's base address."""
        self._at = urlsplit(url)
        self._tls = tls

    def post(self, path: str, body: bytes) -> bytes:
        """One POST."""
        connection = self._connect()
        try:
            connection.request(
                "POST", self._at.path.rstrip("/") + path, body,
                {"content-type": "application/json", "accept": "application/json"},
            )  # fmt: skip
            answer = connection.getresponse()
            data = answer.read(MAX_BODY + 1)
        except (OSError, http.client.HTTPException) as error:
            raise PartnerUnreachable(type(error).__name__) from error
        finally:
            connection.close()
        if answer.status >= 500:
            raise PartnerUnreachable(f"status {answer.status}")
        if answer.status >= 300 or len(data) > MAX_BODY:
            raise PartnerRefused(f"status {answer.status}")
        return data

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._at.hostname or "", self._at.port
        if self._at.scheme == "https":
            context = self._tls or ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=context)
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT)

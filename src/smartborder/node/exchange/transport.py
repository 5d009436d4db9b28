"""How bytes reach the partner: HTTP here, anything with ``post`` in tests."""

import http.client
import ssl
from threading import Lock
from typing import Protocol
from urllib.parse import urlsplit

from smartborder.kernel.errors import EnvironmentFault
from smartborder.kernel.text import Text
from smartborder.node.exchange.wire import MAX_BODY

_MOST_IDLE = 8
TIMEOUT = 4.0
"""Seconds without an answer after which the partner counts as unreachable."""


class PartnerUnreachable(EnvironmentFault):
    """No answer from the partner's node; what is due to it waits in the outbox."""

    code = "exchange.unreachable"
    title = Text("Partner not reachable", "Partenaire injoignable")


class _BrokenOff(Exception):
    """The connection broke; on one that was kept open that says nothing about the partner."""


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
    """HTTP or HTTPS; connections are kept open and used again, one call on each at a time.

    ``tls`` is the context for ``https`` addresses (:mod:`tls`): our certificate, the partner's
    pinned one; signatures hold without it.
    """

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        """``url``: the partner's base address."""
        self._at = urlsplit(url)
        self._tls = tls
        self._idle: list[http.client.HTTPConnection] = []
        self._lock = Lock()

    def post(self, path: str, body: bytes) -> bytes:
        """One POST."""
        with self._lock:
            kept = self._idle.pop() if self._idle else None
        if kept is not None:
            try:
                return self._post(kept, path, body)
            except _BrokenOff:
                self.close()  # the server closed idle connections: one more try on a fresh one
        try:
            return self._post(self._connect(), path, body)
        except _BrokenOff as error:
            raise PartnerUnreachable(str(error)) from error

    def close(self) -> None:
        """Let go of idle connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _post(self, connection: http.client.HTTPConnection, path: str, body: bytes) -> bytes:
        try:
            connection.request(
                "POST", self._at.path.rstrip("/") + path, body,
                {"content-type": "application/json", "accept": "application/json"},
            )  # fmt: skip
            answer = connection.getresponse()
            data = answer.read(MAX_BODY + 1)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise _BrokenOff(type(error).__name__) from error
        if answer.will_close or len(data) > MAX_BODY or len(self._idle) >= _MOST_IDLE:
            connection.close()
        else:
            with self._lock:
                self._idle.append(connection)
        if answer.status >= 500:
            raise PartnerUnreachable(f"status {answer.status}")
        if answer.status >= 300 or len(data) > MAX_BODY:
            raise PartnerRefused(f"status {answer.status}")
        return data

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._at.hostname or "", self._at.port
        if self._at.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=self._tls)
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT)

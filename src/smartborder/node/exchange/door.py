"""The door for the partner's node alone: mutual TLS, the exchange's paths and nothing else.

A node whose settings name an ``exchange_port`` opens it beside the web; officers and carriers
never meet it, and the partner never meets their pages.
"""

import logging
import socket
import ssl
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from smartborder.kernel.errors import SmartborderError
from smartborder.node.exchange import at_once, hello, inbox, prints, tls
from smartborder.node.exchange.wire import (
    BATCH_PATH,
    HELLO_PATH,
    MAX_BODY,
    PRINTS_KEY_PATH,
    PRINTS_PATH,
    QUERY_PATH,
    RECEIPTS_PATH,
)
from smartborder.node.home import NodeHome
from smartborder.node.store.session import Store

log = logging.getLogger("smartborder.exchange")
_PATIENCE = 10.0
"""Seconds a call may stay silent."""


class Door(ThreadingHTTPServer):
    """Listens while it is served; the TLS handshake is done by the thread of its own call."""

    daemon_threads = True

    def __init__(self, home: NodeHome, store: Store, port: int,
                 gallery: prints.Gallery | None = None) -> None:  # fmt: skip
        """``port``: 0 lets the system choose; ``gallery``: the site's fingerprint search.

        Raises:
            NoCertificate: ours or the partner's is missing.

        """
        self.home, self.store, self.gallery = home, store, gallery
        self.once = prints.Keys()
        self._tls = tls.context(home, server=True)
        super().__init__((home.host, port), _Call)

    def get_request(self) -> tuple[socket.socket, Any]:
        """A connection whose handshake is still to come."""
        plain, address = super().get_request()
        plain.settimeout(_PATIENCE)
        wrapped = self._tls.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        return wrapped, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A handshake that failed, a call that broke off: one line, no traceback."""
        log.warning("a call to the partner's door broke off")


PATHS: dict[str, Callable[[Door, bytes], bytes]] = {
    BATCH_PATH: lambda door, body: inbox.receive(door.home, door.store, body),
    HELLO_PATH: lambda door, body: hello.receive(door.home, door.store, body),
    QUERY_PATH: lambda door, body: at_once.receive(door.home, door.store, body),
    RECEIPTS_PATH: lambda door, body: at_once.receive_receipts(door.home, door.store, body),
    PRINTS_KEY_PATH: lambda door, body: prints.offer(door.home, door.store, door.once),
    PRINTS_PATH: lambda door, body: prints.receive(door.home, door.store, door.once, door.gallery,
                                                   body),
}  # fmt: skip


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Door

    def setup(self) -> None:
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
        super().setup()

    def do_POST(self) -> None:
        receive = PATHS.get(self.path)
        if receive is None:
            return self._answer(404, b"{}", close=True)
        if self.headers.get("content-encoding") or self.headers.get("transfer-encoding"):
            return self._answer(415, b"{}", close=True)
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            return self._answer(413, b"{}", close=True)
        body = self.rfile.read(int(length))
        try:
            return self._answer(200, receive(self.server, body))
        except SmartborderError as error:
            problem = {"status": error.status, "code": error.code, "title": error.title.en}
            return self._answer(error.status, msgspec.json.encode(problem))

    def _answer(self, status: int, body: bytes, *, close: bool = False) -> None:
        self.send_response_only(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        if close:
            self.close_connection = True
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: refusals are on record, the rest is in the inbox."""

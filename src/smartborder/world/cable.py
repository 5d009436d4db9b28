"""The cable between two nodes: a loopback relay that can be pulled and put back.

Each node's partner address leads through one of these, so that pulling it is exactly what a cut
line is: connections break where they are, and new ones are refused.
"""

import contextlib
import socket
import threading
from collections import deque

_CHUNK = 65536
_REMEMBERED = 400
"""Chunks that are kept for who looks at the line."""


class Cable:
    """Relays TCP from ``port`` (chosen by the system) to ``target`` on loopback."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._passed: deque[bytes] = deque(maxlen=_REMEMBERED)
        self.port = 0
        self.restore()

    def pull(self) -> None:
        """Cut it: nothing passes until it is restored."""
        listener, self._listener = self._listener, None
        if listener:
            _shut(listener)
        with self._lock:
            for side in self._open:
                _shut(side)
            self._open.clear()

    def recorded(self) -> bytes:
        """What passed lately, both ways, as somebody at the line would see it."""
        return b"".join(self._passed)

    def restore(self) -> None:
        """Put it back on the same port."""
        if self._listener is None:
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", self.port))
            listener.listen(64)
            self.port = listener.getsockname()[1]
            self._listener = listener
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return  # pulled
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=10)
            except OSError:
                _shut(near)
                continue
            with self._lock:
                self._open |= {near, far}
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._relay, args=(a, b), daemon=True).start()

    def _relay(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(_CHUNK):
                self._passed.append(chunk)
                sink.sendall(chunk)
        with self._lock:
            self._open -= {source, sink}
        _shut(source)
        _shut(sink)


def _shut(side: socket.socket) -> None:
    with contextlib.suppress(OSError):
        side.shutdown(socket.SHUT_RDWR)
    side.close()

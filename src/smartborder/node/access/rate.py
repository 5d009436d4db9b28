"""How fast a client may send: a bucket of tokens that fills evenly.

Buckets live in the memory of one worker, because a row in the database would make the
messages of one client wait for each other. With several workers each holds its share.
"""

from datetime import datetime, timedelta
from threading import Lock

from smartborder.kernel.errors import LimitError
from smartborder.kernel.text import Text


class TooFast(LimitError):
    """The client's requests per minute are used up: wait as long as ``Retry-After`` says."""

    code = "client.too-fast"
    title = Text("Too many requests", "Trop de requêtes")
    status = 429


class Limiter:
    """The buckets of one worker; safe to share between its threads."""

    def __init__(self, workers: int = 1) -> None:
        """``workers``: how many processes share each client's limit."""
        self._workers = workers
        self._lock = Lock()
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def take(self, client: str, per_minute: int, now: datetime) -> None:
        """Take one token of a client's bucket, which holds a minute's worth when full.

        Args:
            client: whose bucket.
            per_minute: the client's limit over all workers.
            now: the node's instant.

        Raises:
            TooFast: the bucket is empty; ``where["retry_after"]`` is seconds.

        """
        size = max(1.0, per_minute / self._workers)
        with self._lock:
            level, at = self._buckets.get(client, (size, now))
            passed = max(timedelta(0), now - at).total_seconds()
            level = min(size, level + passed * size / 60)
            if level < 1:
                wait = int((1 - level) * 60 / size) + 1
                raise TooFast("slow down", client=client, retry_after=wait)
            self._buckets[client] = (level - 1, now)

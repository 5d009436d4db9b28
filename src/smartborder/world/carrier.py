"""An airline's system at the other end of the wire: it sends messages over HTTP with its key."""

import urllib.error
import urllib.request

import msgspec

from smartborder.formats import edifact
from smartborder.model.reply import ReplyMessage

_TIMEOUT = 30


class Answer(msgspec.Struct, frozen=True):
    """What came back for one message."""

    status: int
    transmission: str
    body: bytes
    replies: tuple[ReplyMessage, ...]

    @property
    def problem(self) -> str:
        """The error code, where the node refused; empty otherwise."""
        if self.status < 400:
            return ""
        try:
            return str(msgspec.json.decode(self.body).get("code", self.status))
        except (msgspec.DecodeError, AttributeError):
            return str(self.status)

    def codes(self) -> list[str]:
        """The code for each traveller, in order."""
        return [r.code or "" for reply in self.replies for r in reply.replies]


class Line:
    """One airline's connection to one node."""

    def __init__(self, base: str, key: str) -> None:
        """``base``: the node's address; ``key``: the API key that the node issued."""
        self.base = base
        self._key = key

    def send(self, message: bytes) -> Answer:
        """Send one interactive message and read the reply that comes in the same call."""
        request = urllib.request.Request(  # noqa: S310  # loopback address of our own node
            f"{self.base}/v1/messages",
            data=message,
            method="POST",
            headers={
                "Authorization": f"Bearer {self._key}",
                "Content-Type": "application/edifact",
                "Accept": "application/edifact",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                return self._read(
                    answer.status, answer.headers.get("x-transmission", ""), answer.read()
                )
        except urllib.error.HTTPError as error:
            return Answer(error.code, "", error.read(), ())

    @staticmethod
    def _read(status: int, transmission: str, body: bytes) -> Answer:
        messages = edifact.read_messages(body, travel_year=2000) if body.strip() else ()
        replies = tuple(m for m in messages if isinstance(m, ReplyMessage))
        return Answer(status, transmission, body, replies)

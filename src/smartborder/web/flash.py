"""One sentence that survives a redirect: what was just done. It never holds personal data."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Literal, Self

import msgspec

from smartborder.kernel.text import Text

Tone = Literal["success", "info", "warning", "error"]


class Flash(msgspec.Struct, frozen=True):
    """The sentence, in both languages, and how it is coloured."""

    said: Text
    tone: Tone = "success"

    def packed(self) -> str:
        """As the value of a cookie."""
        return urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")

    @classmethod
    def unpacked(cls, value: str | None) -> Self | None:
        """From a cookie; None if there is none or it was tampered with."""
        if not value:
            return None
        try:
            raw = urlsafe_b64decode(value + "=" * (-len(value) % 4))
            return msgspec.json.decode(raw, type=cls)
        except (NotBase64, ValueError, msgspec.MsgspecError):
            return None

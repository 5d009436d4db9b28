"""Record identifiers: a prefix that says what it is, then a UUIDv7 in Crockford base 32.

``case-01jd8x3v5k7hm2n9p4q6r8s0t2``: sortable by time, safe to print, to log and to read
aloud (no i, l, o, u). Time and randomness come in as arguments.
"""

from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def after(last: bytes, step: bytes) -> bytes:
    """Ten bytes that sort after ``last`` and cannot be guessed from it.

    For several ids of one millisecond: the lower 60 bits grow by a random ``step`` (four bytes),
    the bits that version and variant overwrite stay as they are.
    """
    number = int.from_bytes(last, "big")
    low = (1 << 60) - 1
    grown = (number & low) + int.from_bytes(step[:4], "big") + 1
    return ((number & ~low) | (grown & low)).to_bytes(10, "big")


def make_id(prefix: str, at: datetime, random: bytes) -> str:
    """An identifier for something made ``at`` an instant.

    Args:
        prefix: what it is, lower-case letters (``case``, ``report`` ...).
        at: timezone-aware instant; its milliseconds lead, so ids sort by time.
        random: at least ten random bytes.

    """
    millis = int(at.timestamp() * 1000)
    number = (millis << 80) | int.from_bytes(random[:10], "big")
    number = (number & ~(0xF << 76)) | (7 << 76)  # RFC 9562: version 7
    number = (number & ~(0x3 << 62)) | (0x2 << 62)  # RFC 9562: variant 10
    digits = []
    for _ in range(26):
        digits.append(_ALPHABET[number & 31])
        number >>= 5
    return f"{prefix}-{''.join(reversed(digits))}"

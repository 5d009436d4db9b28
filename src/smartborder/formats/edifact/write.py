"""Segments to bytes: escaping, the envelope, and the choice of character set.

We write the default service characters, with UNA, one segment a line end to end, and the smallest
repertoire that holds the text: UNOA, UNOB (ASCII), UNOC (ISO 8859-1), else UNOW (UTF-8).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

_RELEASED = re.compile(r"([?:+'])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_UNOA = re.compile(r"[A-Z0-9 .,\-()/=!\"%&*;<>'+:?\r\n]*")

Element = str | Sequence[str]


class NotWritable(InputError):
    """A message lacks something that its format cannot do without."""

    code = "edifact.not-writable"
    title = Text("Message cannot be written", "Message impossible à écrire")


def escape(value: str) -> str:
    """``value`` with service characters released; control characters become blanks."""
    return _RELEASED.sub(r"?\1", _CONTROL.sub(" ", value))


def segment(tag: str, *elements: Element) -> str:
    """One segment with its terminator; trailing empty elements and components are left out."""
    parts = [tag]
    for element in elements:
        if isinstance(element, str):
            parts.append(escape(element))
        else:
            parts.append(":".join(map(escape, _without_tail(element))))
    return "+".join(_without_tail(parts)) + "'"


def _without_tail(parts: Sequence[str]) -> list[str]:
    """``parts`` up to the last one that is not empty."""
    length = len(parts)
    while length and not parts[length - 1]:
        length -= 1
    return list(parts[:length])


def message(
    reference: str, type_: str, version: str, rest: Sequence[Element], body: Iterable[str]
) -> str:
    """UNH, the body, UNT with its count. ``rest`` is what follows the type in UNH."""
    release = version.split(":")
    lines = [segment("UNH", reference, [type_, *release, "UN", "IATA"], *rest), *body]
    lines.append(segment("UNT", str(len(lines) + 1), reference))
    return "".join(lines)


def interchange(
    messages: Sequence[str], *, at: datetime, sender: str, recipient: str, control_reference: str
) -> bytes:
    """UNA, UNB, the messages and UNZ, in the smallest character set that holds them."""
    if not sender or not recipient or not control_reference:
        raise NotWritable("an interchange needs sender, recipient and control reference")
    stamp = [f"{at:%y%m%d}", f"{at:%H%M}"]
    body = "".join(messages)
    header = segment("UNB", ["    ", "4"], sender, recipient, stamp, control_reference)
    trailer = segment("UNZ", str(len(messages)), control_reference)
    text = "UNA:+.? '" + header + body + trailer
    syntax, charset = _repertoire(text)
    return text.replace("UNB+    ", f"UNB+{syntax}", 1).encode(charset)


def _repertoire(text: str) -> tuple[str, str]:
    if _UNOA.fullmatch(text):
        return "UNOA", "ascii"
    if text.isascii():
        return "UNOB", "ascii"
    try:
        encoded = text.encode("latin-1")
    except UnicodeEncodeError:
        return "UNOW", "utf-8"
    try:
        encoded.decode("utf-8")
    except UnicodeDecodeError:
        return "UNOC", "latin-1"
    return "UNOW", "utf-8"


def day(value: str) -> str:
    """``1957-03-10`` as ``570310``-style digits with century; 00 for what is not known."""
    return value.replace("-", "").ljust(8, "0")


def minute(at: datetime) -> str:
    """A local time as YYMMDDHHMM (format 201)."""
    return f"{at:%y%m%d%H%M}"

"""Bytes to text. UTF-8 is tried first: what is valid UTF-8 is hardly ever anything else.

ISO 9735-1 annex A: the syntax identifier in UNB names the repertoire (UNOC is ISO 8859-1 ...).
Real messages do not keep to it (lower case and accents under UNOA), so it only breaks ties.
"""

import re
from typing import NamedTuple

_REPERTOIRES = {
    "UNOA": "cp1252", "UNOB": "cp1252", "UNOC": "latin-1", "UNOD": "iso8859-2",
    "UNOE": "iso8859-5", "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4",
    "UNOI": "iso8859-6", "UNOJ": "iso8859-8", "UNOK": "iso8859-9",
}  # fmt: skip
_SYNTAX_ID = re.compile(rb"UNB[^A-Za-z0-9]\s*([A-Z0-9]{4})")
NUL = "\x00"
"""No name has it and no database stores it; like every sign nobody can read it becomes U+FFFD."""
_NONCHARACTERS = dict.fromkeys(range(0xFDD0, 0xFDF0), "\ufffd")


class Decoded(NamedTuple):
    """The text, and where the charset declared and the one used differ."""

    text: str
    declared: str | None = None
    used: str | None = None


def decode(data: bytes) -> str:
    """The text of a message; every offset in a record counts characters of this text.

    Never raises: what no charset explains becomes U+FFFD.
    """
    return decode_with_note(data).text


def decode_with_note(data: bytes) -> Decoded:
    """As :func:`decode`, with the difference from the declared charset, if there is one."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Decoded(_safe(data.decode("utf-16", "replace")), "UNOA", "UTF-16")
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    if data.isascii():
        return Decoded(data.decode("ascii").replace(NUL, "\ufffd"))
    found = _SYNTAX_ID.search(data)
    declared = found[1].decode("ascii") if found else "UNOA"
    try:
        text = data.decode("utf-8")
        wide = declared in ("UNOW", "UNOX", "UNOY")
        return Decoded(_safe(text), *((None, None) if wide else (declared, "UTF-8")))
    except UnicodeDecodeError:
        pass
    name = _REPERTOIRES.get(declared, "cp1252")
    text = data.decode(name, "replace") if name != "cp1252" else _western(data)
    if declared in _REPERTOIRES and declared not in ("UNOA", "UNOB"):
        return Decoded(_safe(text))
    return Decoded(_safe(text), declared, name)


def _western(data: bytes) -> str:
    """Windows-1252, and Latin-1 for its five undefined bytes."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _safe(text: str) -> str:
    """Text without NUL, and without the noncharacters that stand for released characters here."""
    text = text.replace(NUL, "\ufffd")
    return (
        text.translate(_NONCHARACTERS) if any(c in text for c in map(chr, _NONCHARACTERS)) else text
    )

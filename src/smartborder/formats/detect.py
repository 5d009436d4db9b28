"""What a file or a body is, from its own bytes; names and media types are not trusted."""

import re

_EDIFACT = re.compile(rb"(?:^|[^A-Za-z0-9])UN[ABH]\s?[^A-Za-z0-9\s]", re.S)
_SEGMENTS = re.compile(rb"(?:BGM|NAD|TDT|PDT|ERP)[^A-Za-z0-9\s][^\r\n]{0,200}?[^A-Za-z0-9\s]")


def detect(data: bytes) -> str | None:
    """``edifact``, ``json``, ``xml``, ``pdf``, ``zip``, ``mrz``; None if nothing is recognised."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    head = data.removeprefix(b"\xef\xbb\xbf")[:65536].lstrip()
    if _EDIFACT.search(head):
        return "edifact"
    if head[:4] == b"%PDF":
        return "pdf"
    if head[:4] == b"PK\x03\x04":
        return "zip"
    if head[:1] == b"<":
        return "xml"
    if head[:1] in (b"{", b"["):
        return "json"
    lines = head[:200].split()
    if lines and len(lines[0]) in (30, 36, 44) and b"<" in head[:140]:
        if re.fullmatch(rb"[A-Z0-9<]+", lines[0]):
            return "mrz"
    return "edifact" if _SEGMENTS.match(head) else None

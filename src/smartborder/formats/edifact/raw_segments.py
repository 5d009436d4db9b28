"""The segments of one traveller as they were sent, for somebody who reads the message itself."""

import re

from smartborder.formats.edifact.service import Service, interchanges


def raw_segments(text: str, start: int, end: int) -> tuple[str, ...]:
    """The segments that stand from ``start`` to ``end`` of a decoded message, terminators kept.

    Blanks and line ends between segments are left out, everything within them stays as it was.
    """
    chunks = [c for c in interchanges(text) if c.start <= start]
    service = chunks[-1].service if chunks else Service()
    release = f"(?<!{re.escape(service.release)})" if service.release else ""
    pieces = re.split(f"(?<={release}{re.escape(service.terminator)})", text[start:end])
    return tuple(stripped for piece in pieces if (stripped := piece.strip()))

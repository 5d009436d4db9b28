"""The envelope around a message: what UNB, UNG and UNH say."""

from typing import NamedTuple

from smartborder.formats.edifact.segments import Segments


class Interchange(NamedTuple):
    """UNB: who sends to whom under which reference."""

    sender: str | None = None
    recipient: str | None = None
    reference: str | None = None


class Header(NamedTuple):
    """UNH, and where the message starts in its interchange."""

    interchange: Interchange
    type: str | None
    version: str | None
    reference: str | None
    common_reference: str | None
    part: tuple[int, bool] | None
    first: int
    """Index of the segment that counts as number 1."""


def read_unb(segments: Segments, els: list[str]) -> Interchange:
    """Sender, recipient and reference, without their qualifiers."""
    return Interchange(*(segments.first(els, at) for at in (2, 3, 5)))


def read_unh(segments: Segments, els: list[str], interchange: Interchange, index: int) -> Header:
    """The message header; anything it lacks is None."""
    name = segments.parts(els, 2)
    sequence = segments.parts(els, 4)
    part = None
    if sequence[0].isdecimal() and len(sequence[0]) < 6:
        part = (int(sequence[0]), len(sequence) > 1 and sequence[1].upper() == "F")
    return Header(
        interchange=interchange,
        type=name[0].upper() or None,
        version=":".join(name[1:3]) if len(name) > 2 else None,
        reference=segments.first(els, 1),
        common_reference=segments.first(els, 3),
        part=part,
        first=index,
    )
